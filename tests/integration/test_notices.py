"""The inbox and the parent's journal, page by page, and the department's tasks."""

from datetime import timedelta

from domain.notice import Deed, Told
from storage import applications, department_tasks, journal, notices
from storage.database import Database
from storage.department_tasks import TaskKind
from storage.transaction import Transaction
from tests.fakes.clock import START as AT
from tests.integration.rows import add_application, add_child, add_parent, add_queue, add_territory


def parent(tx: Transaction) -> int:
    return add_parent(tx)


async def test_notices_come_newest_first_page_by_page_also_those_of_one_instant(database: Database) -> None:
    def write(tx: Transaction) -> tuple[int, list[int]]:
        parent_id = parent(tx)
        instants = [AT, AT, AT + timedelta(1), AT + timedelta(1), AT + timedelta(2)]
        for number, at in enumerate(instants):
            notices.add(tx, parent_id, Told.REGISTERED, {"number": number, "place": 1}, at)
        return parent_id, [each.id for each in notices.page(tx, parent_id, 10)]

    parent_id, whole = await database.write(write)

    def in_pages(tx: Transaction) -> list[int]:
        seen, last = [], None
        while found := notices.page(tx, parent_id, 2, last):
            seen += [each.id for each in found]
            last = found[-1]
        return seen

    assert await database.read(in_pages) == whole
    assert len(set(whole)) == 5


async def test_notices_are_leafed_through_forwards_as_well(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[int], list[int]]:
        me, other = parent(tx), parent(tx)
        for at in (AT, AT, AT, AT + timedelta(1)):
            notices.add(tx, me, Told.REGISTERED, {"number": 1, "place": 1}, at)
            notices.add(tx, other, Told.REGISTERED, {"number": 2, "place": 1}, at)
        whole = notices.page(tx, me, 10)
        back = notices.newer(tx, me, 2, whole[3])
        rest = notices.newer(tx, me, 2, back[0])
        return [each.id for each in whole], [each.id for each in back], [each.id for each in rest]

    whole, back, rest = await database.write(work)

    assert (rest, back) == (whole[:1], whole[1:3])


async def test_a_notice_is_read_once_and_by_its_own_parent_only(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int, bool, bool]:
        mine, others = parent(tx), parent(tx)
        kept = notices.add(tx, mine, Told.REGISTERED, {"number": 7, "place": 1}, AT)
        before = notices.unread(tx, mine)
        notices.mark_read(tx, [kept], AT)
        notices.mark_read(tx, [kept], AT + timedelta(1))
        found = notices.find(tx, mine, kept)
        at_first = found is not None and found.read_at == AT
        return before, notices.unread(tx, mine), at_first, notices.find(tx, others, kept) is None

    assert await database.write(work) == (1, 0, True, True)


async def test_the_journal_tells_who_did_what_from_where(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[str, Deed, str | None]]:
        me = parent(tx)
        journal.note(tx, me, journal.by_parent(me), Deed.SIGNED_IN, AT, channel="telegram")
        journal.note(tx, me, journal.by_staff(5), Deed.LOOKED, AT, data={"reason": "call"})
        lines = journal.page(tx, me, 10)
        assert journal.page(tx, me, 10, before=lines[-1].id) == []
        assert [each.id for each in journal.looks(tx, me, 10)] == [lines[0].id]
        return [(each.actor.partition(":")[0], each.what, each.channel) for each in lines]

    assert await database.write(work) == [
        ("staff", Deed.LOOKED, None),
        ("parent", Deed.SIGNED_IN, "telegram"),
    ]


async def test_the_journal_is_leafed_through_both_ways_and_names_applications(database: Database) -> None:
    def work(tx: Transaction) -> list[list[tuple[Deed, int | None]]]:
        town, child, me = add_territory(tx), add_child(tx), parent(tx)
        one = add_application(tx, child, me, add_queue(tx, town), town)
        for what in (Deed.SIGNED_IN, Deed.APPLIED, Deed.PAUSED):
            about = None if what is Deed.SIGNED_IN else one
            journal.note(tx, me, journal.by_parent(me), what, AT, application_id=about)
        newest = journal.page(tx, me, 1)
        older = journal.page(tx, me, 2, before=newest[0].id)
        back = journal.newer(tx, me, 2, after=older[-1].id)
        number = applications.find(tx, one)
        assert number is not None
        return [
            [(each.what, None if each.number is None else each.number - number.number) for each in page]
            for page in (newest, older, back)
        ]

    assert await database.write(work) == [
        [(Deed.PAUSED, 0)],
        [(Deed.APPLIED, 0), (Deed.SIGNED_IN, None)],
        [(Deed.PAUSED, 0), (Deed.APPLIED, 0)],
    ]


async def test_what_others_did_is_told_apart_from_the_own_and_from_looks(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[Deed], list[Deed]]:
        me, other = parent(tx), parent(tx)
        journal.note(tx, me, journal.by_parent(me), Deed.APPLIED, AT)
        journal.note(tx, me, journal.by_parent(other), Deed.WITHDREW, AT)
        journal.note(tx, me, journal.by_helper(3), Deed.PAUSED, AT)
        journal.note(tx, me, journal.by_staff(5), Deed.LOOKED, AT)
        journal.note(tx, me, journal.SYSTEM, Deed.RESUMED, AT)
        journal.note(tx, me, journal.REGISTER, Deed.PRIVILEGE_CLAIMED, AT)
        others = [each.what for each in journal.by_others(tx, me, 10)]
        return others, [each.what for each in journal.looks(tx, me, 10)]

    assert await database.write(work) == ([Deed.PAUSED, Deed.WITHDREW], [Deed.LOOKED])


async def test_a_task_of_the_department_is_found_by_its_application(database: Database) -> None:
    def work(tx: Transaction) -> list[TaskKind]:
        town, child, me = add_territory(tx), add_child(tx), parent(tx)
        one = add_application(tx, child, me, add_queue(tx, town), town)
        department_tasks.add(tx, TaskKind.NO_IIN, AT, parent_id=me, application_id=one)
        department_tasks.add(tx, TaskKind.GUARDIANSHIP, AT, parent_id=me, child_id=child)
        return [kind for _, kind in department_tasks.open_of_application(tx, one)]

    assert await database.write(work) == [TaskKind.NO_IIN]
