"""What the domain refuses with. Typed fields, no text for people, no secrets in the fields.

Refused
├── IinRefused
│   ├── IinMalformed            not twelve digits
│   ├── IinBadCentury           seventh digit is not 1..6
│   ├── IinBadDate              the first six digits are no date
│   └── IinBadCheckDigit        a digit is mistyped
├── DocumentMalformed           number of an identity document
├── PhoneRefused
│   ├── PhoneMalformed          not a telephone number
│   ├── PhoneNotMobile          a number, but no mobile one of Kazakhstan
│   └── PhoneConfirmedAlready   one of this parent's own
├── AgeRefused
│   ├── NotBornYet              birth date after today
│   └── TooOld                  past the age limit
├── TerritoryRefused
│   ├── TerritoryUnknown        no such territory in the tree
│   └── TreeBroken              the rows do not make a tree
├── PolicyRefused
│   ├── PolicyInvalid           a field of a policy is wrong
│   └── NoPolicyInForce         nothing was in force yet
├── IdentityRefused
│   ├── ProofNeeded             who asks has not shown who they are
│   ├── PhonesMissing           fewer confirmed phones than the policy wants
│   ├── PasswordBadLength       cabinet password too short or too long
│   ├── PasswordWrong           not the cabinet's password
│   ├── PasswordUnchanged       the new one is the old one
│   ├── PasswordsDiffer         repeated otherwise than it was typed first
│   ├── BarredAfterPhoneChange  nothing is withdrawn or given up for 72 hours
│   ├── BarredAfterJoining      the same, for who was joined beside another lately
│   ├── UndoNotAllowed          not the old number, or too late
│   ├── SecondParentRefused     nobody vouches for them, or the child has two parents
│   └── HelperRefused           the own phone, or there is a helper already
├── ApplicationRefused
│   ├── StatusForbids           not possible with this status
│   ├── CannotPause             a seat is in hand, or it is off the queue
│   └── SeatInHand              it has to be given up or used before
│   ├── AlreadyApplied          the child has a live one in this territory and queue kind
│   └── CannotPause             a seat is in hand, or it is off the queue
├── ApplicantRefused
│   ├── LooksLikeChild          a child's IIN where the parent's is asked
│   ├── LooksLikeAdult          an adult's IIN where the child's is asked
│   ├── SamePerson              the parent's own IIN as the child's
│   └── NameMalformed           no surname and given name
├── ContactRefused
│   ├── EmailMalformed          not an e-mail address
│   └── AddressMalformed        too short or too long for a home address, or no words
├── ObjectionTooLate            the ten days are over
├── ReviewRefused               too long, a link, a number, no stars
├── NotEnrolledThere            only whose child goes there says how it is
├── ReviewChanged               its author wrote it anew while it was looked at
├── DecisionRefused             of the education department
│   ├── ReasonBadLength         parents are told why, in some words
│   ├── AlreadyDecided          nothing waits, a colleague may have decided
│   └── DecisionNeeded          it cannot be closed without a yes or a no
├── TakingRefused               one of the reasons why not this seat
│   ├── WrongQueue              other queue kind or territory
│   ├── WrongBirthYear
│   ├── WrongLanguage
│   ├── NotAwaiting             its status does not wait for a seat
│   ├── Suspended               on the stop-list
│   ├── Paused                  not interested at present
│   ├── OtherClaim              the child has a seat in hand
│   ├── BarredFromBulletin      let go or lapsed here less than ten minutes ago
│   ├── NotOpenYet              the list is not open
│   ├── OpeningNow              open, but who the first are is just being written
│   ├── OnlyForTheFirst         open, but not to this one
│   └── SeatGone                no seat left
├── NoTwins                     not one parent's children of one birth date
├── HoldOver                    lapsed, let go, confirmed or ended
├── ActivationRefused           not this one's to decide, or not yet
├── ReferralRefused
│   ├── ReferralOver            not valid any more
│   ├── ReferralStillValid      its days are not over
│   ├── AlreadyExtended         the one extension is used up
│   ├── ExtensionOutOfRange     not that many days
│   ├── ExtensionUnproven       no supporting document
│   ├── NothingToRevoke         no extension is running
│   └── ContractTooEarly        the seat is not empty before
├── ReportRefused               of a kindergarten that reports free seats
│   ├── SeatsOutOfRange         none, or more than the group has room for
│   ├── GroupClosed             the group or its kindergarten is closed
│   ├── AlreadyPublished        to be recalled now, not corrected
│   └── AlreadyRecalled
├── TooManyTries                tried too often, again from an instant
│   ├── TooManyExports          enough copies of the data for a day
│   └── TooManyFiles            enough files were sent for a day
└── CodeRefused
    ├── CodeWrong               mistyped, some tries are left
    ├── CodeLapsed              too old, used up, or never sent
    └── CodeTooSoon             the last one was sent a moment ago
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.application import Happening, Status
    from domain.claim import ClaimKind
    from domain.hold import HoldEnd
    from domain.referral import ReferralEnd


class Refused(Exception):
    """The domain refuses. The class says why, its fields say what an answer needs.

    Refusals are values: two with equal fields are equal. They are not frozen, because Python
    itself writes to an exception on its way up (`__traceback__`).
    """

    def __str__(self) -> str:
        return repr(self)


# --- IIN and identity documents -------------------------------------------------------------


class IinRefused(Refused):
    """What was typed is no IIN."""


@dataclass(unsafe_hash=True)
class IinMalformed(IinRefused):
    """Not twelve digits. `length` counts what is left without spaces and dashes."""

    length: int
    only_digits: bool


@dataclass(unsafe_hash=True)
class IinBadCentury(IinRefused):
    """The seventh digit, of century and sex, is not 1..6."""

    digit: int


@dataclass(unsafe_hash=True)
class IinBadDate(IinRefused):
    """The first six digits are no date of that century."""


@dataclass(unsafe_hash=True)
class IinBadCheckDigit(IinRefused):
    """The last digit does not follow from the first eleven."""


@dataclass(unsafe_hash=True)
class DocumentMalformed(Refused):
    """No number of an identity document: wrong length or foreign characters."""

    length: int
    only_letters_and_digits: bool


# --- Phones ---------------------------------------------------------------------------------


class PhoneRefused(Refused):
    """What was typed cannot be an application's phone."""


@dataclass(unsafe_hash=True)
class PhoneMalformed(PhoneRefused):
    """No telephone number. `length` counts what is left without spaces and dashes."""

    length: int
    only_digits: bool


@dataclass(unsafe_hash=True)
class PhoneNotMobile(PhoneRefused):
    """A telephone number, but no mobile one of Kazakhstan: a code could not reach it."""

    of_kazakhstan: bool


@dataclass(unsafe_hash=True)
class PhoneConfirmedAlready(PhoneRefused):
    """The number is one of this parent's confirmed phones."""


# --- Age ------------------------------------------------------------------------------------


class AgeRefused(Refused):
    """A child of this age cannot join a queue."""


@dataclass(unsafe_hash=True)
class NotBornYet(AgeRefused):
    """The birth date lies after today."""

    birth_date: date


@dataclass(unsafe_hash=True)
class TooOld(AgeRefused):
    """Past the age limit since the day `since`."""

    limit_years: int
    since: date


# --- Policy ---------------------------------------------------------------------------------


class PolicyRefused(Refused):
    """A policy is wrong or absent."""


class PolicyFault(str, Enum):
    """What is wrong with a field of a policy."""

    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_CHOICE = "not_a_choice"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


@dataclass(unsafe_hash=True)
class PolicyInvalid(PolicyRefused):
    """`field` is the path to the wrong value: `privileges[2].proof`."""

    field: str
    reason: PolicyFault


@dataclass(unsafe_hash=True)
class NoPolicyInForce(PolicyRefused):
    """No policy of the territory was in force at that instant."""

    at: datetime


# --- Territories ----------------------------------------------------------------------------


class TerritoryRefused(Refused):
    """A territory, or the tree of them, is not as it has to be."""


@dataclass(unsafe_hash=True)
class TerritoryUnknown(TerritoryRefused):
    """No territory of that id."""

    territory_id: int


class TreeFault(str, Enum):
    """Why rows do not make a tree."""

    DUPLICATE = "duplicate"
    NO_SUCH_PARENT = "no_such_parent"
    CIRCLE = "circle"
    NO_NAME = "no_name"


@dataclass(unsafe_hash=True)
class TreeBroken(TerritoryRefused):
    """The row of that territory does not fit into the tree."""

    territory_id: int
    reason: TreeFault


# --- Identity -------------------------------------------------------------------------------


class IdentityRefused(Refused):
    """Who asks may not, or has not shown enough."""


class WayIn(str, Enum):
    """How somebody shows that an IIN is theirs."""

    CONFIRM_A_PHONE = "confirm_a_phone"
    CODE_TO_CONFIRMED_PHONE = "code_to_confirmed_phone"
    PASSWORD_AND_CODE_TO_NEW_PHONE = "password_and_code_to_new_phone"
    STAFF_SAW_DOCUMENT = "staff_saw_document"


@dataclass(unsafe_hash=True)
class ProofNeeded(IdentityRefused):
    """None of the ways in was gone; any one of `ways` would do."""

    ways: tuple[WayIn, ...]


@dataclass(unsafe_hash=True)
class PhonesMissing(IdentityRefused):
    """So many confirmed phones are missing."""

    missing: int


@dataclass(unsafe_hash=True)
class PasswordBadLength(IdentityRefused):
    """A cabinet password has `least` to `most` characters."""

    length: int
    least: int
    most: int


@dataclass(unsafe_hash=True)
class PasswordWrong(IdentityRefused):
    """Not the cabinet's password. `tries_left` is at least one."""

    tries_left: int


@dataclass(unsafe_hash=True)
class PasswordUnchanged(IdentityRefused):
    """The new password is the present one."""


@dataclass(unsafe_hash=True)
class PasswordsDiffer(IdentityRefused):
    """The new password was repeated otherwise than it was typed first."""


@dataclass(unsafe_hash=True)
class BarredAfterPhoneChange(IdentityRefused):
    """A phone was changed: nothing is withdrawn or given up before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class BarredAfterJoining(IdentityRefused):
    """The register joined this parent beside another: nothing is withdrawn or given up before `until`."""

    until: datetime


class UndoFault(str, Enum):
    """Why a phone change is not undone."""

    NOT_THE_OLD_NUMBER = "not_the_old_number"
    TOO_LATE = "too_late"
    ALREADY_UNDONE = "already_undone"


@dataclass(unsafe_hash=True)
class UndoNotAllowed(IdentityRefused):
    """The phone change stays."""

    reason: UndoFault


class SecondParentFault(str, Enum):
    """Why somebody is not joined as a child's parent."""

    NOT_AGREED = "not_agreed"
    """The first parent is asked, and can answer before `until`."""
    DECLINED = "declined"
    """The first parent said no; it can be asked again from `until`."""
    TWO_ALREADY = "two_already"
    YOURSELF = "yourself"
    JOINED_ALREADY = "joined_already"


@dataclass(unsafe_hash=True)
class SecondParentRefused(IdentityRefused):
    """Not joined: neither the register nor the first parent says so, or there is nobody to be joined."""

    reason: SecondParentFault
    until: datetime | None = None


class HelperFault(str, Enum):
    """Why a phone is not named as a helper's."""

    OWN_PHONE = "own_phone"
    ONE_ALREADY = "one_already"
    NAME_TOO_LONG = "name_too_long"


@dataclass(unsafe_hash=True)
class HelperRefused(IdentityRefused):
    """Not named as a helper."""

    reason: HelperFault


# --- Application ----------------------------------------------------------------------------


class ApplicationRefused(Refused):
    """Not possible with this application."""


@dataclass(unsafe_hash=True)
class StatusForbids(ApplicationRefused):
    """An application of this status cannot have that happen to it."""

    status: Status
    happening: Happening


@dataclass(unsafe_hash=True)
class AlreadyApplied(ApplicationRefused):
    """One live application per child, territory and queue kind; `number` only for the child's own parent."""

    number: int | None


@dataclass(unsafe_hash=True)
class CannotPause(ApplicationRefused):
    """A pause means nothing with this status."""

    status: Status


@dataclass(unsafe_hash=True)
class SeatInHand(ApplicationRefused):
    """A seat is held, asked for or referred to by the application of this number."""

    number: int


# --- Who applies for whom -------------------------------------------------------------------


class ApplicantRefused(Refused):
    """This person cannot stand here in an application."""


@dataclass(unsafe_hash=True)
class LooksLikeChild(ApplicantRefused):
    """Too young to be the parent who applies: probably the child's IIN."""

    youngest: int


@dataclass(unsafe_hash=True)
class LooksLikeAdult(ApplicantRefused):
    """Too old to be a child of a kindergarten: probably a parent's IIN."""


@dataclass(unsafe_hash=True)
class SamePerson(ApplicantRefused):
    """The parent and the child have one IIN."""


@dataclass(unsafe_hash=True)
class NameMalformed(ApplicantRefused):
    """Not a surname and a given name (and a patronymic), of letters."""


# --- Where somebody is reached --------------------------------------------------------------


class ContactRefused(Refused):
    """What was typed leads to nobody."""


class EmailFault(str, Enum):
    """What is wrong with an e-mail address."""

    NO_AT = "no_at"
    """Not exactly one @."""
    NOT_LATIN = "not_latin"
    """A letter of another alphabet, often one that looks the same."""
    SPACES = "spaces"
    NO_DOMAIN = "no_domain"
    """Nothing that could be a domain after the @."""
    TOO_LONG = "too_long"
    OTHER = "other"
    """A character or a dot where there can be none."""


@dataclass(unsafe_hash=True)
class EmailMalformed(ContactRefused):
    """Not an e-mail address."""

    fault: EmailFault


@dataclass(unsafe_hash=True)
class AddressMalformed(ContactRefused):
    """No home address: letters are needed, and so many characters."""

    length: int
    shortest: int
    longest: int


@dataclass(unsafe_hash=True)
class ObjectionTooLate(Refused):
    """The loss of a privilege could be objected to before `until`."""

    until: datetime


# --- Reviews ---------------------------------------------------------------------------------


class ReviewFault(str, Enum):
    """What is wrong with a review."""

    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    LINK = "link"
    NUMBER = "number"
    STARS = "stars"


@dataclass(unsafe_hash=True)
class ReviewRefused(Refused):
    """A review that can't be taken as it is; `length` and `longest` in characters."""

    fault: ReviewFault
    length: int = 0
    longest: int = 0


class NotEnrolledThere(Refused):
    """No child of this parent is enrolled in that kindergarten."""


class ReviewChanged(Refused):
    """The review is not the one that was looked at: it was written anew, or taken away."""


# --- The education department ----------------------------------------------------------------


class DecisionRefused(Refused):
    """What an officer of the education department wants to do cannot be done."""


@dataclass(unsafe_hash=True)
class ReasonBadLength(DecisionRefused):
    """A reason of so many characters: too few or too many."""

    length: int
    shortest: int
    longest: int


class AlreadyDecided(DecisionRefused):
    """Nothing of that waits for a decision, or not any more."""


class DecisionNeeded(DecisionRefused):
    """A privilege is confirmed or refused; its task is not closed with mere words."""


# --- Taking a seat --------------------------------------------------------------------------


class TakingRefused(Refused):
    """One of the reasons that stand between an application and a seat."""


@dataclass(unsafe_hash=True)
class WrongQueue(TakingRefused):
    """The seat is for the other queue kind, or lies in another territory."""


@dataclass(unsafe_hash=True)
class WrongBirthYear(TakingRefused):
    """The group takes children of these years."""

    birth_years: frozenset[int]


@dataclass(unsafe_hash=True)
class WrongLanguage(TakingRefused):
    """The group speaks a language that the application does not name."""

    language: str


@dataclass(unsafe_hash=True)
class NotAwaiting(TakingRefused):
    """An application of this status does not wait for a seat."""

    status: Status


@dataclass(unsafe_hash=True)
class Suspended(TakingRefused):
    """On the stop-list before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class Paused(TakingRefused):
    """Lets others pass until a parent brings it back."""


@dataclass(unsafe_hash=True)
class OtherClaim(TakingRefused):
    """The child has a seat in hand already; let that one go first."""

    kind: ClaimKind


@dataclass(unsafe_hash=True)
class BarredFromBulletin(TakingRefused):
    """A hold of this bulletin lapsed or was let go; it can be held again at `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class NotOpenYet(TakingRefused):
    """The list opens at that instant."""

    opens_at: datetime


@dataclass(unsafe_hash=True)
class OpeningNow(TakingRefused):
    """Who is among the first of the list is just being written down: a moment's work."""


@dataclass(unsafe_hash=True)
class OnlyForTheFirst(TakingRefused):
    """The list is open to the first of the queue; to everyone at `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class SeatGone(TakingRefused):
    """No seat of the bulletin is free, or it was recalled."""

    bulletin_id: int


@dataclass(unsafe_hash=True)
class NoTwins(Refused):
    """Two seats at once are for two children of one parent and one birth date."""


@dataclass(unsafe_hash=True)
class HoldOver(Refused):
    """The hold was over at `at`, in this way."""

    end: HoldEnd
    at: datetime


# --- Referral -------------------------------------------------------------------------------


@dataclass(unsafe_hash=True)
class ActivationRefused(Refused):
    """The department may decide in the kindergarten's stead from `since`, not before."""

    since: datetime


class ReferralRefused(Refused):
    """Not possible with this referral."""


@dataclass(unsafe_hash=True)
class ReferralOver(ReferralRefused):
    """The referral was over at `at`, in this way."""

    end: ReferralEnd
    at: datetime


@dataclass(unsafe_hash=True)
class ReferralStillValid(ReferralRefused):
    """Whoever holds it may still come, before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class AlreadyExtended(ReferralRefused):
    """As often as the referral can be extended, it was."""

    last_day: date


@dataclass(unsafe_hash=True)
class ExtensionOutOfRange(ReferralRefused):
    """From one day to `most_days`."""

    most_days: int


@dataclass(unsafe_hash=True)
class ExtensionUnproven(ReferralRefused):
    """An extension needs supporting documents."""


@dataclass(unsafe_hash=True)
class NothingToRevoke(ReferralRefused):
    """No extension of this referral is running."""


class NoContract(ReferralRefused):
    """No contract was signed on it: nobody goes there who could leave."""


@dataclass(unsafe_hash=True)
class ContractTooEarly(ReferralRefused):
    """No contract starts before the seat is really empty."""

    released_on: date


# --- Reporting seats ------------------------------------------------------------------------


class ReportRefused(Refused):
    """Not possible with the seats of this group."""


@dataclass(unsafe_hash=True)
class SeatsOutOfRange(ReportRefused):
    """From one seat to `most`; with 0 the group has no room left beside what it offers already."""

    most: int


@dataclass(unsafe_hash=True)
class GroupClosed(ReportRefused):
    """The group or its kindergarten takes no children any more."""


@dataclass(unsafe_hash=True)
class AlreadyPublished(ReportRefused):
    """Parents have seen the bulletin since that instant: it can only be recalled."""

    publish_at: datetime


@dataclass(unsafe_hash=True)
class AlreadyRecalled(ReportRefused):
    """The bulletin was recalled before."""


# --- tries and codes ------------------------------------------------------------------------


@dataclass(unsafe_hash=True)
class TooManyTries(Refused):
    """Tried too often; `again_at` is the first instant at which a try is possible."""

    again_at: datetime


@dataclass(unsafe_hash=True)
class TooManyExports(TooManyTries):
    """Enough copies of the data were made; another can be made from `again_at` on."""


@dataclass(unsafe_hash=True)
class TooManyFiles(TooManyTries):
    """Enough files were sent to be looked at; another can be from `again_at` on."""


class CodeRefused(Refused):
    """A code by SMS is not accepted, or not sent."""


@dataclass(unsafe_hash=True)
class CodeWrong(CodeRefused):
    """Mistyped. `tries_left` is at least one."""

    tries_left: int


@dataclass(unsafe_hash=True)
class CodeLapsed(CodeRefused):
    """Older than its five minutes, used, out of tries, or never sent: a new one is needed."""


@dataclass(unsafe_hash=True)
class CodeTooSoon(CodeRefused):
    """The last code was sent less than a minute before `again_at`."""

    again_at: datetime
