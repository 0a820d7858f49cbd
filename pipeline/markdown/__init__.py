"""From Markdown to blocks of the model: one room a step.

``front_matter`` splits the metadata off, ``grammar`` parses the rest into
``element`` trees, ``html`` pairs the tags among them, ``inlines`` and
``blocks`` turn them into nodes, and ``outline`` sets the title and the levels.
"""
