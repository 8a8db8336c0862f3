"""What the education department decides, as functions of a transaction; its pages ask them.

Each does the whole of it at once: the state, the application's class, the task, the parents' notices
and journals. It returns what the audit is to say. Whether the officer's rights reach so far is asked before.
"""
