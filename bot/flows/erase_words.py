"""What an erasure means, in words: what goes, what the law keeps, what becomes of the applications."""

from bot.texts import NUMBER_SIGN, Texts
from domain.erasing import KEPT_YEARS, Consequences


def what_goes_and_what_stays(t: Texts, consequences: Consequences) -> str:
    """All of it, before anything is decided."""
    parts = [_what_goes(t), _what_stays(t), *_applications(t, consequences), _afterwards(t)]
    return "\n\n".join(parts)


def _what_goes(t: Texts) -> str:
    lines = (
        t("Erased at once:"),
        t("• your names, birth date, IIN or document, address, phones, e-mail, photo"),
        t("• the names of your children whom no other parent cares for here"),
        t("• the documents you sent, and the copies of your data you asked for"),
        t("• your accounts' sign-in, the password, the helper, the consent, unfinished forms"),
        t("Within an hour after it: your messages, your journal and the texts of our conversations."),
    )
    return "\n".join(lines)


def _what_stays(t: Texts) -> str:
    lines = (
        t("Kept by law:"),
        t(
            "• of each application its number, queue, dates, class and statuses, and the child's IIN, "
            "encrypted. Other families may dispute the order of the queue, so this stays "
            "{years} years after the end; then the IIN is erased, too",
            years=KEPT_YEARS,
        ),
        t("• the record of how places moved, without names"),
        t("• the record of what staff did, without your data"),
    )
    return "\n".join(lines)


def _applications(t: Texts, consequences: Consequences) -> list[str]:
    parts = []
    if consequences.withdrawn:
        numbers = _numbers(consequences.withdrawn)
        parts.append(t("Withdrawn by it, the place in the queue is lost: {numbers}", numbers=numbers))
    if consequences.staying:
        numbers = _numbers(consequences.staying)
        parts.append(
            t(
                "Stays with the other parent, with its documents, without your address: {numbers}",
                numbers=numbers,
            )
        )
    return parts


def _afterwards(t: Texts) -> str:
    return t(
        "What stands in your messenger stays there: delete the chat yourself. Erased data cannot be brought "
        "back, by us neither. Whoever writes again begins anew."
    )


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"{NUMBER_SIGN}{number}" for number in numbers)
