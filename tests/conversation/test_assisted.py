"""Applying through the console for a family without a smartphone: consent by a code, the place, the end."""

import re
from datetime import timedelta

import pytest

from bot.flows import consent
from bot.flows.assisted import BARRED
from bot.flows.library import book
from domain.assisting import CHANNEL
from storage import people
from storage.tables import application, contact, message, parent_journal
from tests.conversation.assisting_plays import (
    FIRST,
    SECOND,
    applies,
    audited,
    becomes_the_father,
    father,
    rows,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.operator_plays import hires, operator
from tests.fakes.staff_browser import SeenForm


async def test_a_family_is_applied_for_to_number_and_place(house: House) -> None:
    staff_id = await hires(house, "aigul", [house.world.town])
    async with operator(house) as helping:
        await helping.begins()
        await applies(helping)
        await helping.presses("Confirm")
        seen = helping.sees
        done = await helping.finishes()
        texts = [each.text for each in await helping.texts_to(FIRST)]

    father_id = await father(house)
    [sent] = await rows(house, application.c.number, application.c.notice_way, parent_id=father_id)
    staff = f"staff:{staff_id}"
    assert f"Your application number: {sent.number}" in seen
    assert "Place in the queue: 47" in seen
    assert sent.notice_way == "sms"
    assert any(str(sent.number) in each and "47" in each for each in texts)
    assert "Finished. Nobody enters the family's cabinet from here any more." in done.text
    assert await audited(house) == [
        ("assist_began", staff),
        ("assist_consent", staff),
        ("assist_finished", staff),
    ]
    journal = await rows(house, parent_journal.c.what, parent_journal.c.actor, parent_id=father_id)
    assert ("assisted", staff) in journal
    assert ("applied", staff) in journal
    [account] = await rows(house, contact.c.parent_id, contact.c.consent_version, channel=CHANNEL)
    assert account == (None, consent.VERSION)


async def test_the_phone_of_the_consent_gets_one_code_and_no_second(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)
        texts = await helping.texts_to(FIRST)

    assert len(texts) == 1
    father_id = await father(house)
    assert father_id is not None
    confirmed = await house.write(lambda tx: people.confirmed_phones(tx, father_id))
    assert [each.e164 for each in confirmed] == [FIRST, SECOND]


async def test_a_cabinet_with_another_phone_is_entered_only_by_a_code_to_that(house: House) -> None:
    await hires(house, "aigul")
    theirs = ALDABEKOVS.phones[0].e164
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await helping.presses("General queue")
        await helping.says(ALDABEKOVS.parent.iin.digits)
        asked = helping.sees
        [account] = await rows(house, contact.c.parent_id, channel=CHANNEL)
        [sent] = await helping.texts_to(theirs)
        await helping.says(await helping.code_sent_to(theirs))

    assert "There is already a cabinet for this IIN, with another phone." in asked
    assert account.parent_id is None
    assert "Read it to the operator" in sent.text
    [account] = await rows(house, contact.c.parent_id, channel=CHANNEL)
    assert account.parent_id == house.world.parent_of(ALDABEKOVS)


async def test_three_wrong_codes_are_one_too_many(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.says("Turkistan")
        await helping.says(FIRST)
        right = await helping.code_sent_to(FIRST)
        wrong = f"{(int(right) + 1) % 10**6:06}"
        seen = []
        for _ in range(3):
            await helping.says(wrong)
            seen.append(helping.sees)
        await helping.says(right)

    assert ["2 tries left" in seen[0], "1 try left" in seen[1]] == [True, True]
    assert "The family has not agreed yet." in helping.sees
    assert [each for each in await audited(house) if each.what == "assist_consent"] == []


@pytest.mark.parametrize(("seconds", "agreed"), [(-1, True), (0, False), (1, False)])
async def test_a_code_is_good_for_five_minutes(house: House, seconds: int, agreed: bool) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.says("Turkistan")
        house.clock.stand_at(house.clock.read())
        await helping.says(FIRST)
        code = await helping.code_sent_to(FIRST)
        house.clock.stand_at(house.clock.read() + timedelta(minutes=5, seconds=seconds))
        await helping.says(code)

    assert ("The family has agreed." in helping.sees) is agreed


async def test_another_number_can_be_typed_before_the_code(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.says("Turkistan")
        await helping.says(SECOND)
        await helping.presses("Another number")
        await helping.says(FIRST)
        await helping.says(await helping.code_sent_to(FIRST))

    assert "The family has agreed." in helping.sees


async def test_nobody_agrees_with_a_button_in_the_family_s_stead(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.says("Turkistan")
        form = next(each for each in helping.page.forms if "text" in each.fields)
        for pressed in (f"agree:{consent.VERSION}", "menu", "apply", "my", "settings"):
            fields = {**form.fields, "once": pressed.replace(":", "-").replace(".", "-").ljust(16, "x")[:16]}
            del fields["text"]
            await helping.browser.sends(SeenForm(form.action, fields | {"press": pressed}))
        seen = await helping.browser.opens(f"assist/{helping.number}")

    assert "Type the family's mobile number." in seen.text
    [account] = await rows(house, contact.c.consent_version, channel=CHANNEL)
    assert account.consent_version is None


async def test_a_form_that_comes_twice_is_one_step(house: House) -> None:
    await hires(house, "aigul", [house.world.town])
    async with operator(house) as helping:
        await helping.begins()
        await applies(helping)
        form = helping.form_of("Confirm")
        first = await helping.browser.sends(form)
        second = await helping.browser.sends(form)

    sent = await rows(house, application.c.id, parent_id=await father(house))
    assert len(sent) == 1
    assert "You are in the queue" in first.text
    assert "You are in the queue" in second.text


async def test_beginning_twice_with_one_form_begins_once(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        form = (await helping.browser.opens("assist")).form("begin")
        first = await helping.browser.sends(form, language="kk")
        second = await helping.browser.sends(form, language="kk")

    assert first.path == second.path
    assert len(await audited(house)) == 1


async def test_another_operator_finds_nothing_there(house: House) -> None:
    await hires(house, "aigul")
    await hires(house, "bolat")
    async with operator(house) as mine, operator(house, "bolat") as other, operator(house) as elsewhere:
        await mine.begins()
        form = next(each for each in mine.page.forms if "text" in each.fields)
        opened = [
            (await each.browser.opens(f"assist/{mine.number}")).status for each in (mine, other, elsewhere)
        ]
        theirs = (await other.browser.opens("assist")).form("begin").fields["csrf"]
        sent = await other.browser.sends(
            SeenForm(form.action, {**form.fields, "csrf": theirs}), text="Turkistan"
        )
        listed = await other.browser.opens("assist")

    assert opened == [200, 404, 404]
    assert sent.status == 404
    assert mine.number not in listed.html


async def test_a_place_out_of_reach_is_not_taken(house: House) -> None:
    await hires(house, "aigul", [house.world.territories["kentau"]])
    async with operator(house) as helping:
        await helping.begins()
        await helping.says("Turkistan")
        refused = helping.sees
        await helping.says("Kentau")

    assert "That place is not in your territories. Please choose another." in refused
    assert "Type the family's mobile number." in helping.sees


async def test_what_opens_a_cabinet_is_left_to_the_family(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)
        form = helping.form_of("Cancel")
        seen = {}
        for name in sorted(BARRED):
            fields = {**form.fields, "press": name, "once": name.ljust(16, "x")}
            seen[name] = (await helping.browser.sends(SeenForm(form.action, fields))).text

    assert [name for name, text in seen.items() if "Only the family can do this" not in text] == []


def test_each_of_what_is_barred_is_an_action() -> None:
    assert BARRED - set(book(lambda *_: "", lambda *_: "", "").actions) == set()


async def test_the_log_has_no_iin_and_no_phone_of_the_family(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)

    log = "\n".join(each.text for each in await rows(house, message.c.text))
    page = helping.page.html
    for secret in (NEWCOMERS.father.iin.digits, FIRST, FIRST[2:], SECOND):
        assert secret not in log
        assert secret not in page
    assert re.search(r"(?<!\d)\d{6}(?!\d)", log) is None


@pytest.mark.parametrize("fields", [{"text": ""}, {"press": "x" * 65}, {"text": "т" * 4097}])
async def test_what_is_no_step_is_said_and_not_played(house: House, fields: dict[str, str]) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        form = next(each for each in helping.page.forms if "text" in each.fields)
        before = len(await rows(house, message.c.id))
        seen = await helping.browser.sends(SeenForm(form.action, {**form.fields, **fields}))

    assert seen.status == 422
    assert len(await rows(house, message.c.id)) == before
