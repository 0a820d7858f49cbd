"""Fuzzing: bytes that nobody would write, given to everything that reads."""
