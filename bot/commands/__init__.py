"""What the commands of `kezek` do, one file each. Imported only by the command that is run."""
