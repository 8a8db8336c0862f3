"""Exports: everything that is kept about a parent, gathered, and put down for people and for programs."""
