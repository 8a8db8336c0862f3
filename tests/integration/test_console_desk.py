"""The secretary's and the officer's pages: what they take and refuse; nothing twice, nothing foreign."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.papers.referral_links import ReferralLinks
from domain.application import Status
from domain.notice import Told
from storage import file_rows, reviews, staff_logins
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.seats import extending
from storage.tables import audit, bulletin, claim
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.web_site import SECRET_KEY
from tests.integration.desk_city import INSTANT, RELEASED_ON, City
from tests.integration.inboxes import facts, told
from tests.integration.test_department import claims_with_document
from tests.integration.unverified_families import Family

REASON = "Анықтама жоқ"
STALE = "Something has changed here meanwhile."
DAY = RELEASED_ON.isoformat()


class Stage:
    """A console, a city whose confirmed seats are sent to the kindergarten, and two who log in."""

    def __init__(self, desk: Desk, city: City) -> None:
        self.desk = desk
        self.city = city

    @classmethod
    async def set(cls, desk: Desk, *rules: object) -> "Stage":
        city = await desk.database.write(lambda tx: City(tx, *rules))  # type: ignore[arg-type]
        await desk.hires("amina", "kindergarten", kindergartens=[city.amina.id])
        await desk.hires("officer", "department", territories=[city.territory_id])
        return cls(desk, city)

    async def sent(self, to_other: bool = False) -> tuple[Family, int]:
        """A family has sent its application; the claim."""
        house = self.city.other if to_other else self.city.amina

        def work(tx: Transaction) -> tuple[Family, int]:
            family, _ = self.city.family(tx)
            return family, self.city.confirms(tx, family, self.city.seats(tx, house, 1))

        return await self.desk.database.write(work)

    async def referred(self, to_other: bool = False) -> tuple[Family, int, int]:
        """A family has a referral; its id and number."""
        house = self.city.other if to_other else self.city.amina

        def work(tx: Transaction) -> tuple[Family, int, int]:
            family, _ = self.city.family(tx)
            issued = self.city.referred(tx, family, house)
            return family, issued.id, issued.number

        return await self.desk.database.write(work)

    async def reported(self) -> list[tuple[int, int]]:
        """The bulletins of "Амина": id and seats."""
        asked = select(bulletin.c.id, bulletin.c.total_seats).where(
            bulletin.c.group_id == self.city.amina.group_id
        )
        return await self.desk.database.read(lambda tx: [(row[0], row[1]) for row in tx.conn.execute(asked)])

    async def status(self, family: Family) -> Status:
        return await self.desk.database.read(lambda tx: family.application(tx).status)

    async def audited(self) -> list[str]:
        asked = select(audit.c.what).where(audit.c.what != "signed_in").order_by(audit.c.id)
        return await self.desk.database.read(lambda tx: list(tx.conn.execute(asked).scalars()))


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    """Where the kindergarten activates."""
    async with running_desk(sqlite) as desk:
        yield await Stage.set(desk)


@pytest.fixture
async def instant(sqlite: Database) -> AsyncIterator[Stage]:
    """Where confirming gives the referral."""
    async with running_desk(sqlite) as desk:
        yield await Stage.set(desk, INSTANT)


async def test_free_seats_are_reported_and_corrected(stage: Stage) -> None:
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


async def test_a_list_is_called_published_from_its_hour_on(stage: Stage, clock: SetClock) -> None:
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


async def test_what_cannot_be_reported_is_said_beside_the_field_and_kept(stage: Stage) -> None:
    path, seen = str(stage.city.amina.group_id), []
    async with stage.desk.browser("amina") as browser:
        form = (await browser.opens(f"groups/{path}")).form(path)
        for seats, day, words in NOT_REPORTABLE:
            page = await browser.sends(form, seats=seats, released_on=day)
            kept = page.form(path).fields["seats"] == (seats or "")
            seen.append((page.status, words in page.text, kept))

    assert seen == [(422, True, True)] * len(NOT_REPORTABLE)
    assert await stage.reported() == []


async def test_a_form_that_is_sent_twice_has_its_effect_once(stage: Stage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        first = await browser.sends(form, seats="4", released_on=DAY)
        second = await browser.sends(form, seats="4", released_on=DAY)

    assert (first.status, first.path) == (second.status, second.path)
    assert len(await stage.reported()) == 1
    assert await stage.audited() == ["seats_reported"]


async def test_a_form_without_a_number_of_its_own_does_nothing(stage: Stage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        pages = [
            await browser.sends(form, seats="4", released_on=DAY, once=once)
            for once in (None, "", "short", "x" * 17, "../../../../../.")
        ]

    assert {page.status for page in pages} == {400}
    assert await stage.reported() == []


async def test_a_colleagues_correction_is_shown_and_not_overwritten(stage: Stage) -> None:
    async with stage.desk.browser("amina") as browser:
        path = str(stage.city.amina.group_id)
        form = (await browser.opens(f"groups/{path}")).form(path)
        page = await browser.sends(form, seats="4", released_on=DAY)
        colleague = await browser.opens(page.path.removeprefix("/console/"))
        await browser.sends(page.form("correct"), seats="6")
        stale = await browser.sends(colleague.form("correct"), seats="2")

    assert (stale.status, [total for _, total in await stage.reported()]) == (409, [6])
    assert STALE in stale.text


async def test_recalled_seats_need_a_reason_and_those_who_held_them_are_told(stage: Stage) -> None:
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


async def test_an_application_is_activated_and_leads_to_its_referral(stage: Stage) -> None:
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


async def test_an_application_is_declined_with_a_reason(stage: Stage) -> None:
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


async def test_the_department_sees_what_waits_and_answers_when_it_may(stage: Stage, clock: SetClock) -> None:
    family, claim_id = await stage.sent()
    due_at = await stage.desk.database.read(
        lambda tx: tx.conn.execute(select(claim.c.activate_by).where(claim.c.id == claim_id)).scalar_one()
    )

    async with stage.desk.browser("officer") as browser:
        early = await browser.opens(f"applications/{claim_id}")
        mark = early.form("sign-out").fields["csrf"]
        forged = {"csrf": mark, "once": "A" * 16}
        refused = await browser.posts(f"/console/applications/{claim_id}/activate", forged)
        clock.at = due_at
        late = await browser.opens(f"applications/{claim_id}")
        await browser.sends(late.form("activate"))

    assert [form.action for form in early.forms if "activate" in form.action] == []
    assert refused.status == 409
    assert await stage.status(family) is Status.REFERRED


async def test_numbers_of_people_are_masked_and_looks_are_noted(stage: Stage) -> None:
    family, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        page = await browser.opens(f"applications/{claim_id}")
        await browser.opens(f"applications/{claim_id}")

    assert family.child.digits not in page.html
    assert family.parent.digits not in page.html
    assert family.child.masked in page.text
    assert await stage.audited() == ["looked"]


async def test_a_referral_is_found_by_iin_number_and_code_and_by_nothing_else(instant: Stage) -> None:
    family, referral_id, number = await instant.referred()
    stranger, _, foreign = await instant.referred(to_other=True)
    links = ReferralLinks(SECRET_KEY, "http://localhost:8080")
    iin = family.child.digits
    ways = [iin, f" {iin[:6]} {iin[6:]} ", str(number), f"№ {number}", links.to(number), links.token(number)]
    nothing = [
        stranger.child.digits, str(foreign), links.to(foreign), family.parent.digits, "1", "9" * 19, "Амина",
        links.to(number) + "A", "https://evil.example/check/referral/x", "'; --", "\u202e1",
    ]  # fmt: skip

    async with instant.desk.browser("amina") as browser:
        form = (await browser.opens("referrals")).form("find")
        found = [(await browser.sends(form, wanted=each)).path for each in ways]
        missed = [await browser.sends(form, wanted=each) for each in nothing]
        mistyped = await browser.sends(form, wanted=iin[:-1] + str((int(iin[-1]) + 1) % 10))

    assert found == [f"/console/referrals/{referral_id}"] * len(ways)
    assert {page.status for page in missed[:-1]} == {404}
    assert missed[-1].status == 422
    assert len({page.text for page in missed[:-1]}) == 1
    assert "This is no IIN" in mistyped.text


async def test_a_contract_is_signed_no_earlier_than_the_seat_is_empty(instant: Stage) -> None:
    family, referral_id, _ = await instant.referred()
    early = (RELEASED_ON - timedelta(days=1)).isoformat()

    async with instant.desk.browser("amina") as browser:
        page = await browser.opens(f"referrals/{referral_id}")
        offered = page.form("sign").fields["starts_on"]
        refused = await browser.sends(page.form("sign"), starts_on=early)
        odd = await browser.sends(refused.form("sign"), starts_on="tomorrow")
        signed = await browser.sends(odd.form("sign"), starts_on=DAY)
        again = await browser.sends(page.form("sign"))

    assert offered == DAY
    assert (refused.status, odd.status, again.status) == (422, 422, 409)
    assert "contract signed" in signed.text
    assert await instant.status(family) is Status.ENROLLED
    assert await told(instant.desk.database, family.parent_id) == [Told.ENROLLED]


async def test_a_child_that_leaves_makes_room_in_its_group(instant: Stage, clock: SetClock) -> None:
    family, referral_id, _ = await instant.referred()
    group_id = instant.city.amina.group_id

    async with instant.desk.browser("amina") as browser:
        page = await browser.opens(f"referrals/{referral_id}")
        signed = await browser.sends(page.form("sign"), starts_on=DAY)
        full = await browser.opens(f"groups/{group_id}")
        too_many = await browser.sends(full.form(str(group_id)), seats="10", released_on=DAY)
        bad = [
            await browser.sends(signed.form("left"), **each)
            for each in ({"left_on": "2026-11-19"}, {"left_on": ""}, {"why": "no such reason"})
        ]
        clock.advance(timedelta(minutes=1))
        left = await browser.sends(signed.form("left"), left_on=DAY, why="moved_away")
        again = await browser.sends(bad[0].form("left"), left_on=DAY, why="moved_away")
        tomorrow = (RELEASED_ON + timedelta(days=1)).isoformat()
        reported = await browser.sends(full.form(str(group_id)), seats="10", released_on=tomorrow)

    assert "Enrolled children" in full.text
    assert "From 1 to 9 seats." in too_many.text
    assert [each.status for each in bad] == [422, 422, 422]
    assert (left.status, "The child leaves: its last day here is 20.11.2026." in left.text) == (200, True)
    assert again.status == 409
    assert "The seats are reported." in reported.text
    assert await told(instant.desk.database, family.parent_id) == [Told.ENROLLED, Told.CHILD_LEFT]
    assert await instant.audited() == ["looked", "signed", "child_left", "seats_reported"]


async def test_a_referral_is_refused_with_a_reason(instant: Stage) -> None:
    family, referral_id, _ = await instant.referred()

    async with instant.desk.browser("amina") as browser:
        page = await browser.opens(f"referrals/{referral_id}")
        done = await browser.sends(page.form("refuse"), reason=REASON)

    assert "refused at the desk" in done.text
    assert await instant.status(family) is Status.AWAITING_PLACE


async def test_nobody_came_can_be_noted_when_the_days_are_over(instant: Stage, clock: SetClock) -> None:
    family, referral_id, _ = await instant.referred()

    async with instant.desk.browser("amina") as browser:
        valid = await browser.opens(f"referrals/{referral_id}")
        clock.advance(timedelta(days=8))
        instant.desk.later(minutes=1)
        over = await browser.opens(f"referrals/{referral_id}")
        done = await browser.sends(over.form("absent"))
        again = await browser.sends(over.form("absent"), once="B" * 16)

    assert [form for form in valid.forms if form.action.endswith("absent")] == []
    assert "It is noted that nobody came." in done.text
    assert [form for form in done.forms if form.action.endswith("absent")] == []
    assert again.status == 409
    assert Told.DID_NOT_COME in await told(instant.desk.database, family.parent_id)


async def test_what_can_be_no_id_is_not_there(stage: Stage) -> None:
    odd = ("0", "-1", "1" * 30, "１２", "9" * 19, "abc")
    async with stage.desk.browser("amina") as browser:
        pages = [
            await browser.opens(f"{kind}/{bad}")
            for kind in ("groups", "seats", "applications", "referrals")
            for bad in odd
        ]

    assert {page.status for page in pages} == {404}


async def test_what_is_another_houses_is_not_there(stage: Stage) -> None:
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


async def test_another_houses_referral_is_not_there(instant: Stage) -> None:
    _, referral_id, _ = await instant.referred(to_other=True)

    async with instant.desk.browser("amina") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        sent = {"csrf": mark, "once": "A" * 16, "starts_on": DAY, "reason": REASON}
        seen = await browser.opens(f"referrals/{referral_id}")
        done = [
            await browser.posts(f"/console/referrals/{referral_id}/{deed}", sent)
            for deed in ("sign", "refuse", "absent")
        ]

    assert {page.status for page in (seen, *done)} == {404}


async def test_rights_that_were_taken_away_end_at_once(stage: Stage) -> None:
    _, claim_id = await stage.sent()

    async with stage.desk.browser("amina") as browser:
        page = await browser.opens(f"applications/{claim_id}")
        await stage.desk.database.write(lambda tx: tx.conn.exec_driver_sql("DELETE FROM staff_right"))
        done = await browser.sends(page.form("activate"))

    assert (page.status, done.status) == (200, 404)


async def test_the_department_checks_reviews_of_its_own_territory(instant: Stage) -> None:
    family, _, _ = await instant.referred()

    def enrolled(tx: Transaction) -> None:
        tx.conn.execute(claim.update().values(state="enrolled", ended_at=tx.now))
        reviews.write(tx, family.parent_id, instant.city.amina.id, 4, "Жақсы <b>балабақша</b>")

    await instant.desk.database.write(enrolled)
    async with instant.desk.browser("officer") as browser:
        page = await browser.opens("reviews")
        forged = await browser.sends(page.form("show"), seen="2026-01-01T00:00:00+00:00")
        odd = await browser.sends(page.form("show"), seen="yesterday")
        shown = await browser.sends(page.form("show"))
        again = await browser.sends(page.form("refuse"))

    state = await instant.desk.database.read(
        lambda tx: reviews.own(tx, family.parent_id, instant.city.amina.id)
    )
    assert "&lt;b&gt;" in page.html
    assert [each.status for each in (forged, odd, shown, again)] == [409, 409, 200, 409]
    assert state is not None
    assert state.state.value == "shown"
    assert await instant.audited() == ["review_shown"]
    assert await told(instant.desk.database, family.parent_id) == [Told.REVIEW_SHOWN]


async def test_the_author_of_a_refused_review_is_told(instant: Stage) -> None:
    family, _, _ = await instant.referred()

    def enrolled(tx: Transaction) -> None:
        tx.conn.execute(claim.update().values(state="enrolled", ended_at=tx.now))
        reviews.write(tx, family.parent_id, instant.city.amina.id, 1, "Нашар")

    await instant.desk.database.write(enrolled)
    async with instant.desk.browser("officer") as browser:
        before = await browser.opens("")
        await browser.sends((await browser.opens("reviews")).form("refuse"))
        after = await browser.opens("")

    assert "Reviews 1 wait for a look" in before.text
    assert "Reviews 0 wait for a look" in after.text
    assert await told(instant.desk.database, family.parent_id) == [Told.REVIEW_REFUSED]
    assert await facts(instant.desk.database, family.parent_id) == {"kindergarten": "Амина"}


async def test_a_review_of_another_territory_is_not_there(instant: Stage) -> None:
    await instant.desk.hires("stranger", "department")

    async with instant.desk.browser("stranger") as browser:
        page = await browser.opens("reviews")
        mark = page.form("sign-out").fields["csrf"]
        sent = await browser.posts("/console/reviews/7/show", {"csrf": mark, "once": "A" * 16})

    assert "No review waits for a look." in page.text
    assert sent.status == 404


async def test_pages_speak_the_language_that_was_chosen_and_remember_it(stage: Stage) -> None:
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


async def test_the_home_page_counts_what_waits(stage: Stage) -> None:
    await stage.sent()
    await stage.sent(to_other=True)

    async with stage.desk.browser("amina") as browser, stage.desk.browser("officer") as other:
        own, all_of_them = await browser.opens(""), await other.opens("")

    how_many = await stage.desk.database.read(
        lambda tx: tx.conn.execute(select(func.count()).select_from(claim)).scalar_one()
    )
    assert "Applications 1 wait to be activated or declined" in own.text
    assert f"Applications {how_many} wait to be activated or declined" in all_of_them.text


async def test_the_department_revokes_a_referral_and_the_kindergarten_cannot(instant: Stage) -> None:
    family, referral_id, _ = await instant.referred()

    async with instant.desk.browser("officer") as browser, instant.desk.browser("amina") as other:
        page = await browser.opens(f"referrals/{referral_id}")
        form, own = page.form("revoke"), await other.opens(f"referrals/{referral_id}")
        forged = await other.posts(form.action, own.form("refuse").fields | {"reason": REASON})
        short = await browser.sends(form, reason="no")
        revoked = await browser.sends(short.form("revoke"), reason=REASON)
        again = await browser.sends(page.form("revoke"), reason=REASON)

    assert not [each for each in own.forms if each.action.endswith("revoke")]
    assert (forged.status, short.status, revoked.status, again.status) == (403, 422, 200, 409)
    assert "The referral is revoked." in revoked.text
    assert await instant.status(family) is Status.AWAITING_PLACE
    assert await told(instant.desk.database, family.parent_id) == [Told.REFERRAL_REVOKED]


async def test_the_department_decides_about_a_privilege_by_its_documents(instant: Stage) -> None:
    family, privilege_id = await instant.desk.database.write(partial(_claims_a_privilege, instant.city))

    async with instant.desk.browser("officer") as browser:
        waiting = await browser.opens("privileges")
        page = await browser.opens(f"privileges/{privilege_id}")
        short = await browser.sends(page.form("refuse"), reason="no")
        done = await browser.sends(page.form("confirm"))
        late = await browser.sends(page.form("refuse"), reason=REASON)

    assert f"/console/privileges/{privilege_id}" in waiting.html
    assert "/files/" in page.html
    assert (short.status, late.status) == (422, 409)
    assert "The privilege is confirmed" in done.text
    assert "No privilege waits for a decision." in late.text
    assert await told(instant.desk.database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]
    assert await instant.audited() == ["looked", "privilege_confirmed"]


async def test_a_privilege_of_another_territory_is_not_there(instant: Stage) -> None:
    _, privilege_id = await instant.desk.database.write(partial(_claims_a_privilege, instant.city))
    await instant.desk.hires("stranger", "department")

    async with instant.desk.browser("stranger") as browser:
        mark = (await browser.opens("")).form("sign-out").fields["csrf"]
        sent = {"csrf": mark, "once": "A" * 16, "reason": REASON}
        seen = await browser.opens(f"privileges/{privilege_id}")
        done = [
            await browser.posts(f"/console/privileges/{privilege_id}/{deed}", sent)
            for deed in ("confirm", "refuse")
        ]

    assert {page.status for page in (seen, *done)} == {404}


def _claims_a_privilege(city: City, tx: Transaction) -> tuple[Family, int]:
    family, _ = city.family(tx)
    return family, claims_with_document(tx, family)


async def test_the_department_sees_what_supports_an_extension_and_the_kindergarten_does_not(
    instant: Stage,
) -> None:
    family, referral_id, _ = await instant.referred()

    def extend(tx: Transaction) -> None:
        page = NewFile(new_id(), "document", "", "image/jpeg", 7, b"\1" * 32, "kept", "1")
        file_rows.add(tx, page)
        extending.extend(tx, referral_id, 30, [page.id], "Бала ауырып қалды")

    await instant.desk.database.write(extend)
    async with instant.desk.browser("officer") as officer, instant.desk.browser("amina") as secretary:
        shown = await officer.opens(f"referrals/{referral_id}")
        hidden = await secretary.opens(f"referrals/{referral_id}")
        without = await officer.sends(shown.form("revoke-extension"))
        done = await officer.sends(without.form("revoke-extension"), reason=REASON)
        again = await officer.sends(shown.form("revoke-extension"), reason=REASON)

    assert "Бала ауырып қалды" in shown.text
    assert "/files/" in shown.html
    assert "ауырып" not in hidden.html
    assert "/files/" not in hidden.html
    assert [each.status for each in (without, done, again)] == [422, 200, 409]
    assert await told(instant.desk.database, family.parent_id) == [Told.EXTENSION_REVOKED]


async def test_the_same_day_passes_on_every_database(database: Database) -> None:
    async with running_desk(database) as desk:
        stage = await Stage.set(desk)
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
