"""A referral's last day as an .ics file (RFC 5545): one event with two alarms, and nothing of the child's.

It is made anew whenever it is fetched, so that it tells of an extension, and of an end before the time.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.flows.to_bring import to_bring
from bot.texts import Texts
from storage.referral_checks import CheckedReferral

CONTENT_TYPE = "text/calendar"
EVENING_BEFORE, MORNING = "-PT5H", "PT8H"
"""From the beginning of the day: 19:00 of the day before, and 08:00."""
_LONGEST_LINE = 75
"""In bytes; a longer one is folded."""


def calendar(t: Texts, found: CheckedReferral) -> bytes:
    """The file, in the words of a language."""
    folded = ("\r\n ".join(_folded(line)) for line in _lines(t, found))
    return "".join(f"{line}\r\n" for line in folded).encode()


def _lines(t: Texts, found: CheckedReferral) -> Iterator[str]:
    summary = _text(t("Last day of referral № {number}", number=found.number))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kezek//Referral//EN", "METHOD:PUBLISH")
    yield from ("BEGIN:VEVENT", f"UID:referral-{found.number}@kezek")
    yield f"DTSTAMP:{found.asked_at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(found.valid_through)}"
    yield f"DTEND;VALUE=DATE:{_day(found.valid_through + timedelta(days=1))}"
    yield f"SUMMARY:{summary}"
    yield f"LOCATION:{_text(', '.join(filter(None, (found.kindergarten, found.address))))}"
    yield f"DESCRIPTION:{_text(_description(t, found))}"
    yield f"STATUS:{'CONFIRMED' if found.end is None else 'CANCELLED'}"
    yield "TRANSP:TRANSPARENT"
    if found.end is None:
        for trigger in (EVENING_BEFORE, MORNING):
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}")
            yield from (f"DESCRIPTION:{summary}", "END:VALARM")
    yield from ("END:VEVENT", "END:VCALENDAR")


def _description(t: Texts, found: CheckedReferral) -> str:
    if found.end is not None:
        return t("This referral is over.")
    bring = (f"- {each.words}" for each in to_bring(t))
    where = t(
        "Kindergarten {kindergarten}, group {group}.", kindergarten=found.kindergarten, group=found.group
    )
    return "\n".join((where, t("To bring:"), *bring))


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(value: str) -> str:
    for special in ("\\", ";", ","):
        value = value.replace(special, f"\\{special}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The parts of a line, none longer than allowed, no character cut in two."""
    part, room = "", _LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            yield part
            # The space before it counts, too.
            part, room = "", _LONGEST_LINE - 1
        part, room = part + character, room - size
    yield part
