"""The messengers in which one is signed in as this parent: seen, and signed out from here.

Two accounts are one parent's only by a code typed in each of them; nothing here joins any.
"""

from collections.abc import Sequence

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.postbox import post_to_conversation
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.channel_names import channel_name
from bot.flows.telling import noted
from bot.texts import texts_in
from domain.notice import Deed
from storage import accounts
from storage.accounts import Account

NAME, OTHERS, SURE = "accounts", "others", "sure"
_MOST_WITH_BUTTONS = 6
_MOST_TOLD = 15


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """All of them; one to be signed out, or all others; and, when that is meant, the deed."""
    others = _others(turn)
    match arguments:
        case ():
            return _all(turn, others)
        case ("others",):
            return _ask_about_all(turn)
        case ("others", "sure"):
            return _sign_out(turn, others)
        case (_,):
            return _ask_about(turn, _named(others, arguments))
        case (_, "sure"):
            return _sign_out(turn, [_named(others, arguments)])
        case _:
            raise Outdated


def _others(turn: Turn) -> list[Account]:
    me, here = turn.person.parent_id, turn.person.contact_id
    assert me is not None
    return [each for each in accounts.of_parent(turn.tx, me) if each.contact_id != here]


def _named(others: Sequence[Account], arguments: Sequence[str]) -> Account:
    """The account a button names, if it is another one of the presser's own."""
    contact_id = number_in(arguments)
    for each in others:
        if each.contact_id == contact_id:
            return each
    raise Outdated


def _all(turn: Turn, others: Sequence[Account]) -> Screen:
    t = turn.t
    lines = [
        t("In these messengers you are signed in:"),
        t("• {messenger} – here, where you are reading this", messenger=_messenger(turn)),
    ]
    rows: list[Row] = []
    for number, each in enumerate(others[:_MOST_TOLD], start=1):
        lines.append(_line(turn, number, each))
        if len(rows) < _MOST_WITH_BUTTONS:
            label = f"{number}. {channel_name(t, each.channel)}"
            rows.append((Button(label, action(NAME, each.contact_id)),))
    if len(others) > _MOST_TOLD:
        lines.append(t("Others: {number}", number=len(others) - _MOST_TOLD))
    if others:
        lines.append(t("If you don't know one of them, sign it out."))
        rows.append((Button(t("Sign out all others"), action(NAME, OTHERS)),))
    rows.append((Button(t("Back"), action("cabinet")),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen("\n".join(lines), title=t("Accounts"), rows=tuple(rows))


def _line(turn: Turn, number: int, account: Account) -> str:
    t = turn.t
    return t(
        "{number}. {messenger} – since {date}, last used {moment}",
        number=number,
        messenger=channel_name(t, account.channel),
        date=t.day(account.since),
        moment=t.moment(account.last_used_at or account.since),
    )


def _ask_about(turn: Turn, account: Account) -> Screen:
    t = turn.t
    text = t(
        "Sign out {messenger}, last used {moment}? It is told so, and shows your applications no more "
        "until somebody signs in there with a code to your phone.",
        messenger=channel_name(t, account.channel),
        moment=t.moment(account.last_used_at or account.since),
    )
    return _sure(turn, text, action(NAME, account.contact_id, SURE))


def _ask_about_all(turn: Turn) -> Screen:
    text = turn.t("Sign out everywhere but here? Each of those messengers is told so.")
    return _sure(turn, text, action(NAME, OTHERS, SURE))


def _sure(turn: Turn, text: str, deed: str) -> Screen:
    t = turn.t
    rows: tuple[Row, ...] = (
        (Button(t("Yes, sign out"), deed),),
        (Button(t("Back"), action(NAME)),),
    )
    return Screen(text, title=t("Accounts"), rows=rows)


def _sign_out(turn: Turn, which: Sequence[Account]) -> Screen:
    me = turn.person.parent_id
    assert me is not None
    for each in which:
        if accounts.sign_out(turn.tx, each.contact_id, me):
            noted(turn, Deed.ACCOUNT_REMOVED, removed=each.channel)
            _tell(turn, each)
    return _all(turn, _others(turn)).with_note(turn.t("Signed out."))


def _tell(turn: Turn, account: Account) -> None:
    """In the account itself: it is the parent's no more, and the inbox is not for it."""
    t = texts_in(account.language or turn.t.language)
    text = t(
        "You were signed out here from another messenger of yours. If that was not you, sign in again "
        "and look under My cabinet – Accounts."
    )
    rows: tuple[Row, ...] = (
        (Button(t("Sign in"), action("signin")),),
        (Button(t("Menu"), action("menu")),),
    )
    screen = Screen(text, rows=rows, fresh=True)
    post_to_conversation(turn.tx, account.reach, screen, t.language, frozenset(), turn.now)


def _messenger(turn: Turn) -> str:
    return channel_name(turn.t, turn.incoming.address.channel)
