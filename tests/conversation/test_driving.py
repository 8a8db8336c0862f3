"""An operator talks in the bot's stead: what is typed is for that one, what is pressed is done as always."""

from datetime import timedelta
from functools import partial

import pytest

from bot.centre import answering, driving
from bot.flows.telling import tell
from domain.errors import DrivenByAnother, NobodyListens, NotDriving
from domain.notice import Told
from domain.steering import SILENCE, Wheel
from storage import homes, notices
from storage.centre import assigning, line, steering
from storage.transaction import Transaction
from tests.conversation.driving_plays import (
    AIGUL,
    BACK,
    BACK_AGAIN,
    BEGUN,
    BERIK,
    ENDED,
    IN_THE_LINE,
    NOT_SEEN,
    ON,
    SILENT,
    TO_OPERATOR,
    clock_looks,
    does,
    drives,
    passes,
    question_of,
    says,
    steered,
    typed,
)
from tests.conversation.house import House
from tests.conversation.identity_plays import someone_in_a_locked_cabinet
from tests.conversation.made_up import ALDABEKOVS, NOBODY, TIKHONOVS
from tests.conversation.mine_plays import parent_at
from tests.conversation.person import Person
from tests.conversation.plays import MENU, NO_SUCH_IIN, PLACE, WHAT, asks_for_code, code_sent_to
from tests.conversation.test_taking import CONFIRMED, holds
from tests.integration.plans import counted

MINUTES = SILENCE.seconds // 60
QUESTION = "Анықтама керек пе?"


@pytest.fixture
async def driven(house: House, kind: str, language: str) -> Person:
    """Somebody in the main menu with whom an operator talks, in each messenger."""
    person = await house.acquaintance(kind, language)
    await person.says("/menu")
    await drives(house, person)
    return person


async def test_what_is_typed_is_kept_for_the_operator_and_not_answered_by_the_bot(
    house: House, driven: Person
) -> None:
    before = len(driven.heard)

    await driven.says(QUESTION)
    await driven.says("Қандай?")
    await says(house, driven, "Иә, керек.")

    assert [each.text for each in driven.heard[before:]] == [driven.sees]
    assert (await typed(house, driven))[-2:] == [QUESTION, "Қандай?"]
    assert driven.reads("Operator")


async def test_whoever_sends_what_the_operator_cannot_open_is_told_so_and_waits_all_the_same(
    house: House, driven: Person
) -> None:
    await driven.shares_location(43.3, 68.25)

    await driven.hears(NOT_SEEN)
    assert (await typed(house, driven))[-1] == "📍"
    waiting = await question_of(house, driven)
    assert waiting is not None
    assert waiting.assigned_to == AIGUL.staff_id


async def test_who_types_waits_for_the_one_who_drives_until_that_one_answers(
    house: House, driven: Person
) -> None:
    asked_at = house.clock.read()
    await driven.says(QUESTION)
    passes(house, minutes=1)
    await driven.says("Қайда?")

    waiting = await question_of(house, driven)
    await says(house, driven, "Иә.")

    assert waiting is not None
    assert (waiting.waits_since, waiting.assigned_to) == (asked_at, AIGUL.staff_id)
    answered = await question_of(house, driven)
    assert answered is not None
    assert (answered.waits_since, answered.answered_at) == (None, house.clock.read())


async def test_what_is_pressed_is_done_as_always_and_a_question_of_the_bot_says_who_reads(
    house: House, driven: Person
) -> None:
    menu = next(each for each in driven.heard if driven.t("Check the queue") in each.labels)

    await driven.taps("Check the queue", on=menu)
    asked = driven.heard[-2:]
    await driven.says(TIKHONOVS.children[0].person.iin.digits)
    await driven.presses("bot")
    await driven.says(TIKHONOVS.children[0].person.iin.digits)

    assert driven.t(TO_OPERATOR) in asked[0].text
    assert driven.t(WHAT) in asked[1].text
    assert driven.reads(PLACE, place=1, size=9)


async def test_a_command_is_a_press(house: House, driven: Person) -> None:
    await driven.says("/menu")

    assert driven.labels == driven.named(*MENU)


async def test_the_form_that_was_begun_goes_on_after_the_operator_has_handed_back(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")
    await person.taps("Check the queue")
    await drives(house, person)
    await person.says(QUESTION)

    await does(house, person, driving.hand_back)
    await person.hears(ENDED)
    await person.taps(ON)
    asked = person.sees
    await person.says(NOBODY.digits)

    assert person.t(WHAT) in asked
    assert person.reads(NO_SUCH_IIN)
    assert await steered(house, person) == [("taken", AIGUL.actor), ("handed_back", AIGUL.actor)]


async def test_the_parent_takes_the_bot_back_by_the_button(house: House, driven: Person) -> None:
    await driven.taps(BACK)
    back = driven.sees
    await driven.says("?")

    assert driven.t(BACK_AGAIN) in back
    assert driven.labels == driven.named(*MENU)
    assert await steered(house, driven) == [("taken", AIGUL.actor), ("taken_by_parent", AIGUL.actor)]


async def test_the_parent_takes_the_bot_back_by_the_words_on_the_button(house: House, driven: Person) -> None:
    await driven.says(driven.t(BACK))

    assert driven.reads(BACK_AGAIN)


async def test_an_old_button_back_to_the_bot_shows_how_things_stand(house: House, driven: Person) -> None:
    told = driven.screen
    await driven.taps(BACK)

    await driven.taps(BACK, on=told)

    assert driven.labels == driven.named(*MENU)
    assert not driven.reads(BACK_AGAIN)


async def test_one_second_before_the_silence_is_over_the_bot_says_nothing(
    house: House, driven: Person
) -> None:
    passes(house, seconds=SILENCE.total_seconds() - 1)
    await clock_looks(house)
    before = driven.heard

    await driven.says(QUESTION)

    assert driven.heard == before
    assert await steered(house, driven) == [("taken", AIGUL.actor)]


@pytest.mark.parametrize("seconds", [0, 1])
async def test_when_the_silence_is_over_the_next_message_is_the_bots_again(
    house: House, driven: Person, seconds: int
) -> None:
    passes(house, seconds=SILENCE.total_seconds() + seconds)

    await driven.says("?")
    await clock_looks(house)

    assert driven.t(SILENT, minutes=MINUTES) in driven.heard[-2].text
    assert driven.labels == driven.named(*MENU)
    assert await steered(house, driven) == [("taken", AIGUL.actor), ("silent", AIGUL.actor)]


async def test_the_clock_tells_both_at_its_second_and_once_however_many_clocks_there_are(
    house: House, driven: Person
) -> None:
    await driven.says(QUESTION)
    passes(house, minutes=MINUTES)

    await clock_looks(house)
    await clock_looks(house)
    await driven.hears(SILENT, minutes=MINUTES)

    assert driven.reads(IN_THE_LINE)
    assert [driven.t(SILENT, minutes=MINUTES) in each.text for each in driven.heard].count(True) == 1
    waiting = await question_of(house, driven)
    assert waiting is not None
    assert (waiting.state, waiting.assigned_to) == ("open", None)
    assert waiting.waits_since == house.clock.read() - SILENCE
    assert await steered(house, driven) == [("taken", AIGUL.actor), ("silent", AIGUL.actor)]


async def test_each_word_of_the_operator_makes_it_longer(house: House, driven: Person) -> None:
    passes(house, minutes=9)
    await says(house, driven, "Күте тұрыңыз.")
    passes(house, minutes=9, seconds=59)
    before = driven.heard

    await driven.says(QUESTION)

    assert driven.heard == before


async def test_a_restart_changes_nothing(house: House, driven: Person) -> None:
    await driven.says(QUESTION)

    await house.restarts()
    before = driven.heard
    await driven.says("Әлі осындамын.")

    assert driven.heard == before
    assert (await typed(house, driven))[-2:] == [QUESTION, "Әлі осындамын."]


async def test_what_comes_twice_is_kept_once(house: House, driven: Person) -> None:
    await driven.says(QUESTION)

    await driven.repeats(at_once=3)

    assert (await typed(house, driven)).count(QUESTION) == 1


async def test_one_drives_at_a_time(house: House, driven: Person) -> None:
    until = house.clock.read() + SILENCE

    for deed, given in ((driving.drive, ()), (answering.say, ("Сәлем",))):
        with pytest.raises(DrivenByAnother) as refused:
            await does(house, driven, deed, *given, by=BERIK)
        assert refused.value == DrivenByAnother(until)
    with pytest.raises(NotDriving):
        await does(house, driven, driving.hand_back, by=BERIK)

    chat = (await house.contact_of(driven)).conversation_id
    wheel = await house.write(lambda tx: steering.wheel_of(tx, chat))
    assert (wheel.staff_id, wheel.until) == (AIGUL.staff_id, until)


async def test_the_wheel_of_a_silent_one_can_be_taken(house: House, driven: Person) -> None:
    told = len(driven.heard)
    passes(house, minutes=MINUTES)

    await does(house, driven, driving.drive, by=BERIK)
    await driven.waits(lambda: len(driven.heard) > told, "the next operator to be told of")

    assert driven.reads(BEGUN)
    assert await steered(house, driven) == [
        ("taken", AIGUL.actor),
        ("silent", AIGUL.actor),
        ("taken", BERIK.actor),
    ]
    with pytest.raises(NotDriving):
        await does(house, driven, driving.hand_back)


async def test_who_is_handed_the_question_has_the_wheel_with_the_first_word(
    house: House, driven: Person
) -> None:
    await driven.says(QUESTION)
    chat = (await house.contact_of(driven)).conversation_id

    def hand_over(tx: Transaction) -> None:
        question = line.lock_live(tx, chat)
        assert question is not None
        assigning.give(tx, question, BERIK.staff_id)

    await house.write(hand_over)
    await says(house, driven, "Сәлем!", by=BERIK)

    wheel = await house.write(lambda tx: steering.wheel_of(tx, chat))
    assert wheel == Wheel(BERIK.staff_id, house.clock.read() + SILENCE)
    assert await steered(house, driven) == [("taken", AIGUL.actor), ("taken", BERIK.actor)]
    with pytest.raises(DrivenByAnother):
        await does(house, driven, answering.say, "Мен де осындамын.")


async def test_nobody_talks_where_no_messenger_holds_the_conversation(house: House) -> None:
    me = house.world.parent_of(ALDABEKOVS)
    chat = (await house.write(lambda tx: homes.of_each(tx, [me])))[me]

    for deed in (driving.drive, partial(answering.say, text="Сәлем")):
        with pytest.raises(NobodyListens):
            await house.write(partial(deed, officer=AIGUL, conversation_id=chat))


async def test_who_drives_already_goes_on_and_nobody_is_told_again(house: House, driven: Person) -> None:
    before = driven.heard
    passes(house, minutes=5)

    await does(house, driven, driving.drive)

    chat = (await house.contact_of(driven)).conversation_id
    wheel = await house.write(lambda tx: steering.wheel_of(tx, chat))
    assert wheel.until == house.clock.read() + timedelta(minutes=10)
    assert driven.heard == before


async def test_words_to_the_operator_are_read_whatever_the_bot_had_asked(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")
    await person.taps("Check the queue")
    await drives(house, person)

    await person.says("Қай нөмірді жазамын?")
    await person.says("Мынаны ма: 150105500123")

    assert (await typed(house, person))[-2:] == ["Қай нөмірді жазамын?", "Мынаны ма: ••••••23"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Код келмеді ғой", "Код келмеді ғой"),
        ("730914", "••••••"),
        ("73 09 14 деп келді", "•• •• •• деп келді"),
        ("7309", "••••"),
    ],
)
async def test_beside_a_code_words_are_read_and_digits_are_not(house: House, said: str, read: str) -> None:
    person = await house.acquaintance("telegram")
    await asks_for_code(person, ALDABEKOVS)
    await drives(house, person)

    await person.says(said)

    assert (await typed(house, person))[-1] == read


async def test_what_may_be_a_password_is_read_by_nobody(house: House) -> None:
    person = await someone_in_a_locked_cabinet(house, "telegram")
    await person.presses("my")
    await drives(house, person)

    await person.says("менің құпия сөзім")

    assert (await typed(house, person))[-1] == "••••"


async def test_a_number_in_what_is_typed_is_hidden_in_the_log(house: House, driven: Person) -> None:
    await driven.says("ЖСН 150105500123 деп жазылған")

    assert (await typed(house, driven))[-1] == "ЖСН ••••••23 деп жазылған"


async def test_a_held_seat_is_confirmed_while_an_operator_talks(
    house: House, kind: str, language: str
) -> None:
    person, _ = await holds(house, kind, language)
    held = person.screen
    await drives(house, person)

    await person.taps("Confirm", on=held)

    assert person.reads(CONFIRMED)
    assert await steered(house, person) == [("taken", AIGUL.actor)]


async def test_a_notice_arrives_while_an_operator_talks(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await drives(house, person)
    me = house.world.parent_of(ALDABEKOVS)

    await house.write(lambda tx: tell(tx, me, Told.PAUSED, tx.now, number=7))

    await person.hears("Application № {number} is paused.", number=7)


async def test_what_the_bot_has_asked_for_outside_takes_effect(house: House) -> None:
    house.register.hold()
    person = await house.acquaintance("webchat")
    await asks_for_code(person, TIKHONOVS)
    code = await code_sent_to(house, person, TIKHONOVS.phones[0].e164)
    await person.says(code)
    await drives(house, person)

    house.register.let_go()

    await person.hears("Good day, {name}!", name=TIKHONOVS.parent.name)


async def test_who_replies_to_an_operator_has_read_what_was_said(house: House) -> None:
    person = await parent_at(house, "whatsapp")
    await drives(house, person)
    await says(house, person, "Келіңіз.")
    me = house.world.parent_of(ALDABEKOVS)
    before = await house.write(lambda tx: notices.unread(tx, me))

    await person.says("Рақмет!")

    assert before == 1
    assert await house.write(lambda tx: notices.unread(tx, me)) == 0


async def test_a_key_of_the_messengers_own_keyboard_is_a_press(house: House) -> None:
    person = await house.acquaintance("telegram")
    await person.presses("housenear")
    asked = person.screen
    await drives(house, person)
    told = len(person.heard)

    await person.taps(asked.labels[-1], on=asked)

    assert len(person.heard) > told
    assert (await question_of(house, person)) is None


async def test_a_turn_in_which_nobody_drives_asks_nothing_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/help")

    with counted(monkeypatch) as asked:
        await person.says("/help")

    about_it = [each for each in asked if any(word in each for word in ("driven", "help_request", "whisper"))]
    # With the conversation itself it is read who drives.
    assert [each.startswith("SELECT") and "step_token" in each for each in about_it] == [True]
