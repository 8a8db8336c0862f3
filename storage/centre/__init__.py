"""Stores of the contact centre, one a subject."""
