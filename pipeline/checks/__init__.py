"""Validators of finished files, independent of the code that wrote them."""
