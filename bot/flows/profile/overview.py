"""The profile as a whole, and the ways to change it."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.apply.told import way_name
from bot.texts import LANGUAGES, Texts
from domain.iin import Iin, Sex
from storage import people, profiles
from storage.profiles import Profile


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Everything that is kept of the parent. Nationality is deliberately not asked."""
    return screen(turn)


def screen(turn: Turn) -> Screen:
    """The same, after a change."""
    t, own = turn.t, own_profile(turn)
    lines = [*_who(turn, own), *_reach(turn, own)]
    lines.append(t("Photo: there is one") if own.photo_file_id is not None else t("Photo: none yet"))
    lines.append(t("How you are told: {way}", way=way_name(t, own.notice_way)))
    lines.append(t("Language of notices: {language}", language=LANGUAGES[own.language]))
    lines += ["", _verified(t, own), t("Nationality is not asked here.")]
    return Screen("\n".join(lines), title=t("Profile"), rows=_ways(turn, own))


def own_profile(turn: Turn) -> Profile:
    """The profile of who is signed in."""
    assert turn.person.parent_id is not None
    return profiles.read(turn.tx, turn.person.parent_id)


def _who(turn: Turn, own: Profile) -> list[str]:
    t, key = turn.t, own.key
    born = turn.private(t.day(own.birth_date)) if own.birth_date is not None else _none(t)
    lines = [
        t("Surname: {text}", text=turn.private(own.surname) or _none(t)),
        t("Given name: {text}", text=turn.private(own.name) or _none(t)),
        t("Patronymic: {text}", text=turn.private(own.patronymic) or "–"),
        t("Born: {date}", date=born),
    ]
    if own.sex is not None:
        lines.append(t("Sex: female") if own.sex is Sex.FEMALE else t("Sex: male"))
    if isinstance(key, Iin):
        lines.append(t("IIN: {iin}", iin=key.masked))
    else:
        lines.append(t("Document: {number}", number=key.masked))
    return lines


def _reach(turn: Turn, own: Profile) -> list[str]:
    t = turn.t
    phones = [each.masked for each in people.confirmed_phones(turn.tx, own.id)]
    lines = [t("Contact phone: {phone}", phone=phones[0] if phones else _none(t))]
    lines += [t("Second phone: {phone}", phone=each) for each in phones[1:]]
    lines.append(t("Address: {text}", text=turn.private(own.address) or _none(t)))
    lines.append(t("E-mail: {text}", text=turn.private(own.email) or _none(t)))
    if waits_for_code(turn, own):
        lines.append(t("The e-mail address is not confirmed yet."))
    return lines


def waits_for_code(turn: Turn, own: Profile) -> bool:
    """There is an e-mail address that nothing has confirmed yet, and a letter can be sent there."""
    return bool(own.email) and own.mail.confirmed_at is None and turn.book.has_mail


def _none(t: Texts) -> str:
    return t("none yet")


def _verified(t: Texts, own: Profile) -> str:
    if own.by_staff:
        return t("Name and birth date were compared with the document; they can't be changed by hand.")
    if own.verified_at is not None:
        return t("Name and birth date are from the state register; they can't be changed by hand.")
    return t("The state register has not confirmed the name yet.")


def _ways(turn: Turn, own: Profile) -> tuple[Row, ...]:
    t = turn.t
    rows: list[Row] = [
        (Button(t("Photo"), action("change", "photo")),),
        (Button(t("Address"), action("change", "address")),),
        (Button(t("E-mail"), action("change", "email")),),
    ]
    if waits_for_code(turn, own):
        rows.append((Button(t("Confirm the e-mail"), action("change", "email", "confirm")),))
    if own.verified_at is None:
        rows.append((Button(t("Name"), action("change", "name")),))
    rows += [
        (Button(t("There is a mistake"), action("operator")),),
        (Button(t("My cabinet"), action("cabinet")),),
        (Button(t("Menu"), action("menu")),),
    ]
    return tuple(rows)
