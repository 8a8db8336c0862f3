"""The officer's pages: what the education department decides, in its own territory alone."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import select

from domain.application import Status
from domain.notice import Told
from storage import file_rows, reviews
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.seats import extending
from storage.tables import claim
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.fakes.console_site import running_desk
from tests.integration.desk_city import INSTANT, City
from tests.integration.desk_stage import REASON, DeskStage
from tests.integration.inboxes import facts, told
from tests.integration.test_department import claims_with_document
from tests.integration.unverified_families import Family


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[DeskStage]:
    """Where the kindergarten activates."""
    async with running_desk(sqlite) as desk:
        yield await DeskStage.set(desk)


@pytest.fixture
async def instant(sqlite: Database) -> AsyncIterator[DeskStage]:
    """Where confirming gives the referral."""
    async with running_desk(sqlite) as desk:
        yield await DeskStage.set(desk, INSTANT)


async def test_the_department_sees_what_waits_and_answers_when_it_may(
    stage: DeskStage, clock: SetClock
) -> None:
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


async def _reviews(instant: DeskStage, stars: int, text: str) -> Family:
    """A family whose child goes to "Амина" has written a review."""
    family, _, _ = await instant.referred()

    def enrolled(tx: Transaction) -> None:
        tx.conn.execute(claim.update().values(state="enrolled", ended_at=tx.now))
        reviews.write(tx, family.parent_id, instant.city.amina.id, stars, text)

    await instant.desk.database.write(enrolled)
    return family


async def test_the_department_checks_reviews_of_its_own_territory(instant: DeskStage) -> None:
    family = await _reviews(instant, 4, "Жақсы <b>балабақша</b>")
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


async def test_the_author_of_a_refused_review_is_told(instant: DeskStage) -> None:
    family = await _reviews(instant, 1, "Нашар")
    async with instant.desk.browser("officer") as browser:
        before = await browser.opens("")
        await browser.sends((await browser.opens("reviews")).form("refuse"))
        after = await browser.opens("")

    assert "Reviews 1 waiting to be looked at" in before.text
    assert "Reviews 0 waiting to be looked at" in after.text
    assert await told(instant.desk.database, family.parent_id) == [Told.REVIEW_REFUSED]
    assert await facts(instant.desk.database, family.parent_id) == {"kindergarten": "Амина"}


async def test_a_review_of_another_territory_is_not_there(instant: DeskStage) -> None:
    await instant.desk.hires("stranger", "department")

    async with instant.desk.browser("stranger") as browser:
        page = await browser.opens("reviews")
        mark = page.form("sign-out").fields["csrf"]
        sent = await browser.posts("/console/reviews/7/show", {"csrf": mark, "once": "A" * 16})

    assert "No review is waiting to be looked at." in page.text
    assert sent.status == 404


async def test_the_department_revokes_a_referral_and_the_kindergarten_cannot(instant: DeskStage) -> None:
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


async def test_the_department_decides_about_a_privilege_by_its_documents(instant: DeskStage) -> None:
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
    assert "No privilege is waiting for a decision." in late.text
    assert await told(instant.desk.database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]
    assert await instant.audited() == ["looked", "privilege_confirmed"]


async def test_a_privilege_of_another_territory_is_not_there(instant: DeskStage) -> None:
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
    instant: DeskStage,
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
