"""`python -m bot` is `kezek`."""

from bot.cli import main

main()
