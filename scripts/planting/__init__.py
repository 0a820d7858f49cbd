"""Losses planted in finished editions, to prove that the audit finds them."""
