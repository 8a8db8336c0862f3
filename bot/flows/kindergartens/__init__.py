"""Kindergartens: looked for by name or near by, the passport of one, what parents say of it."""
