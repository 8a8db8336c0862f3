"""`kezek load`: what a region looks like, from a TOML file into the database. See docs/load.md."""
