"""The setting of Chinese lines (pipeline.typeset) inside WeasyPrint."""
