"""From when, until when and what next: the course of a bulletin in words, for anybody."""

from collections.abc import Iterator

from bot.conversation.turn import Turn
from bot.flows.as_of_now import policy_now
from bot.texts import Texts
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from domain.seat_list import ListState
from storage.seats.bulletins import Bulletin
from storage.seats.offers import free_of_list


def course(turn: Turn, bulletin: Bulletin) -> Iterator[str]:
    """What its list is at, and what comes then."""
    t, opened = turn.t, bulletin.seat_list
    everyone = t.moment(opened.priority_ends_at)
    match opened.state(turn.now):
        case ListState.UNPUBLISHED | ListState.LOOK_ONLY:
            yield t("Now it can only be looked at; nobody can take a seat yet.")
            yield t.many(
                "{moment}: it opens to the first {number} of the queue whom its list fits. They are told.",
                "{moment}: it opens to the first {number} of the queue whom its list fits. They are told.",
                sum(free_of_list(turn.tx, bulletin.list_id).values()),
                moment=t.moment(opened.opens_at),
            )
            yield t("{moment}: what is left is open to everyone, first come, first served.", moment=everyone)
        case ListState.FOR_THE_FIRST:
            yield t("Now it is open to the first of the queue.")
            yield t("{moment}: what is left is open to everyone, first come, first served.", moment=everyone)
        case ListState.OPEN_TO_EVERYONE:
            yield t("Now it is open to every application that it fits: first come, first served.")


def next_steps(t: Texts, rules: Policy) -> Iterator[str]:
    """What happens when somebody takes a seat."""
    yield t.many(
        "One tap holds a seat for {number} minute; nobody else sees it free meanwhile.",
        "One tap holds a seat for {number} minutes; nobody else sees it free meanwhile.",
        minutes(rules),
    )
    yield once_confirmed(t, rules)


def once_confirmed(t: Texts, rules: Policy) -> str:
    """What a confirmation makes of a held seat."""
    if rules.referral_mode is ReferralMode.ACTIVATED:
        return t.many(
            "Confirmed in that time, it goes to the kindergarten, which answers in {number} working day.",
            "Confirmed in that time, it goes to the kindergarten, which answers in {number} working days.",
            rules.activation_working_days,
        )
    return t.many(
        "Confirmed in that time, it is your referral, good for {number} working day.",
        "Confirmed in that time, it is your referral, good for {number} working days.",
        rules.referral_working_days,
    )


def what_it_costs(t: Texts, rules: Policy) -> str:
    """In these words, wherever somebody weighs it [003, 004]."""
    if not rules.suspension_working_days:
        return t("A missed access costs nothing.")
    return t.many(
        "A missed access costs nothing. A referral that is taken and not used costs {number} working day on "
        "the stop-list.",
        "A missed access costs nothing. A referral that is taken and not used costs {number} working days on "
        "the stop-list.",
        rules.suspension_working_days,
    )


def minutes(rules: Policy) -> int:
    """How many a hold lasts."""
    return int(rules.hold.total_seconds()) // 60


def rules_of(turn: Turn, bulletin: Bulletin) -> Policy:
    """The rules of its territory now."""
    return policy_now(turn.tx, bulletin.offer.territory_id)
