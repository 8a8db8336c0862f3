"""Notices in words, one file a subject; `table` puts them together."""
