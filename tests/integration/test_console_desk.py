"""The secretary's pages: seats and applications; nothing twice, nothing foreign."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from domain.application import Status
from domain.notice import Told
from storage import staff_logins
from storage.database import Database
from storage.tables import claim
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.integration.desk_stage import DAY, REASON, STALE, DeskStage
from tests.integration.inboxes import told


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[DeskStage]:
    """Where the kindergarten activates."""
    async with running_desk(sqlite) as desk:
        yield await DeskStage.set(desk)


async def test_free_seats_are_reported_and_corrected(stage: DeskStage) -> None:
    async with stage.desk.browser("amina") as browser:
        group = await browser.opens(f"groups/{stage.city.amina.group_id}")
        made = await browser.sends(group.form(str(stage.city.amina.group_id)), seats="4", released_on=DAY)
        corrected = await browser.sends(made.form("correct"), seats="6")

    [(bulletin_id, total)] = await stage.reported()
    assert "The seats are reported." in made.text
    assert made.path == corrected.path == f"/console/seats/{bulletin_id}"
    assert "The number of seats is corrected." in corrected.text
    assert total == 6
    assert await stage.audited() == ["seats_reported", "seats_corrected"]


async def test_a_list_is_called_published_from_its_hour_on(stage: DeskStage, clock: SetClock) -> None:
    async with stage.desk.browser("amina") as browser:
        group = await browser.opens(f"groups/{stage.city.amina.group_id}")
        made = await browser.sends(group.form(str(stage.city.amina.group_id)), seats="4", released_on=DAY)
    [(bulletin_id, _)] = await stage.reported()
    clock.at = datetime(2026, 11, 20, 13, tzinfo=UTC)
    async with stage.desk.browser("amina") as browser:
        later = await browser.opens(f"seats/{bulletin_id}")

    at = "20.11.2026 18:00"
    assert (f"To be published {at}" in made.text, f"Published {at}" in made.text) == (True, False)
    assert (f"To be published {at}" in later.text, f"Published {at}" in later.text) == (False, True)


NOT_REPORTABLE: list[tuple[str | None, str, str]] = [
    ("", DAY, "Please fill this in."),
    (None, DAY, "Please fill this in."),
    ("four", DAY, "Please type a whole number."),
    ("-1", DAY, "Please type a whole number."),
    ("4.5", DAY, "Please type a whole number."),
    ("٣", DAY, "Please type a whole number."),
    ("0", DAY, "From 1 to 999."),
    ("11", DAY, "From 1 to 10 seats."),
    ("1" * 400, DAY, "Please type a whole number."),
    ("4", "", "Please fill this in."),
    ("4", "20.11.2026", "Please choose a day."),
    ("4", "2026-02-30", "Please choose a day."),
    ("4", "20261120", "Please choose a day."),
    ("4", "2026-11-19", "From 20.11.2026 to 21.11.2027."),
    ("4", "9999-12-31", "From 20.11.2026 to 21.11.2027."),
]


async def test_what_cannot_be_reported_is_said_beside_the_field_and_kept(stage: DeskStage) -> None:
    path, seen = str(stage.city.amina.group_id), []
    async with stage.desk.browser("amina") as browser:
        form = (await browser.opens(f"groups/{path}")).form(path)
        for seats, day, words in NOT_REPORTABLE:
            page = await browser.sends(form, seats=seats, released_on=day)
            kept = page.form(path).fields["seats"] == (seats or "")
            seen.append((page.status, words in page.text, kept))

    assert seen == [(422, True, True)] * len(NOT_REPORTABLE)
    assert await stage.reported() == []


async def test_a_form_that_is_sent_twice_has_its_effect_once(stage: DeskStage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        first = await browser.sends(form, seats="4", released_on=DAY)
        second = await browser.sends(form, seats="4", released_on=DAY)

    assert (first.status, first.path) == (second.status, second.path)
    assert len(await stage.reported()) == 1
    assert await stage.audited() == ["seats_reported"]


async def test_a_form_without_a_number_of_its_own_does_nothing(stage: DeskStage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        pages = [
            await browser.sends(form, seats="4", released_on=DAY, once=once)
            for once in (None, "", "short", "x" * 17, "../../../../../.")
        ]

    assert {page.status for page in pages} == {400}
    assert await stage.reported() == []


async def test_a_colleagues_correction_is_shown_and_not_overwritten(stage: DeskStage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        page = await browser.sends(form, seats="4", released_on=DAY)
        colleague = await browser.opens(page.path.removeprefix("/console/"))
        await browser.sends(page.form("correct"), seats="6")
        stale = await browser.sends(colleague.form("correct"), seats="2")

    assert (stale.status, [total for _, total in await stage.reported()]) == (409, [6])
    assert STALE in stale.text


async def test_recalled_seats_need_a_reason_and_those_who_held_them_are_told(stage: DeskStage) -> None:
    family, _ = await stage.sent()
    [(bulletin_id, _)] = await stage.reported()

    async with stage.desk.browser("amina") as browser:
        page = await browser.opens(f"seats/{bulletin_id}")
        without = await browser.sends(page.form("recall"), reason="  ")
        long = await browser.sends(without.form("recall"), reason="ұ" * 501)
        longer = await browser.sends(long.form("recall"), reason="ұ" * 5000)
        many = await browser.sends(longer.form("recall"), reason=REASON, seats="2")
        done = await browser.sends(many.form("recall"), seats="")
        again = await browser.sends(page.form("recall"), reason=REASON)

    assert [each.status for each in (without, long, longer, many, done, again)] == [422] * 4 + [200, 409]
    assert "From 1 to 1 seats." in many.text
    assert many.form("recall").fields["reason"] == REASON
    assert "It was recalled already." in again.text
    assert await told(stage.desk.database, family.parent_id) == [Told.SEAT_RECALLED]


async def test_an_application_is_activated_and_leads_to_its_referral(stage: DeskStage) -> None:
    family, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        waiting = await browser.opens("applications")
        one = await browser.opens(f"applications/{claim_id}")
        done = await browser.sends(one.form("activate"))
        late = await browser.sends(one.form("decline"), reason=REASON)

    assert f"/console/applications/{claim_id}" in waiting.html
    assert "Activated: the referral is issued" in done.text
    assert done.path.startswith("/console/referrals/")
    assert late.status == 409
    assert STALE in late.text
    assert "It is activated." in late.text
    assert await stage.status(family) is Status.REFERRED
    assert await stage.audited() == ["looked", "activated"]


async def test_an_application_is_declined_with_a_reason(stage: DeskStage) -> None:
    family, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        one = await browser.opens(f"applications/{claim_id}")
        short = await browser.sends(one.form("decline"), reason="no")
        done = await browser.sends(short.form("decline"), reason=REASON)
        later = await browser.opens(f"applications/{claim_id}")

    assert short.status == 422
    assert "5 to 500 characters" in short.text
    assert "Declined." in done.text
    assert f"Declined 20.11.2026 15:00. Reason: {REASON}" in later.text.replace("\N{NO-BREAK SPACE}", " ")
    assert await stage.status(family) is Status.AWAITING_PLACE
    assert await told(stage.desk.database, family.parent_id) == [Told.SENT_DECLINED]


async def test_numbers_of_people_are_masked_and_looks_are_noted(stage: DeskStage) -> None:
    family, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        page = await browser.opens(f"applications/{claim_id}")
        await browser.opens(f"applications/{claim_id}")

    assert family.child.digits not in page.html
    assert family.parent.digits not in page.html
    assert family.child.masked in page.text
    assert await stage.audited() == ["looked"]


async def test_what_can_be_no_id_is_not_there(stage: DeskStage) -> None:
    odd = ("0", "-1", "1" * 30, "１２", "9" * 19, "abc")
    async with stage.desk.browser("amina") as browser:
        pages = [
            await browser.opens(f"{kind}/{bad}")
            for kind in ("groups", "seats", "applications", "referrals")
            for bad in odd
        ]

    assert {page.status for page in pages} == {404}


async def test_what_is_another_houses_is_not_there(stage: DeskStage) -> None:
    family, claim_id = await stage.sent(to_other=True)

    def foreign(tx: Transaction) -> int:
        return stage.city.seats(tx, stage.city.other, 2)

    seats_id = await stage.desk.database.write(foreign)
    async with stage.desk.browser("amina") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        sent = {"csrf": mark, "once": "A" * 16, "seats": "1", "reason": REASON, "released_on": DAY}
        group = stage.city.other.group_id
        seen = [
            await browser.opens(path)
            for path in (f"groups/{group}", f"seats/{seats_id}", f"applications/{claim_id}")
        ]
        done = [
            await browser.posts(f"/console/{path}", sent)
            for path in (
                f"groups/{group}", f"seats/{seats_id}/correct", f"seats/{seats_id}/recall",
                f"applications/{claim_id}/activate", f"applications/{claim_id}/decline",
            )
        ]  # fmt: skip
        listed = await browser.opens("applications")

    assert {page.status for page in (*seen, *done)} == {404}
    assert str(claim_id) not in listed.html
    assert await stage.status(family) is Status.APPLIED
    assert await stage.audited() == []


async def test_rights_that_were_taken_away_end_at_once(stage: DeskStage) -> None:
    _, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        page = await browser.opens(f"applications/{claim_id}")
        await stage.desk.database.write(lambda tx: tx.conn.exec_driver_sql("DELETE FROM staff_right"))
        done = await browser.sends(page.form("activate"))

    assert (page.status, done.status) == (200, 404)


async def test_pages_speak_the_language_that_was_chosen_and_remember_it(stage: DeskStage) -> None:
    async with stage.desk.browser("amina") as browser:
        page = await browser.opens("groups")
        russian = await browser.sends(page.form("language"), language="ru")
        odd = await browser.sends(page.form("language"), language="xx")
        browser.http.cookie_jar.clear()
        again = await browser.signs_in("amina")

    stored = await stage.desk.database.read(lambda tx: staff_logins.find(tx, "amina"))
    assert russian.path == "/console/groups"
    assert 'lang="ru"' in russian.html
    assert 'lang="ru"' in odd.html
    assert 'lang="ru"' in again.html
    assert stored is not None


async def test_the_home_page_counts_what_waits(stage: DeskStage) -> None:
    await stage.sent()
    await stage.sent(to_other=True)

    async with stage.desk.browser("amina") as browser, stage.desk.browser("officer") as other:
        own, all_of_them = await browser.opens(""), await other.opens("")

    how_many = await stage.desk.database.read(
        lambda tx: tx.conn.execute(select(func.count()).select_from(claim)).scalar_one()
    )
    assert "Applications 1 waiting to be activated or declined" in own.text
    assert f"Applications {how_many} waiting to be activated or declined" in all_of_them.text


async def test_the_same_day_passes_on_every_database(database: Database) -> None:
    async with running_desk(database) as desk:
        stage = await DeskStage.set(desk)
        family, claim_id = await stage.sent()
        async with desk.browser("amina") as browser:
            home = await browser.opens("")
            application = await browser.opens(f"applications/{claim_id}")
            referral = await browser.sends(application.form("activate"))
            listed = await browser.opens("referrals")
            signed = await browser.sends(referral.form("sign"), starts_on=DAY)
            group = await browser.opens(f"groups/{stage.city.amina.group_id}")
            form = group.form(str(stage.city.amina.group_id))
            twice = [await browser.sends(form, seats="2", released_on=DAY) for _ in range(2)]
            await browser.sends(twice[0].form("recall"), reason=REASON)

    assert [page.status for page in (home, listed, signed, *twice)] == [200] * 5
    assert await stage.status(family) is Status.ENROLLED
    assert await stage.audited() == ["looked", "activated", "signed", "seats_reported", "seats_recalled"]
