"""The root of all refusals."""


class Refused(Exception):
    """The domain refuses. The class says why, its fields say what an answer needs.

    Refusals are values: two with equal fields are equal. They are not frozen, because Python
    itself writes to an exception on its way up (`__traceback__`).
    """

    def __str__(self) -> str:
        return repr(self)
