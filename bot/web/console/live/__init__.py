"""The live feed: what happens in conversations, told to the open pages of operators as it happens."""
