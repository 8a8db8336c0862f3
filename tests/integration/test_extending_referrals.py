"""Extending a referral: once, with documents, while it is valid; and taking that back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import (
    AlreadyExtended,
    ExtensionOutOfRange,
    ExtensionUnproven,
    NothingToRevoke,
    ReferralOver,
    Refused,
)
from domain.referral import ReferralEnd
from storage import documents, file_rows
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.kept.claims import of_application
from storage.seats import confirming, ending, extending, lapsing, referrals
from storage.seats.referrals import Issued
from storage.tables import extension
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.town_with_seats import SECOND, Town

LAST_DAY = date(2026, 11, 27)
OVER = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
REASON = "The paper is of another child"


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    return await Town.build(database)


@pytest.fixture
async def issued(town: Town) -> Issued:
    """A referral of Friday, valid to the next Friday."""
    taken = await town.takes(await town.application(), await town.bulletin(1))

    def work(tx: Transaction) -> Issued | None:
        confirming.confirm(tx, taken.claim_id)
        return referrals.of_claim(tx, taken.claim_id)

    found = await town.database.write(work)
    assert found is not None
    return found


async def file(town: Town) -> int:
    """A file that was sent in."""

    def work(tx: Transaction) -> int:
        file_id = new_id()
        named = {"kind": "document", "name": "", "content_type": "image/jpeg", "size": 1, "sha256": b""}
        file_rows.add(tx, NewFile(id=file_id, **named, stored_as=str(file_id), key_id="1"))  # type: ignore[arg-type]
        return file_id

    return await town.database.write(work)


async def extends(town: Town, issued: Issued, days: int, *files: int, note: str | None = None) -> Issued:
    """The referral after it."""
    done = await town.database.write(lambda tx: extending.extend(tx, issued.id, days, files, note))
    return done.issued


async def refusal(town: Town, issued: Issued, days: int, *files: int) -> Refused:
    """Why it is not extended."""
    with pytest.raises(Refused) as refused:
        await extends(town, issued, days, *files)
    return refused.value


async def test_it_is_longer_at_once_and_the_documents_are_kept(town: Town, issued: Issued) -> None:
    page, note = await file(town), "Hospital until the 20th"

    longer = await extends(town, issued, 30, page, note=note)

    assert longer.referral.last_day == date(2026, 12, 27)
    read = await town.database.read(lambda tx: referrals.find(tx, issued.id))
    assert read == longer
    row = (await town.database.read(lambda tx: tx.conn.execute(extension.select()).all()))[0]
    assert (row.days, row.state, row.nth) == (30, "granted", 1)
    assert note.encode() not in row.note
    kept = await town.database.read(lambda tx: documents.of_extension(tx, row.id))
    assert [each.file_id for each in kept] == [page]


@pytest.mark.parametrize("days", [-1, 0, 31])
async def test_so_many_days_are_refused_and_use_nothing_up(town: Town, issued: Issued, days: int) -> None:
    page = await file(town)

    assert await refusal(town, issued, days, page) == ExtensionOutOfRange(30)

    assert (await extends(town, issued, 1, page)).referral.last_day == date(2026, 11, 28)


async def test_without_documents_it_is_refused(town: Town, issued: Issued) -> None:
    gone = await file(town)
    await town.database.write(lambda tx: file_rows.mark_deleted(tx, gone))

    assert await refusal(town, issued, 5) == ExtensionUnproven()
    assert await refusal(town, issued, 5, gone) == ExtensionUnproven()


async def test_a_second_one_is_refused(town: Town, issued: Issued) -> None:
    await extends(town, issued, 5, await file(town))

    assert await refusal(town, issued, 5, await file(town)) == AlreadyExtended(date(2026, 12, 2))


async def test_on_the_last_second_yes_and_at_midnight_no(town: Town, issued: Issued, clock: SetClock) -> None:
    page = await file(town)
    clock.at = OVER
    assert await refusal(town, issued, 5, page) == ReferralOver(ReferralEnd.EXPIRED, OVER)
    clock.at = OVER - SECOND

    assert (await extends(town, issued, 5, page)).referral.last_day == date(2026, 12, 2)


async def test_later_rules_do_not_touch_what_was_given(town: Town, issued: Issued, clock: SetClock) -> None:
    await town.rules_become(
        datetime(2026, 11, 21, tzinfo=UTC), extension_days=3, extensions=0, suspension_working_days=1
    )
    clock.advance(timedelta(days=3))

    longer = await extends(town, issued, 30, await file(town))

    assert longer.referral.last_day == date(2026, 12, 27)
    clock.at = longer.referral.ends_at
    [told] = await town.database.write(lambda tx: lapsing.expire_due(tx, 10))
    assert told.suspended_until - told.suspended_from > timedelta(days=10)


async def test_an_extended_one_expires_with_its_new_last_day(
    town: Town, issued: Issued, clock: SetClock
) -> None:
    longer = await extends(town, issued, 3, await file(town))
    clock.at = longer.referral.ends_at - SECOND
    assert await town.database.write(lambda tx: lapsing.expire_due(tx, 10)) == []
    clock.advance(SECOND)

    [told] = await town.database.write(lambda tx: lapsing.expire_due(tx, 10))

    assert told.last_day == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("after", "last_day"),
    [
        (timedelta(days=1), LAST_DAY),  # the original last day is the later one
        (timedelta(days=10), date(2026, 12, 1)),  # told on Monday: to the end of Tuesday
    ],
)
async def test_revoked_it_ends_with_the_later_of_its_first_last_day_and_the_next_working_day(
    town: Town, issued: Issued, clock: SetClock, after: timedelta, last_day: date
) -> None:
    await extends(town, issued, 30, await file(town))
    clock.advance(after)

    done = await town.database.write(lambda tx: extending.revoke(tx, issued.id, REASON))

    assert done.issued.referral.last_day == last_day
    assert done.issued.referral.extension_revoked
    assert await town.database.read(lambda tx: referrals.find(tx, issued.id)) == done.issued
    assert await refusal(town, issued, 5, await file(town)) == AlreadyExtended(last_day)


async def test_why_it_was_revoked_is_sealed_and_handed_out_to_its_parent(town: Town, issued: Issued) -> None:
    await extends(town, issued, 30, await file(town))
    await town.database.write(lambda tx: extending.revoke(tx, issued.id, REASON))

    row = (await town.database.read(lambda tx: tx.conn.execute(extension.select()).all()))[0]
    [kept] = await town.database.read(lambda tx: of_application(tx, issued.application_id))

    assert REASON.encode() not in row.reason
    assert kept.data["referral"]["extensions"][0]["reason"] == REASON


async def test_there_is_nothing_to_revoke_without_an_extension_or_twice(town: Town, issued: Issued) -> None:
    def revoke(tx: Transaction) -> None:
        extending.revoke(tx, issued.id, REASON)

    with pytest.raises(NothingToRevoke):
        await town.database.write(revoke)
    await extends(town, issued, 30, await file(town))
    await town.database.write(revoke)
    with pytest.raises(NothingToRevoke):
        await town.database.write(revoke)


async def test_what_was_given_up_is_not_extended(town: Town, issued: Issued) -> None:
    await town.database.write(lambda tx: ending.give_up(tx, issued.id))

    assert isinstance(await refusal(town, issued, 5, await file(town)), ReferralOver)


async def test_rules_may_give_more_than_one(database: Database) -> None:
    town = await Town.build(database)
    await town.rules_become(datetime(2026, 11, 1, tzinfo=UTC), extensions=2)
    taken = await town.takes(await town.application(), await town.bulletin(1))
    await town.database.write(lambda tx: confirming.confirm(tx, taken.claim_id))
    given = await town.database.read(lambda tx: referrals.of_claim(tx, taken.claim_id))
    assert given is not None

    await extends(town, given, 5, await file(town))
    longer = await extends(town, given, 5, await file(town))

    assert longer.referral.last_day == date(2026, 12, 7)
    assert longer.referral.original_last_day == LAST_DAY
