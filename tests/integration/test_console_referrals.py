"""The secretary's pages of referrals: found, signed, refused, noted; nothing foreign."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.papers.referral_links import ReferralLinks
from domain.application import Status
from domain.notice import Told
from storage.database import Database
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.fakes.web_site import SECRET_KEY
from tests.integration.desk_city import INSTANT, RELEASED_ON
from tests.integration.desk_stage import DAY, REASON, DeskStage
from tests.integration.inboxes import told


@pytest.fixture
async def instant(sqlite: Database) -> AsyncIterator[DeskStage]:
    """Where confirming gives the referral."""
    async with running_desk(sqlite) as desk:
        yield await DeskStage.set(desk, INSTANT)


async def test_a_referral_is_found_by_iin_number_and_code_and_by_nothing_else(instant: DeskStage) -> None:
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


async def test_a_contract_is_signed_no_earlier_than_the_seat_is_empty(instant: DeskStage) -> None:
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


async def test_a_child_that_leaves_makes_room_in_its_group(instant: DeskStage, clock: SetClock) -> None:
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


async def test_a_referral_is_refused_with_a_reason(instant: DeskStage) -> None:
    family, referral_id, _ = await instant.referred()

    async with instant.desk.browser("amina") as browser:
        page = await browser.opens(f"referrals/{referral_id}")
        done = await browser.sends(page.form("refuse"), reason=REASON)

    assert "refused at the desk" in done.text
    assert await instant.status(family) is Status.AWAITING_PLACE


async def test_nobody_came_can_be_noted_when_the_days_are_over(instant: DeskStage, clock: SetClock) -> None:
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


async def test_another_houses_referral_is_not_there(instant: DeskStage) -> None:
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
