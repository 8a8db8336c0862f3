"""What the demo's parents say of the kindergartens their children go to: made up, like the parents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.people_rows import PeopleIds
from bot.demo.plan import DemoPlan
from storage import kindergartens, reviews
from storage.transaction import Transaction

_AFTER = timedelta(days=2)
"""How long after the contract somebody says how it is."""

_STAFF = 1
"""Who let them pass: nobody of the demo's staff, it was long ago."""

_SAID = (
    (5, "Тәрбиешілер мейірімді, балаға көңіл бөледі. Балам таңертең өзі асығады."),
    (4, "Хорошие воспитатели, тёплые группы. Не хватает только навеса на площадке."),
    (5, "Тамағы дәмді, топ таза. Қазақ тілінде көп өлең үйретті."),
    (3, "В целом хорошо, но по утрам трудно припарковаться."),
    (4, "Бала тез үйренді. Мерекелерде ата-аналарды шақырады."),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """One to be written at an instant; `shown`: staff has looked at it, the last one still waits."""

    parent_id: int
    kindergarten: str
    stars: int
    text: str
    at: datetime
    shown: bool

    def write(self, tx: Transaction, territory_id: int) -> None:
        """Write it down."""
        kindergarten_id = kindergartens.find_by_name(tx, territory_id, self.kindergarten)
        assert kindergarten_id is not None
        reviews.write(tx, self.parent_id, kindergarten_id, self.stars, self.text)
        own = reviews.own(tx, self.parent_id, kindergarten_id)
        assert own is not None
        if self.shown:
            reviews.decide(tx, own.id, own.written_at, show=True, staff_id=_STAFF)


def opinions(plan: DemoPlan, ids: PeopleIds) -> Iterator[Opinion]:
    """One of everybody who took a seat of the list that the demo begins with."""
    last = len(plan.seat_takers) - 1
    for number, taker in enumerate(plan.seat_takers):
        stars, text = _SAID[number % len(_SAID)]
        at = min(taker.enrolled_at + _AFTER, plan.days.at)
        yield Opinion(ids.of(taker.entry)[0], taker.bulletin.kindergarten, stars, text, at, number < last)
