"""How to reach the territory's contact centre, and a question left for it; or a word more to it."""

from bot.clock import real_now
from bot.conversation import form
from bot.conversation.form import Form, Question
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import contact_centre
from bot.flows.operator import waiting
from domain.errors import NoPolicyInForce
from domain.policy_terms import ContactCentre
from storage import policies
from storage.centre import assigning, line

NAME, KEY = "operator", "question"
_SHOWN = 200


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Phone, WhatsApp, hours and pages of the contact centre [004]; then the question can be typed."""
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    """Of whoever waits already also the place in the line, and what is typed is a word more."""
    t = turn.t
    centre = _centre(turn)
    lines = contact_centre.lines(t, centre) if centre is not None else []
    live = line.live_of(turn.tx, turn.person.conversation_id)
    if live is None:
        lines += ["", t("Type your question here: it is kept, and an operator will answer in this chat.")]
        return Screen("\n".join(lines).strip(), title=t("Operator"), typing=True, hint=t("Your question"))
    lines += ["", waiting.standing(turn, live), "", t("Type here what you want to add to your question.")]
    return Screen(
        "\n".join(lines).strip(),
        title=t("Operator"),
        rows=(waiting.how_long(t), waiting.enough(t)),
        typing=True,
        hint=t("Your question"),
    )


def _read(turn: Turn, _draft: Draft, content: Content) -> str:
    """The question. It stands in the conversation's log, so the request itself needs no copy of it."""
    text = content.text.strip() if isinstance(content, Text) else ""
    if not text:
        raise form.Again(_ask(turn, {}).with_note(turn.t("Please type your question in words.")))
    return text[:_SHOWN]


def _done(turn: Turn, _draft: Draft) -> Screen:
    """It is kept; a new one is given to somebody who speaks the language, if anybody is there."""
    tx, person, t = turn.tx, turn.person, turn.t
    line.open_request(tx, person.conversation_id, person.territory_id, t.language, turn.now)
    live = line.lock_live(tx, person.conversation_id)
    assert live is not None
    if live.at == turn.now:
        live = assigning.assign(tx, live, real_now())
    kept = t("Your question is kept. An operator will answer you here; you can go on meanwhile.")
    return waiting.screen(turn, live).with_note(kept)


def _centre(turn: Turn) -> ContactCentre | None:
    if turn.person.territory_id is None:
        return None
    try:
        return policies.in_force(turn.tx, turn.person.territory_id, turn.now).contact_centre
    except NoPolicyInForce:
        return None


FORM = Form(NAME, (Question(KEY, _ask, _read),), _done)
