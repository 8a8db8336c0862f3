"""How and in which language a parent is told: for the parent and the live applications."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.apply.told import way_name
from bot.flows.profile import mail, overview
from bot.flows.telling import noted
from bot.texts import LANGUAGES, Texts
from domain.notice import Deed
from domain.ways import BY_MAIL, MESSENGER, WAYS
from storage import profiles
from storage.profiles import Profile

WAY, LANGUAGE = "way", "language"


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What is chosen, and the choices; or one of them taken."""
    match arguments:
        case ():
            return screen(turn)
        case ("way", way) if way in WAYS:
            return _by(turn, way)
        case ("language", language) if language in LANGUAGES:
            own = overview.own_profile(turn)
            choose(turn, own, way=own.notice_way, language=language)
            return screen(turn).with_note(turn.t("Saved."))
        case _:
            raise Outdated


def screen(turn: Turn) -> Screen:
    """What is chosen, and the choices."""
    t, own = turn.t, overview.own_profile(turn)
    lines = [
        t("How you are told: {way}", way=way_name(t, own.notice_way)),
        t("SMS and letters are in this language: {language}.", language=LANGUAGES[own.language]),
        t("A messenger speaks the language you have chosen in it."),
    ]
    if own.notice_way == BY_MAIL:
        lines.append(t("E-mail: {text}", text=turn.private(own.email)))
        lines += _hindrance(turn, own)
    lines += ["", t("Whatever you choose, everything is kept under Messages.")]
    return Screen("\n".join(lines), title=t("Notices"), rows=_choices(turn, own))


def _hindrance(turn: Turn, own: Profile) -> list[str]:
    """Why letters do not come, if they don't."""
    t = turn.t
    if not turn.book.has_mail:
        why = t("Letters can't be sent at present.")
    elif own.mail.unreachable_at is not None:
        why = t("Letters to this address come back: change or confirm it in your profile.")
    elif own.mail.confirmed_at is None:
        why = t("This address is not confirmed yet.")
    else:
        return []
    return [why, t("Until then the news comes here in the messenger.")]


def choose(turn: Turn, own: Profile, *, way: str, language: str) -> None:
    """Take the choice, where it is another than before."""
    if (way, language) == (own.notice_way, own.language):
        return
    profiles.set_notices(turn.tx, own.id, way=way, language=language)
    if way != own.notice_way:
        noted(turn, Deed.NOTICES_CHANGED, way=way)
    else:
        noted(turn, Deed.NOTICES_CHANGED, language=language)


def _by(turn: Turn, way: str) -> Screen:
    own = overview.own_profile(turn)
    if way == BY_MAIL and not turn.book.has_mail:
        raise Outdated
    if way == BY_MAIL and own.mail.confirmed_at is None:
        return mail.confirm(turn, for_notices=True)
    choose(turn, own, way=way, language=own.language)
    return screen(turn).with_note(turn.t("Saved."))


def _choices(turn: Turn, own: Profile) -> tuple[Row, ...]:
    t = turn.t
    rows: list[Row] = [
        (Button(_ticked(_label(t, way), chosen=way == own.notice_way), action("notices", WAY, way)),)
        for way in WAYS
        if way != BY_MAIL or turn.book.has_mail or own.notice_way == BY_MAIL
    ]
    rows.append(
        tuple(
            Button(_ticked(name, chosen=code == own.language), action("notices", LANGUAGE, code))
            for code, name in LANGUAGES.items()
        )
    )
    rows.append((Button(t("News of the place"), action("placenews")),))
    return (*rows, (Button(t("Settings"), action("settings")),), (Button(t("Menu"), action("menu")),))


def _label(t: Texts, way: str) -> str:
    if way == MESSENGER:
        return t("In the messenger")
    return t("By e-mail") if way == BY_MAIL else t("By SMS")


def _ticked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label
