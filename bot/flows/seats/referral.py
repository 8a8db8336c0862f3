"""A referral: until when, what to bring as a list that is ticked off, and what can be done with it [001]."""

from collections.abc import Iterator

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.mine.own import name_of, offered
from bot.flows.referral_words import ended
from bot.flows.seats.bulletin_words import empty_later
from bot.flows.seats.own_claims import own_referral
from bot.flows.to_bring import to_bring
from storage.look_up import Found
from storage.seats import ticks
from storage.seats.referrals import Issued


def tick(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`bring:referral:which`: ticked, or not any more. Raises Outdated for what is not on the list."""
    issued, found = own_referral(turn, arguments)
    which = number_in(arguments, 1)
    if which >= len(to_bring(turn.t)):
        raise Outdated
    ticks.turn(turn.tx, issued.id, which)
    return present(turn, found, issued)


def present(turn: Turn, found: Found, issued: Issued) -> Screen:
    """The referral whole: the message is the referral."""
    t = turn.t
    valid = issued.referral.is_valid(turn.now)
    parts = ["\n".join(_lines(turn, found, issued))]
    if valid:
        parts.append("\n".join((t("To bring:"), *_list(turn, issued))))
        parts.append(t("This message is the referral: the kindergarten finds it by the child's IIN."))
    rows = (*(_valid(turn, issued) if valid else ()), *_ways_on(turn, found))
    return Screen("\n\n".join(parts), title=t("Referral № {number}", number=issued.number), rows=rows)


def _lines(turn: Turn, found: Found, issued: Issued) -> Iterator[str]:
    t, referral = turn.t, issued.referral
    if name := name_of(turn, found):
        yield t("For: {name}", name=name)
    yield f"{issued.kindergarten} · {issued.group}"
    if issued.kindergarten_address:
        yield t("Address: {address}", address=issued.kindergarten_address)
    yield t("Issued {moment}", moment=t.moment(referral.issued_at))
    over = referral.over(turn.now)
    if over is not None:
        yield ended(t, over[0], t.moment(over[1]))
        return
    yield t("Valid through {date}, to the end of that day", date=t.day(referral.last_day))
    yield from empty_later(t, issued.released_on, turn.now)
    if referral.extended:
        yield t("It was extended; it cannot be extended again.")


def _list(turn: Turn, issued: Issued) -> Iterator[str]:
    ticked = ticks.of_referral(turn.tx, issued.id)
    for which, thing in enumerate(to_bring(turn.t)):
        yield f"{'✅' if which in ticked else '▫️'} {which + 1}. {thing.words}"


def _valid(turn: Turn, issued: Issued) -> Iterator[Row]:
    t, ticked = turn.t, ticks.of_referral(turn.tx, issued.id)
    for which, thing in enumerate(to_bring(t)):
        label = f"{'✅' if which in ticked else '▫️'} {thing.name}"
        yield (Button(label, action("bring", issued.id, which)),)
    yield from offered(turn, t("PDF with a QR code"), "paper", issued.id)
    if issued.referral.may_extend(turn.now):
        yield (Button(t("Extend it"), action("extend", issued.id)),)
    yield (Button(t("Give it up"), action("giveup", issued.id)),)


def _ways_on(turn: Turn, found: Found) -> tuple[Row, ...]:
    t = turn.t
    return (
        (Button(t("The application"), action("own", found.id)),),
        (Button(t("My referrals"), action("referrals")),),
        (Button(t("Menu"), action("menu")),),
    )
