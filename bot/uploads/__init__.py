"""Pictures and documents that people send: looked at, drawn anew, sealed and kept."""
