"""Seats: reported, published, opened, held, confirmed, given back."""
