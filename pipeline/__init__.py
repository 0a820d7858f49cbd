"""Keben 刻本: any Chinese document in, an EPUB 3 and a print-quality PDF out."""

__version__ = "0.1.0"
