"""What is made at the start stays to the end: the garbage collector need not look at it again and again."""

import gc


def keep_for_good() -> None:
    """Take everything that is there out of the collector's sight.

    They are 200,000 objects; going through them stops all turns for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
