"""Helpers: an account that a parent lets look on and be told, and that changes nothing (ours)."""
