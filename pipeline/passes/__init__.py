"""Passes make a book out of a manuscript. Each does one thing, none mutates."""
