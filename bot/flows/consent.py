"""Consent to the data policy: asked first, once per version; can be read at any time [004]."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from bot.flows.doing import is_assisted
from bot.texts import Texts

VERSION = "2026-11.2"


def ask(turn: Turn) -> Screen:
    """The question, with the way to the whole text."""
    t = turn.t
    text = t(
        "To check the queue or to join it I need personal data: an IIN, a phone, a name. "
        "What you send is encrypted, is used for the queue only, and is seen by nobody who need not see it. "
        "Do you agree to the data policy?"
    )
    if turn.person.consent_version is not None:
        text = t("The data policy has changed. Please look at it again.") + "\n\n" + text
    return Screen(text, title=t("Your data"), rows=_answers(t))


def give(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The answer. A button of an older version of the policy is out of date."""
    if arguments != (VERSION,) or is_assisted(turn):
        # A family that is helped agrees with its own phone, never by a button of somebody else's.
        raise Outdated
    turn.change_person(consent_version=VERSION, consent_at=turn.now)
    return resume(turn)


def refuse(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Without consent nothing can be looked up; the door stays open. Once given, it is not taken back."""
    if turn.person.consent_version == VERSION:
        raise Outdated
    t = turn.t
    text = t(
        "Then I keep nothing and can't look anything up. The queue can also be checked at the education "
        "department. If you change your mind, just agree below."
    )
    return Screen(text, title=t("Your data"), rows=_answers(t, refusing=False))


def read(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """The whole policy, then the question, or the way back where it is answered already."""
    t = turn.t
    turn.say(Screen(policy(t), title=t("Data policy"), fresh=True))
    if is_assisted(turn):
        return resume(turn)
    if turn.person.consent_version == VERSION:
        agreed = t("You agreed on {date}.", date=t.day(turn.person.consent_at or turn.now))
        return Screen(agreed, rows=((Button(t("Menu"), action("menu")),),))
    return Screen(t("Do you agree to the data policy?"), rows=_answers(t))


def policy(t: Texts) -> str:
    """The text of the policy."""
    return "\n\n".join(
        (
            t(
                "1. What is kept. Your messenger account, the language and the territory you chose, and "
                "what you tell us about yourself and your child: IIN, name, birth date, address, phone, "
                "e-mail, documents, a photo."
            ),
            t(
                "2. What for. To keep the kindergarten queue, to show your place in it, and to tell you of "
                "seats and dates in time. For nothing else."
            ),
            t(
                "3. How. IINs, names, phones, addresses and files are encrypted. In the record of our "
                "conversation they are masked. Strangers who check a number see a place, a date and a "
                "status, never a name."
            ),
            t(
                "4. Who sees it. You; the other parent of the child; a helper, if you name one, who only "
                "looks; staff of the contact centre, the kindergarten and the education department as far as "
                "their work needs it, and every look is recorded."
            ),
            t(
                "5. Your rights. You can read this text at any time. In the cabinet you can get a copy of "
                "all that is kept about you, see who looked at it, correct it, and have it erased; what the "
                "law makes us keep is said there first."
            ),
        )
    )


def _answers(t: Texts, *, refusing: bool = True) -> tuple[Row, ...]:
    rows: list[Row] = [
        (Button(t("I agree"), action("agree", VERSION)),),
        (Button(t("Read the policy"), action("policy")),),
    ]
    if refusing:
        rows.append((Button(t("I do not agree"), action("disagree")),))
    return tuple(rows)
