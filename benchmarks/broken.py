"""What makes the figures of a bench worthless."""


class BenchBroken(Exception):
    """The bench can't be run here, or what it measured did not do its work; `why` says it in words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
