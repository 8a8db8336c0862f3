"""What anybody may read: published seats, issued referrals, the length of queues, figures; no persons.

Everything is read, never made: states are compared with `now`, so that no job has to have run.
"""
