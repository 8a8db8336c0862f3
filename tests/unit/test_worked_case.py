"""The worked case: one afternoon in Turkistan, 26.06.2019, with made-up people."""

from dataclasses import replace
from datetime import date

from domain.admission import Candidate, admitted
from domain.age import ages_out_at, may_join
from domain.application import Happening, QueueClass, QueueKind, Status, Step, status_after, step
from domain.errors import NotOpenYet, OnlyForTheFirst
from domain.hold import HoldEnd, take
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from domain.queue_order import Sizes, place
from domain.referral import ReferralEnd, issue
from domain.seat_list import BulletinState, SeatList, bulletin_state, list_for
from domain.suspension import suspension_after
from domain.taking import Applicant, Bulletin, Offer, Wish, reasons_against
from tests.unit.instants import TICK, at
from tests.unit.takers import may_take

POLICY = Policy(referral_mode=ReferralMode.ACTIVATED)
TURKISTAN = 1
BORN = date(2017, 10, 9)
WISH = Wish(
    queue_kind=QueueKind.GENERAL,
    territory_id=TURKISTAN,
    birth_year=BORN.year,
    languages=frozenset({"kk", "ru"}),
)
APPLICANT = Applicant(wish=WISH, status=Status.AWAITING_PLACE, ages_out_at=ages_out_at(BORN.year))
AMINA = Offer(
    bulletin_id=1,
    queue_kind=QueueKind.GENERAL,
    territory_id=TURKISTAN,
    birth_years=frozenset({2017}),
    language="ru",
)
SENT = at("2019-06-26 16:23")


def bulletin(reported_at: str) -> Bulletin:
    coming = list_for(at(reported_at), POLICY)
    return Bulletin(offer=AMINA, seat_list=coming.with_access(coming.opens_at, POLICY), free=22)


def test_at_16_20_the_application_is_registered_at_place_391() -> None:
    may_join(BORN, date(2019, 6, 26))

    assert place(QueueClass.GENERAL, 292, Sizes(0, 98, 293)) == 391
    assert step(Status.AWAITING_PLACE, may_choose=True) is Step.BULLETIN


def test_the_first_bulletin_is_open_to_everyone_since_that_morning() -> None:
    amina = bulletin("2019-06-20 12:00")
    opened = at("2019-06-26 07:00")

    assert amina.seat_list == SeatList(
        publish_at=at("2019-06-20 18:00"),
        opens_at=at("2019-06-21 07:00"),
        priority_ends_at=opened,
        access_made_at=at("2019-06-21 07:00"),
    )
    assert not may_take(APPLICANT, amina, opened - TICK)
    assert may_take(APPLICANT, amina, opened)
    assert may_take(APPLICANT, amina, SENT)
    shown = bulletin_state(amina.seat_list, SENT, free=22, recalled=False)
    assert shown is BulletinState.OPEN_TO_EVERYONE


def test_at_16_23_it_is_sent_and_activated_and_at_16_25_signed() -> None:
    held = take(SENT, POLICY)
    referral = issue(SENT, POLICY)

    held.ended(HoldEnd.CONFIRMED, SENT)
    signed_at = at("2019-06-26 16:25")
    signed = referral.sign(starts_on=date(2019, 6, 27), released_on=date(2019, 6, 26), now=signed_at)

    status = Status.AWAITING_PLACE
    for happening in (Happening.SENT, Happening.REFERRED, Happening.ENROLLED):
        status = status_after(status, happening)
    assert referral.last_day == date(2019, 7, 3)
    assert signed.over(signed_at) == (ReferralEnd.ENROLLED, signed_at)
    assert (status, step(status)) == (Status.ENROLLED, Step.RESULT)


def test_unused_it_would_have_led_to_the_stop_list_until_19_july() -> None:
    suspension = suspension_after(issue(SENT, POLICY), POLICY.calendar())

    assert (suspension.begins_at, suspension.until) == (
        at("2019-07-04 00:00"),
        at("2019-07-19 00:00"),
    )


def test_with_its_own_instant_the_same_attempt_is_refused() -> None:
    amina = bulletin("2019-06-26 12:00")
    opens_at, to_everyone = at("2019-06-27 07:00"), at("2019-07-02 07:00")
    first = replace(APPLICANT, access_ends_at=amina.seat_list.priority_ends_at)

    assert amina.seat_list.publish_at == at("2019-06-26 18:00")
    assert reasons_against(APPLICANT, amina, SENT) == (NotOpenYet(opens_at),)
    assert reasons_against(first, amina, opens_at - TICK) == (NotOpenYet(opens_at),)
    assert may_take(first, amina, opens_at)
    assert reasons_against(APPLICANT, amina, opens_at) == (OnlyForTheFirst(to_everyone),)
    assert reasons_against(APPLICANT, amina, to_everyone - TICK) == (OnlyForTheFirst(to_everyone),)
    assert may_take(APPLICANT, amina, to_everyone)


def test_with_its_own_instant_the_first_22_who_fit_have_access() -> None:
    queue = [Candidate(number, WISH) for number in range(1, 392)]

    assert admitted({AMINA: 22}, queue) == tuple(range(1, 23))
