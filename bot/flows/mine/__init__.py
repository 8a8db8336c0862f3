"""My applications: where each stands, what can be done with it, and what the archive keeps [004]."""
