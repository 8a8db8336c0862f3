"""Conversations written down as people see them: docs/transcripts, in three languages."""
