"""Privileges: what the register knows counts by itself; out of queue takes a document [000, 003]."""

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import privilege_words
from bot.flows.apply import register
from bot.flows.apply.draft import NAME, applies, drop_pages, forget, rules
from domain.policy_terms import PrivilegeRule, Proof

KEY, NONE = "priv", "none"


def from_register(turn: Turn, draft: Draft) -> list[PrivilegeRule]:
    """The privileges that the register confirms and this territory knows."""
    found = draft.get("cfound")
    named = (found or {}).get("privileges", ()) if register.is_known(found) else ()
    policy = rules(turn, draft)
    known = (policy.privilege(code) for code in dict.fromkeys(named))
    return [rule for rule in known if rule is not None and rule.proof is Proof.REGISTER]


def by_document(turn: Turn, draft: Draft) -> list[PrivilegeRule]:
    """The privileges that a document proves."""
    return [rule for rule in rules(turn, draft).privileges if rule.proof is Proof.DOCUMENT]


def chosen(turn: Turn, draft: Draft) -> PrivilegeRule | None:
    """The one that is claimed with documents."""
    code = draft.get(KEY, NONE)
    return next((rule for rule in by_document(turn, draft) if rule.code == code), None)


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    lines = [
        t(
            "The state register confirms: {privilege}. It counts by itself.",
            privilege=privilege_words.name(t, rule.code),
        )
        for rule in from_register(turn, draft)
    ]
    lines.append(
        t(
            "Does one of the parents serve? Such children are out of queue; a certificate from the place of "
            "service is needed. Otherwise go on."
        )
    )
    rows: list[Row] = [(Button(t("No, go on"), answer(NAME, KEY, NONE)),)]
    rows += [
        (Button(privilege_words.label(t, rule.code), answer(NAME, KEY, rule.code)),)
        for rule in by_document(turn, draft)
    ]
    return Screen("\n\n".join(lines), title=t("Privilege"), rows=tuple(rows))


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Press):
        raise Again(_ask(turn, draft).with_note(turn.t("Please press one of the buttons.")))
    pressed = content.action
    if pressed != NONE and pressed not in {rule.code for rule in by_document(turn, draft)}:
        raise Outdated
    # What comes of a look that was asked for before goes unheard: the question is put anew.
    forget(draft, "looking", "hurried")
    if pressed == NONE:
        drop_pages(turn, draft)
    elif pressed != draft.get(KEY):
        forget(draft, "docs")
    return pressed


QUESTION = Question(KEY, _ask, _read, when=applies, name=lambda t: t("Privilege"))
