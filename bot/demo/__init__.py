"""The demo: a whole city in one process, made anew at every start."""
