"""Setting Chinese lines: characters and widths in, places in a line out.

classes → slots → spacing → breaking → fitting → justification. Nothing here
knows fonts, boxes or pages: see pipeline.layout.lines for those.
"""
