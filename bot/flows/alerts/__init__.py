"""Alerts: being told when such seats come out. Made from what is looked at, seen, and ended by one tap."""
