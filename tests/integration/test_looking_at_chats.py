"""What an operator looks at: noted once a day, and what is masked is shown for a reason that parents read."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.centre.looking import looked
from bot.centre.revealing import Hidden, NotThere, Revealed, reveal
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.errors import ReasonBadLength, TooManyTries
from domain.identity_document import IdentityDocument
from domain.notice import Deed
from domain.phone import Phone
from domain.tries import REVEALED_PER_STAFF
from storage import journal, people, phones, stated_reasons, wiping
from storage.database import Database
from storage.journal import Entry
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.chats import a_chat
from tests.integration.desk_city import City
from tests.integration.inboxes import noted

OPERATOR, COLLEAGUE = Officer(41, "operator"), Officer(42, "operator")
WHY = "Әсел Сейітқызына қоңырау шалу үшін"
NUMBER = Phone("+77015550101")


@dataclass(frozen=True)
class Stage:
    """A family of two parents, and the chat of the first."""

    chat: int
    parent_id: int
    second: int
    child_id: int
    phone_id: int
    stranger: int
    foreign_phone: int
    foreign_child: int


def staged(tx: Transaction) -> Stage:
    """Write them down, and another family."""
    city = City(tx)
    (family, second), (other, _) = city.family(tx), city.family(tx)
    phone_id = phones.confirm_phone(tx, family.parent_id, phones.CONTACT_PHONE, NUMBER, tx.now)
    foreign = phones.confirm_phone(tx, other.parent_id, phones.CONTACT_PHONE, Phone("+77015550202"), tx.now)
    return Stage(
        chat=a_chat(tx, family.parent_id),
        parent_id=family.parent_id,
        second=second,
        child_id=family.child_id,
        phone_id=phone_id,
        stranger=a_chat(tx, None, address="1002"),
        foreign_phone=foreign,
        foreign_child=other.child_id,
    )


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The family and its chat."""
    return await database.write(staged)


async def look(database: Database, officer: Officer, conversation_id: int) -> Audited | None:
    return await database.write(lambda tx: looked(tx, officer, conversation_id))


async def shows(
    database: Database,
    stage: Stage,
    what: Hidden,
    of_id: int | None = None,
    *,
    chat: int | None = None,
    reason: str = WHY,
    later: timedelta = timedelta(),
) -> Revealed:
    return await database.write(
        lambda tx: reveal(tx, OPERATOR, chat or stage.chat, what, of_id, reason, real_now=START + later)
    )


async def lines(database: Database, parent_id: int) -> list[Entry]:
    return await database.read(lambda tx: journal.page(tx, parent_id, 99))


async def test_that_a_chat_was_read_is_noted_once_a_day_for_each_operator(
    database: Database, stage: Stage, clock: SetClock
) -> None:
    first = await look(database, OPERATOR, stage.chat)
    again = await look(database, OPERATOR, stage.chat)
    colleague = await look(database, COLLEAGUE, stage.chat)
    clock.advance(timedelta(days=1))
    next_day = await look(database, OPERATOR, stage.chat)

    assert first == Audited("staff:41", "looked", f"conversation:{stage.chat}", {})
    assert again is None
    assert colleague is not None
    assert next_day == first
    assert await noted(database, stage.parent_id) == [
        ("staff:41", Deed.LOOKED),
        ("staff:42", Deed.LOOKED),
        ("staff:41", Deed.LOOKED),
    ]
    newest = (await lines(database, stage.parent_id))[0]
    assert newest.data == {"role": "operator", "chat": "telegram", "conversation": str(stage.chat)}


async def test_each_chat_of_a_parent_is_noted_by_itself(database: Database, stage: Stage) -> None:
    other = await database.write(lambda tx: a_chat(tx, stage.parent_id, address="1003"))

    assert await look(database, OPERATOR, stage.chat) is not None
    assert await look(database, OPERATOR, other) is not None
    assert await look(database, OPERATOR, other) is None


async def test_a_chat_that_is_nobodys_yet_is_noted_nowhere(database: Database, stage: Stage) -> None:
    assert await look(database, OPERATOR, stage.stranger) is None
    assert await look(database, OPERATOR, 12345) is None


async def test_the_parent_reads_who_had_a_number_shown_and_why(database: Database, stage: Stage) -> None:
    shown = await shows(database, stage, Hidden.PHONE, stage.phone_id)

    [entry] = await lines(database, stage.parent_id)
    assert shown.value == NUMBER.e164
    assert (entry.actor, entry.what) == ("staff:41", Deed.REVEALED)
    assert entry.data == {"role": "operator", "shown": "phone", "reason": WHY}
    assert await database.read(lambda tx: journal.looks(tx, stage.parent_id, 9)) == [entry]
    assert await database.read(lambda tx: journal.by_others(tx, stage.parent_id, 9)) == []


async def test_the_audit_names_nobody_and_leads_to_the_sealed_reason(
    database: Database, stage: Stage
) -> None:
    shown = await shows(database, stage, Hidden.PHONE, stage.phone_id)

    data = shown.audited.data
    words = await database.read(lambda tx: stated_reasons.words_of(tx, [int(data["reason"])]))
    assert (shown.audited.what, shown.audited.about) == ("revealed", f"parent:{stage.parent_id}")
    assert {**data, "reason": ""} == {"shown": "phone", "conversation": str(stage.chat), "reason": ""}
    assert list(words.values()) == [WHY]
    assert NUMBER.e164 not in repr(shown)


async def test_both_parents_read_that_the_childs_iin_was_shown(database: Database, stage: Stage) -> None:
    shown = await shows(database, stage, Hidden.CHILD_IIN, stage.child_id)

    iin = await database.read(lambda tx: people.iin_of_child(tx, stage.child_id))
    assert shown.value == iin.digits
    assert shown.audited.about == f"child:{stage.child_id}"
    for parent_id in (stage.parent_id, stage.second):
        [entry] = await lines(database, parent_id)
        assert entry.data == {"role": "operator", "shown": "child_iin", "reason": WHY}


async def test_the_parents_iin_is_shown_or_the_number_of_the_document(
    database: Database, stage: Stage
) -> None:
    def without_iin(tx: Transaction) -> int:
        key = IdentityDocument("N12345678")
        parent_id = people.parent_for(tx, key, at=tx.now, language="kk", notice_way="messenger")
        return a_chat(tx, parent_id, address="1004")

    by_iin = await shows(database, stage, Hidden.IIN)
    by_document = await shows(database, stage, Hidden.IIN, chat=await database.write(without_iin))

    assert len(by_iin.value) == 12
    assert (by_iin.audited.data["shown"], by_document.audited.data["shown"]) == ("iin", "document")
    assert by_document.value == "N12345678"


@pytest.mark.parametrize("what", [Hidden.PHONE, Hidden.CHILD_IIN])
async def test_the_numbers_of_others_are_not_there(database: Database, stage: Stage, what: Hidden) -> None:
    foreign = stage.foreign_phone if what is Hidden.PHONE else stage.foreign_child
    for of_id in (foreign, 12345, None):
        with pytest.raises(NotThere):
            await shows(database, stage, what, of_id)

    assert await lines(database, stage.parent_id) == []


async def test_nothing_is_shown_in_a_chat_that_is_nobodys(database: Database, stage: Stage) -> None:
    for chat in (stage.stranger, 12345):
        with pytest.raises(NotThere):
            await shows(database, stage, Hidden.IIN, chat=chat)


@pytest.mark.parametrize("reason", ["", "айту", "  ай    т  ", "а" * 501])
async def test_nothing_is_shown_without_a_reason(database: Database, stage: Stage, reason: str) -> None:
    with pytest.raises(ReasonBadLength):
        await shows(database, stage, Hidden.IIN, reason=reason)

    assert await lines(database, stage.parent_id) == []


async def test_only_so_many_numbers_an_hour_are_shown_to_one(database: Database, stage: Stage) -> None:
    for _ in range(REVEALED_PER_STAFF.most):
        await shows(database, stage, Hidden.IIN)

    with pytest.raises(TooManyTries) as refused:
        await shows(database, stage, Hidden.IIN, later=timedelta(minutes=59, seconds=59))

    assert refused.value.again_at == START + timedelta(hours=1)
    assert (await shows(database, stage, Hidden.IIN, later=timedelta(hours=1))).value


async def test_an_erasure_takes_the_reasons_along(database: Database, stage: Stage) -> None:
    shown = await shows(database, stage, Hidden.CHILD_IIN, stage.child_id)
    reason_id = int(shown.audited.data["reason"])

    while await database.write(lambda tx: wiping.wipe_own(tx, stage.parent_id)):
        pass

    assert await database.read(lambda tx: stated_reasons.words_of(tx, [reason_id])) == {}
    assert len(await lines(database, stage.second)) == 1
