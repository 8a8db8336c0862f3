"""Telegram: its methods are called over plain HTTP."""
