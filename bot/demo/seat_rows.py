"""Writing the demo's list: bulletins, seats, and the seats that are taken."""

from dataclasses import replace
from datetime import datetime

from bot.demo.bulletins import PlannedBulletin
from bot.demo.making import Maker
from bot.demo.people_rows import PeopleIds
from bot.demo.plan import DemoPlan
from domain.local_time import local_date
from domain.referral import issue
from storage import applications, publishing, territories
from storage.publishing import NewBulletin
from storage.seats import access_plans, list_openings
from storage.transaction import Transaction


def write_seats(tx: Transaction, plan: DemoPlan, ids: PeopleIds) -> None:
    """All bulletins, with whoever took a seat of theirs."""
    numbers = Maker("kezek referrals")
    for bulletin in plan.bulletins:
        seats = iter(_write_bulletin(tx, plan.days.at, bulletin))
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


def open_lists(tx: Transaction) -> list[tuple[int, datetime]]:
    """The lists that are open to the first now and whose access is not made, and since when they are open."""
    found = (access_plans.find_list(tx, each) for each in list_openings.to_be_made(tx))
    return [(each.id, each.seat_list.opens_at) for each in found]


def _write_bulletin(tx: Transaction, at: datetime, planned: PlannedBulletin) -> list[int]:
    territory_id = territories.find_by_code(tx, planned.territory)
    assert territory_id is not None
    group_id = publishing.find_group(tx, territory_id, planned.kindergarten, planned.group)
    assert group_id is not None
    opened = planned.seat_list
    if opened.priority_ends_at <= at:
        # Long before the demo begins: the access of the first was made in time, and is over.
        opened = replace(opened, access_made_at=opened.opens_at)
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
