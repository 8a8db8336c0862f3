"""What a kindergarten's staff do with seats and referrals, as functions of a transaction; pages ask them.

Each does the whole of it at once: the state, the parents' notices and journals. It returns what the audit
is to say. Whether rights reach so far is asked before.
"""
