"""Everything that most books need: imported once, before workers are made of it."""

from __future__ import annotations

from pipeline import readers, writers
from pipeline.batch import making
from pipeline.layout import engine
from pipeline.reader import Reader
from pipeline.registry import discover
from pipeline.writer import Writer

__all__ = ["engine", "making"]

discover(readers, Reader)
discover(writers, Writer)
