"""What is gone through once a day: a part at a time, found out while reading and written in a moment."""
