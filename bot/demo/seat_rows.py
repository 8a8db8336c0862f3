"""Writing the demo's list: bulletins, seats, and the seats that are taken."""

from dataclasses import replace

from bot.demo.bulletins import PlannedBulletin
from bot.demo.making import Maker
from bot.demo.people_rows import PeopleIds
from bot.demo.plan import DemoPlan
from domain.local_time import local_date
from domain.referral import issue
from storage import applications, publishing
from storage.publishing import NewBulletin
from storage.transaction import Transaction


def write_seats(tx: Transaction, plan: DemoPlan, territory_id: int, ids: PeopleIds) -> None:
    """All bulletins, with whoever took a seat of theirs."""
    numbers = Maker("kezek referrals")
    for bulletin in plan.bulletins:
        seats = iter(_write_bulletin(tx, territory_id, bulletin))
        for taker in plan.seat_takers:
            if taker.bulletin is not bulletin:
                continue
            application = applications.find_by_number(tx, taker.entry.number)
            assert application is not None
            publishing.add_enrolled(
                tx,
                next(seats),
                application.id,
                ids.of(taker.entry)[1],
                issue(taker.taken_at, plan.days.policy),
                numbers.number(),
                taker.enrolled_at,
            )


def _write_bulletin(tx: Transaction, territory_id: int, planned: PlannedBulletin) -> list[int]:
    group_id = publishing.find_group(tx, territory_id, planned.kindergarten, planned.group)
    assert group_id is not None
    # The list opened long before the demo begins: the access of the first was made in time.
    opened = replace(planned.seat_list, access_made_at=planned.seat_list.opens_at)
    return publishing.add_bulletin(
        tx,
        NewBulletin(
            list_id=publishing.list_at(tx, territory_id, opened),
            group_id=group_id,
            seats=planned.seats,
            language=planned.language,
            birth_years=planned.birth_years,
            seat_kind=planned.seat_kind,
            released_on=local_date(planned.reported_at),
            reported_at=planned.reported_at,
        ),
    )
