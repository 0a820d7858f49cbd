"""EPUB publications (EPUB 3.3, and OPF 2.0.1 of EPUB 2) to blocks of the model."""
