"""What is filled in where an answer kept ready has a blank: as it stands now, in the words of the flows."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.flows import contact_centre
from bot.flows.mine.move_words import in_words
from bot.flows.mine.place import LOOKS_BACK
from bot.flows.to_bring import in_a_row
from bot.texts import Texts
from domain.errors import NoPolicyInForce
from domain.policy import Policy
from domain.ready_answer import Blank
from domain.seat_list import SeatList, list_for
from storage import in_hand, place_journal, policies
from storage.look_up import Found
from storage.place_journal import Explained
from storage.queue_places import PlaceNow, place_of
from storage.seats import referrals
from storage.seats.referrals import Issued
from storage.transaction import Transaction


@dataclass
class Known:
    """What is known of one application, or of a family without one, each thing read when it is asked for."""

    tx: Transaction
    territory_id: int | None
    application: Found | None

    @cached_property
    def stands(self) -> PlaceNow | None:
        """Its place; None while it has none, or while somebody in the queue waits to be put back into it."""
        if self.application is None or self.application.suspension_over:
            return None
        found = place_of(self.tx, self.application.id)
        return found if found is not None and found.place is not None else None

    @cached_property
    def moved(self) -> Explained | None:
        """How its place has moved lately."""
        if self.stands is None:
            return None
        since = self.tx.now - LOOKS_BACK
        return place_journal.explain_from(self.tx, self.stands.application_id, since)

    @cached_property
    def issued(self) -> Issued | None:
        """Its referral, while that is valid."""
        if self.application is None:
            return None
        every = referrals.of_application(self.tx, self.application.id)
        return next((each for each in every if each.referral.is_valid(self.tx.now)), None)

    @cached_property
    def access_until(self) -> datetime | None:
        """Until when it is among the first of a list."""
        if self.application is None:
            return None
        which = self.application.id
        return in_hand.access_of(self.tx, [which], self.tx.now).get(which)

    @cached_property
    def rules(self) -> Policy | None:
        """Those of the territory now."""
        if self.territory_id is None:
            return None
        try:
            return policies.in_force(self.tx, self.territory_id, self.tx.now)
        except NoPolicyInForce:
            return None

    @cached_property
    def next_list(self) -> SeatList | None:
        """The list on which seats come out that are reported now."""
        return None if self.rules is None else list_for(self.tx.now, self.rules)


def value(known: Known, t: Texts, blank: Blank) -> str | None:
    """What stands for a blank in a language; None where there is nothing that could."""
    match blank:
        case Blank.TODAY:
            return t.day(known.tx.now)
        case Blank.WHAT_TO_BRING:
            return in_a_row(t)
        case Blank.NUMBER:
            return None if known.application is None else str(known.application.number)
        case Blank.ACCESS_UNTIL:
            return None if known.access_until is None else t.moment(known.access_until)
        case Blank.PLACE | Blank.QUEUE_SIZE | Blank.WHY_MOVED:
            return _of_queue(known, t, blank)
        case Blank.CENTRE_PHONE | Blank.HOURS | Blank.NEXT_LIST | Blank.NEXT_OPENING:
            return _of_territory(known, t, blank)
        case _:
            return _of_referral(known, t, blank)


def _of_queue(known: Known, t: Texts, blank: Blank) -> str | None:
    stands = known.stands
    if stands is None:
        return None
    if blank is Blank.WHY_MOVED:
        return None if known.moved is None else in_words(t, known.moved)
    return str(stands.place if blank is Blank.PLACE else stands.size)


def _of_territory(known: Known, t: Texts, blank: Blank) -> str | None:
    if known.rules is None or known.next_list is None:
        return None
    centre = known.rules.contact_centre
    match blank:
        case Blank.CENTRE_PHONE:
            return centre.phone
        case Blank.HOURS:
            return None if centre.hours is None else contact_centre.hours_in_words(t, centre.hours)
        case Blank.NEXT_LIST:
            return t.moment(known.next_list.publish_at)
        case _:
            return t.moment(known.next_list.opens_at)


def _of_referral(known: Known, t: Texts, blank: Blank) -> str | None:
    issued = known.issued
    if issued is None:
        return None
    match blank:
        case Blank.VALID_UNTIL:
            return t.day(issued.referral.last_day)
        case Blank.EXTENSION_DAYS:
            may = issued.referral.may_extend(known.tx.now)
            return str(issued.referral.terms.extension_days) if may else None
        case Blank.KINDERGARTEN:
            return issued.kindergarten
        case Blank.ADDRESS:
            return issued.kindergarten_address
        case _:
            return str(issued.number)


def name_of(t: Texts, blank: Blank) -> str:
    """What a blank stands for, in words."""
    return {
        Blank.NUMBER: t("the number of the application"),
        Blank.PLACE: t("the place in the queue now"),
        Blank.QUEUE_SIZE: t("how many are in the queue"),
        Blank.WHY_MOVED: t("why the place moved in the last 30 days"),
        Blank.ACCESS_UNTIL: t("until when the family may choose before others"),
        Blank.REFERRAL: t("the number of the valid referral"),
        Blank.VALID_UNTIL: t("the last day of the valid referral"),
        Blank.EXTENSION_DAYS: t("by how many days the referral can be extended still"),
        Blank.KINDERGARTEN: t("the kindergarten of the valid referral"),
        Blank.ADDRESS: t("the address of that kindergarten"),
        Blank.WHAT_TO_BRING: t("what to bring to the kindergarten"),
        Blank.NEXT_LIST: t("when the next list comes out"),
        Blank.NEXT_OPENING: t("when the next list opens"),
        Blank.CENTRE_PHONE: t("the phone of the contact centre"),
        Blank.HOURS: t("the hours of the contact centre"),
        Blank.TODAY: t("today's date"),
    }[blank]
