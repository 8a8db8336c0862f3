"""What is read, as rows of a data set."""

from bot.texts import Texts
from bot.web.open_data.columns import Row
from domain.referral import ReferralEnd
from storage.open_data.months import VALID, Figures
from storage.open_data.named import NamedTerritories
from storage.open_data.places import Places
from storage.open_data.queues import FEW, QueueLength
from storage.open_data.referrals import IssuedReferral
from storage.open_data.seats import ReleasedSeats


class Rows:
    """Makes the rows, with the names of territories in one language."""

    def __init__(self, named: NamedTerritories, t: Texts) -> None:
        self._named = named
        self._language = t.language

    def seats(self, each: ReleasedSeats) -> Row:
        """Of a bulletin."""
        return {
            **self._territory(each.territory_id),
            "kindergarten": each.kindergarten,
            "group": each.group,
            "queue_kind": each.queue_kind,
            "language": each.language,
            "birth_years": list(each.birth_years),
            "seats": each.seats,
            "free": each.free,
            "seat_kind": each.seat_kind,
            "cause": each.cause,
            "released_on": each.released_on,
            "published_at": each.seat_list.publish_at,
            "opens_at": each.seat_list.opens_at,
            "priority_ends_at": each.seat_list.priority_ends_at,
            "state": each.state.value,
        }

    def referral(self, each: IssuedReferral) -> Row:
        """Of a referral."""
        return {
            **self._territory(each.territory_id),
            "kindergarten": each.kindergarten,
            "issued_on": each.issued_on,
            "valid_through": each.valid_through,
            "status": VALID if each.end is None else each.end.value,
            "ended_on": each.ended_on,
        }

    def queue(self, each: QueueLength) -> Row:
        """Of a queue."""
        return {
            **self._territory(each.territory_id),
            "queue_kind": each.kind,
            "birth_year": each.birth_year,
            "waiting": each.waiting,
            "fewer_than": FEW if each.waiting is None else None,
        }

    def places(self, each: Places) -> Row:
        """Of a territory."""
        return {
            **self._territory(each.territory_id),
            "kindergartens": each.kindergartens,
            "groups": each.groups,
            "capacity": each.capacity,
            "free": each.free,
        }

    def month(self, month: str, each: Figures) -> Row:
        """Of a territory in a month."""
        became = {word: each.referrals.get(word, 0) for word in (VALID, *(end.value for end in ReferralEnd))}
        return {
            "month": month,
            **self._territory(each.territory_id),
            "seats": each.seats,
            "returned": each.returned,
            "referrals": sum(each.referrals.values()),
            **became,
            "waiting_days": None if each.waited is None else round(each.waited.total_seconds() / 86_400),
        }

    def _territory(self, territory_id: int) -> Row:
        territory = self._named.tree.get(territory_id)
        return {
            "territory": self._named.codes[territory_id],
            "territory_name": territory.name(self._language),
        }
