"""The data sets: what each is called, which columns it has, and where its rows come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.web.open_data import columns
from bot.web.open_data.columns import Column, InWords, Row
from bot.web.open_data.pieces import Read, of_referrals, of_seats
from bot.web.open_data.rows import Rows
from bot.web.open_data.snapshots import Everything


@dataclass(frozen=True, slots=True)
class DataSet:
    """Either a `protocol`, which is asked for by days and may be long, or there as a `whole`."""

    name: str
    title: InWords
    about: InWords
    columns: Sequence[Column]
    protocol: Read | None = None
    whole: Callable[[Everything, Rows], list[Row]] | None = None

    @property
    def by_days(self) -> bool:
        """Whether days can be asked for."""
        return self.protocol is not None


def queue_rows(everything: Everything, rows: Rows) -> list[Row]:
    """All queues."""
    return _by_name([rows.queue(each) for each in everything.queues])


def places_rows(everything: Everything, rows: Rows) -> list[Row]:
    """All territories with kindergartens."""
    return _by_name([rows.places(each) for each in everything.places])


def month_rows(everything: Everything, rows: Rows) -> list[Row]:
    """All months, the newest first."""
    found = [_by_name([rows.month(month, each) for each in of_it]) for month, of_it in everything.months]
    return [row for month in found for row in month]


def _by_name(rows: list[Row]) -> list[Row]:
    """By territory, as people look for it; what is of one stays in its order."""
    return sorted(rows, key=lambda row: (row["territory_name"], row["territory"]))


SETS = (
    DataSet(
        "seats",
        lambda t: t("Released places"),
        lambda t: t("Every list that came out: where, for whom, until when for the first, and why."),
        columns.SEATS,
        protocol=of_seats,
    ),
    DataSet(
        "referrals",
        lambda t: t("Issued referrals"),
        lambda t: t("Every referral with its days and what became of it. Whose it is does not stand here."),
        columns.REFERRALS,
        protocol=of_referrals,
    ),
    DataSet(
        "queue",
        lambda t: t("The queue"),
        lambda t: t("How many wait, by territory, queue and birth year. Of fewer than 5 no number is given."),
        columns.QUEUES,
        whole=queue_rows,
    ),
    DataSet(
        "places",
        lambda t: t("Places in kindergartens"),
        lambda t: t("How many places there are, and how many of them are free now."),
        columns.PLACES,
        whole=places_rows,
    ),
    DataSet(
        "statistics",
        lambda t: t("Month by month"),
        lambda t: t("Places published, referrals and what became of them, and how long families waited."),
        columns.STATISTICS,
        whole=month_rows,
    ),
)
