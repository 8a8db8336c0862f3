"""Every flow, put together: the book that the conversation looks things up in."""

from collections.abc import Mapping

from bot.conversation import drive_screens, form
from bot.conversation.book import Book, CalendarLink, FileLink
from bot.conversation.form import Form
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.conversation.understand import go_on, resume
from bot.flows import (
    accounts,
    assisted,
    cabinet,
    check,
    children,
    consent,
    driving,
    erase,
    export,
    language,
    menu,
    messages,
    moved_draft,
    my_data,
    new_phone,
    notice_settings,
    password,
    phones,
    place_news,
    place_picture,
    profile,
    referral_calendar,
    referral_paper,
    rules,
    second_phone_code,
    settings,
    sign_in,
    still_wanted,
    territory,
    undo_phone,
    unlock,
    vouching,
    whispers,
)
from bot.flows.alerts import contents as alerts
from bot.flows.apply import form as apply_form
from bot.flows.door import door
from bot.flows.gate import OPEN, gate
from bot.flows.helpers import contents as helping
from bot.flows.kindergartens import contents as kindergartens
from bot.flows.kindergartens import looking
from bot.flows.mine import contents as mine
from bot.flows.operator import adding
from bot.flows.operator import contents as operators
from bot.flows.seats import contents as seats
from bot.flows.second_parent import contents as second_parent
from bot.flows.words import words

CABINET = frozenset(
    {
        *alerts.CABINET,
        *kindergartens.CABINET,
        *mine.ACTIONS,
        *helping.CABINET,
        *seats.CABINET,
        *second_parent.CABINET,
        "cabinet",
        "erase",
        "export",
        referral_calendar.NAME,
        place_picture.NAME,
        referral_paper.NAME,
        "accounts",
        "moved",
        "notices",
        place_news.NAME,
        "mydata",
        "profile",
        "change",
        "address",
        "email",
        "name",
        "photo",
        "children",
        "child",
        "addchild",
        "messages",
        messages.search.NAME,
        "notice",
        "journal",
        "phones",
        "newphone",
        "password",
        "newpass",
        "lock",
    }
)
"""Actions and forms for the signed-in parent alone."""


_FORMS: tuple[Form, ...] = (
    assisted.FORM,
    *alerts.FORMS,
    apply_form.FORM,
    check.FORM,
    children.add.FORM,
    erase.FORM,
    *second_parent.FORMS,
    *helping.FORMS,
    *kindergartens.FORMS,
    messages.search.FORM,
    new_phone.FORM,
    *operators.FORMS,
    password.FORM,
    profile.address.FORM,
    profile.mail.FORM,
    profile.name.FORM,
    profile.photo.FORM,
    *seats.FORMS,
    second_phone_code.FORM,
    sign_in.FORM,
    territory.FORM,
    undo_phone.FORM,
    unlock.FORM,
)
FORMS: Mapping[str, Form] = {each.name: each for each in _FORMS}
LABELS: Mapping[str, str] = {**menu.labels(), **drive_screens.labels()}
"""What can be typed wherever the bot stands: labels in every language, folded, with their actions."""


def take_up(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Take up the form that was left aside."""
    return go_on(turn)


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """/start: the first contact, or the main menu."""
    form.leave(turn)
    return resume(turn)


def guess(turn: Turn) -> Screen | None:
    """What was sent outside any question: a number is looked up, a location has kindergartens around it.

    Words may be meant for the operator, of whoever waits for one.
    """
    return check.guess(turn) or looking.located(turn) or adding.guess(turn)


def book(file_link: FileLink, calendar_link: CalendarLink, public_url: str, *, has_mail: bool = True) -> Book:
    """The whole book. A new flow is entered here.

    `file_link` and `calendar_link` are made where they lead to; `public_url` is where people reach our pages;
    `has_mail`: there is a mail server.
    """
    return Book(
        actions=assisted.without_barred(
            {
                "start": start,
                "menu": menu.show,
                "cancel": menu.cancel,
                "help": menu.help_screen,
                "resume": take_up,
                "language": language.choose,
                "agree": consent.give,
                "disagree": consent.refuse,
                "policy": consent.read,
                "territory": territory.choose,
                "check": check.start,
                **alerts.ACTIONS,
                **kindergartens.ACTIONS,
                **mine.ACTIONS,
                **seats.ACTIONS,
                "signin": sign_in.start,
                "signout": sign_in.leave,
                **operators.ACTIONS,
                "settings": settings.show,
                "cabinet": cabinet.show,
                "erase": erase.start,
                "export": export.start,
                referral_calendar.NAME: referral_calendar.start,
                place_picture.NAME: place_picture.start,
                referral_paper.NAME: referral_paper.start,
                "apply": apply_form.start,
                "code": second_phone_code.start,
                "notices": notice_settings.show,
                still_wanted.NAME: still_wanted.yes,
                place_news.NAME: place_news.show,
                "mydata": my_data.show,
                "rules": rules.show,
                "profile": profile.overview.show,
                "change": profile.changes.begin,
                "children": children.overview.show,
                "child": children.one.show,
                "addchild": children.add.start,
                "messages": messages.inbox.show,
                "notice": messages.inbox.one,
                "journal": messages.journal.show,
                messages.search.NAME: messages.search.start,
                **second_parent.ACTIONS,
                "phones": phones.show,
                "newphone": new_phone.start,
                "undo": undo_phone.start,
                "password": password.show,
                "newpass": password.start,
                "lock": password.lock_now,
                "accounts": accounts.show,
                **helping.ACTIONS,
                "moved": moved_draft.show,
                driving.NAME: driving.back,
                whispers.NAME: whispers.decide,
            }
        ),
        forms=FORMS,
        errands={
            sign_in.REGISTER: sign_in.register_answered,
            export.ERRAND: export.made,
            place_picture.ERRAND: place_picture.drawn,
            referral_paper.ERRAND: referral_paper.printed,
        },
        commands={
            "start": "start",
            "menu": "menu",
            "my": "my",
            "check": "check",
            "places": "places",
            "cancel": "cancel",
            "language": "language",
            "help": "help",
            "settings": "settings",
            "apply": "apply",
            "code": "code",
            "helper": "helping",
            "undo": "undo",
        },
        labels=LABELS,
        gate=gate,
        before_gate=OPEN,
        keeps_form=frozenset(
            {"language", "policy", "help", "agree", "disagree", "resume", driving.NAME, whispers.NAME}
        ),
        cabinet=CABINET,
        half_open=frozenset({apply_form.FORM.name}),
        door=door,
        home=menu.home,
        guess=guess,
        keep_shared=vouching.keep,
        words=words,
        file_link=file_link,
        calendar_link=calendar_link,
        public_url=public_url,
        has_mail=has_mail,
    )
