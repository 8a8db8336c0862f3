"""What the service costs, measured next to what somebody would use instead.

Everything a bench compares runs in one go, in turns, and medians are told: figures of another day or another
machine mean little, their ratio carries over. Where there are two cores, what is measured has the first one
to itself; the load and the neighbours (Bot API server, database server) share the second.
"""
