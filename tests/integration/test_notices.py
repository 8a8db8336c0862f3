"""The inbox and the parent's journal, page by page, and the department's tasks."""

from datetime import timedelta

from domain.notice import Deed, Told
from storage import department_tasks, journal, notices
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


async def test_a_task_of_the_department_is_found_by_its_application(database: Database) -> None:
    def work(tx: Transaction) -> list[TaskKind]:
        town, child, me = add_territory(tx), add_child(tx), parent(tx)
        one = add_application(tx, child, me, add_queue(tx, town), town)
        department_tasks.add(tx, TaskKind.NO_IIN, AT, parent_id=me, application_id=one)
        department_tasks.add(tx, TaskKind.GUARDIANSHIP, AT, parent_id=me, child_id=child)
        return [kind for _, kind in department_tasks.open_of_application(tx, one)]

    assert await database.write(work) == [TaskKind.NO_IIN]
