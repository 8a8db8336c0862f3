"""Joining the queue: the application, question by question [000, 002, 004]."""
