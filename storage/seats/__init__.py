"""Seats: reported, published, opened, taken, confirmed, signed for, and given back.

How a seat's row tells whose it is:

- nobody's: `claim_id` is None.
- held: `claim_id` is a claim in state `held`, `held_until` its end. From that instant on the seat is free
  again, whatever still stands in both rows: whoever takes it next ends the old claim in the same statement.
- confirmed (`applied`, `referred`, `enrolled`): `claim_id` is that claim, `held_until` is None.
- come back after a confirmation [003]: as confirmed, but the claim is over in any state other than
  `enrolled`. The seat is no longer free in its bulletin; whoever makes the next list finds it by this, puts
  it on that list, with the claim's state as its cause, and takes the old row out (`recalled_at`).
- recalled: `recalled_at` is set; nobody can take it.

Locks are taken in one order: applications by id, queues, seats, claims.
"""
