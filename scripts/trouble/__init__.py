"""Trouble on purpose: see scripts/faults.py."""
