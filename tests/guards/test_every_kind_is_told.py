"""Every kind of notice is told whole: to whom, in words, with buttons, how pressing, of use until when."""

import pytest

from bot.conversation.limits import PROFILES
from bot.flows.notices.table import NOTICES
from bot.flows.together import MOST_BUTTONS, Said, parts, screen
from bot.texts import LANGUAGES, texts_in
from domain.helping import PARENTS_ALONE, TOLD_TO_HELPERS
from domain.manner import (
    CRITICAL,
    DIGESTS,
    GATHERED,
    USEFUL_UNTIL,
    Urgency,
    goes_out_later,
    urgency_of,
    useful_until,
)
from domain.notice import Told
from tests.conversation.measuring import faults_of
from tests.fakes.clock import START
from tests.guards.test_notices_have_words import FACTS

EXTENSION, PLACES, CONFIRM = "extend", "places", "confirmseat"


def actions_of(kind: Told) -> set[str]:
    """What can be done about it, by the names of the actions."""
    rows = NOTICES[kind].buttons(texts_in("en"), FACTS)
    return {button.action.partition(":")[0] for row in rows for button in row}


@pytest.mark.parametrize("kind", Told)
def test_it_has_its_words_whom_it_is_for_and_one_urgency(kind: Told) -> None:
    assert kind in NOTICES
    assert (kind in TOLD_TO_HELPERS) is not (kind in PARENTS_ALONE)
    assert not (kind in CRITICAL and kind in DIGESTS)
    assert (urgency_of(kind) is Urgency.CRITICAL) is (kind in CRITICAL)


@pytest.mark.parametrize("kind", sorted(USEFUL_UNTIL))
def test_its_last_useful_moment_is_among_its_facts(kind: Told) -> None:
    assert useful_until(kind, FACTS) == START.replace(hour=11, minute=20)


def test_only_reminders_wait_for_each_other_by_day() -> None:
    assert {kind for kind in Told if goes_out_later(kind, START) is not None} == GATHERED


@pytest.mark.parametrize(
    ("action", "kinds"),
    [
        (EXTENSION, {Told.REFERRAL_ENDS_SOON, Told.REFERRAL_ENDS_TODAY}),
        ("housepin", {Told.REFERRAL_ENDS_SOON, Told.REFERRAL_ENDS_TODAY}),
        (CONFIRM, {Told.HOLD_ENDS}),
        (PLACES, {Told.ACCESS_OPENED, Told.ACCESS_ENDS, Told.HOLD_GONE}),
        ("calendar", {Told.REFERRAL_ISSUED, Told.REFERRAL_EXTENDED}),
    ],
)
def test_the_button_that_matters_is_under_it(action: str, kinds: set[Told]) -> None:
    assert [kind for kind in kinds if action not in actions_of(kind)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(GATHERED))
def test_many_of_one_morning_fit_every_messenger(kind: Told, language: str) -> None:
    """Each of another child, with buttons of its own."""
    others = ("application", "extend", "claim", "house")
    many = [Said(kind, {**FACTS, **{name: FACTS[name] - n for name in others}}) for n in range(7)]  # type: ignore[operator]

    cut = list(parts(many))

    assert [each for part in cut for each in part] == many
    assert max(len(part) for part in cut) > 1
    for part in cut:
        shown = screen(texts_in(language), part)
        assert len(shown.buttons) <= MOST_BUTTONS + 2
        assert list(faults_of(shown, PROFILES.values())) == []
