"""My referrals (Жолдамаларым): what the own children have in hand, and the referrals there were."""

from collections.abc import Iterator

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.mine.lists import next_page
from bot.flows.mine.own import me
from bot.flows.referral_words import ended_briefly
from bot.flows.seats.bulletin_words import numbered
from domain.claim import ClaimKind
from domain.referral import ReferralEnd
from storage import children
from storage.seats import own_claims
from storage.seats.own_claims import OwnClaim

PAGE = 6


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """All of them, the newest first; a page by its number, from 0."""
    page = number_in(arguments) if arguments else 0
    found = own_claims.of_parent(turn.tx, me(turn))
    if not found:
        return _none(turn)
    last = (len(found) - 1) // PAGE
    page = page if page <= last else 0
    shown = found[page * PAGE : (page + 1) * PAGE]
    names = {each.id: each.name for each in children.of_parent(turn.tx, me(turn))}
    text = "\n\n".join(
        "\n".join(_entry(turn, each, number, names)) for number, each in enumerate(shown, start=1)
    )
    rows: list[Row] = [
        (Button(numbered(each.kindergarten, number), _to(each)),)
        for number, each in enumerate(shown, start=1)
    ]
    rows += next_page(turn, "referrals", page, last)
    return Screen(text, title=turn.t("My referrals"), rows=(*rows, *_ways_on(turn)))


def _to(claim: OwnClaim) -> str:
    if claim.is_live or claim.referral_id is None:
        return action("referral", claim.application_id)
    return action("referral", claim.application_id, claim.referral_id)


def _entry(turn: Turn, claim: OwnClaim, number: int, names: dict[int, str]) -> Iterator[str]:
    t = turn.t
    name = turn.private(names.get(claim.child_id, ""))
    yield f"{number}. {claim.kindergarten} · {claim.group}"
    if name:
        yield t("For: {name}", name=name)
    if claim.kind is ClaimKind.HELD:
        yield t("Held for you until {time}.", time=t.time(claim.held_until))
    elif claim.kind is ClaimKind.APPLIED:
        yield t("Sent to the kindergarten")
    elif claim.is_live and claim.valid_through is not None:
        yield t("Valid through {date}, to the end of that day", date=t.day(claim.valid_through))
    else:
        yield ended_briefly(t, ReferralEnd(claim.state))


def _none(turn: Turn) -> Screen:
    t = turn.t
    text = t("There is no referral yet. When a seat is yours, its referral stands here.")
    return Screen(text, title=t("My referrals"), rows=_ways_on(turn))


def _ways_on(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("Free places"), action("places")),), (Button(t("Menu"), action("menu")),))
