"""WordprocessingML (ECMA-376) to blocks of the model.

No library in Python keeps what a Chinese book needs from a Word file: numbers
that Word makes itself, emphasis dots, ruby, outline levels, notes. So this room
reads the parts itself.
"""
