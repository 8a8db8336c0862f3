"""Making people up: IINs, phones, numbers and dates, the same at every start."""

from datetime import date, datetime, timedelta
from random import Random

from domain.iin import Iin, Sex, make_iin
from domain.local_time import instant_at
from storage.submitting import LOWEST_NUMBER, NUMBERS

_SERIALS = 10_000


class Maker:
    """Makes what is different each time it is asked, and the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._iins: set[Iin] = set()
        self._numbers: set[int] = set()

    def iin(self, birth_date: date, sex: Sex | None = None) -> Iin:
        """Somebody new of that birth date."""
        while True:
            chosen = sex or self._random.choice((Sex.FEMALE, Sex.MALE))
            made = make_iin(birth_date, chosen, self._random.randrange(_SERIALS))
            if made is not None and made not in self._iins:
                self._iins.add(made)
                return made

    def number(self) -> int:
        """A new number of an application."""
        while True:
            made = LOWEST_NUMBER + self._random.randrange(NUMBERS)
            if made not in self._numbers:
                self._numbers.add(made)
                return made

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(self._random.randrange((last - first).days + 1))

    def instant(self, first: datetime, last: datetime) -> datetime:
        """An instant between two, to the second."""
        return first + timedelta(seconds=self._random.randrange(int((last - first).total_seconds())))

    def daytime(self, day: date) -> datetime:
        """An instant of that day on which people are awake."""
        start = instant_at(day, datetime.min.time()) + timedelta(hours=8)
        return start + timedelta(seconds=self._random.randrange(13 * 3600))

    def one_in(self, many: int) -> bool:
        """True once in so many times."""
        return self._random.randrange(many) == 0
