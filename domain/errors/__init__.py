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
│   ├── AlreadyApplied          the child has a live one in this territory and queue kind
│   ├── CannotPause             a seat is in hand, or it is off the queue
│   └── SeatInHand              it has to be given up or used before
├── ApplicantRefused
│   ├── LooksLikeChild          a child's IIN where the parent's is asked
│   ├── LooksLikeAdult          an adult's IIN where the child's is asked
│   ├── SamePerson              the parent's own IIN as the child's
│   └── NameMalformed           no surname and given name
├── ContactRefused
│   ├── EmailMalformed          not an e-mail address
│   └── AddressMalformed        too short or too long for a home address, or no words
├── LineRefused                 of an operator, about a parent's question
│   ├── TakenByAnother          a colleague has it in hand
│   ├── NothingWaits            there is none, or not any more
│   └── CannotTake              not an operator on duty with rights there
├── ObjectionTooLate            the ten days are over
├── ReviewRefused               too long, a link, a number, no stars
├── NotEnrolledThere            only whose child goes there says how it is
├── ReviewChanged               its author wrote it anew while it was looked at
├── ReadyAnswerRefused          what stands in braces can't be filled in
├── ReadyAnswerChanged          a colleague has changed it, or taken it away
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
│   ├── NoContract              nobody was enrolled by it
│   └── ContractTooEarly        the seat is not empty before
├── ReportRefused               of a kindergarten that reports free seats
│   ├── SeatsOutOfRange         none, or more than the group has room for
│   ├── GroupClosed             the group or its kindergarten is closed
│   ├── AlreadyPublished        to be recalled now, not corrected
│   └── AlreadyRecalled
├── SteeringRefused             of staff who step into a conversation
│   ├── DrivenByAnother         a colleague talks with the parent
│   ├── NotDriving              nothing to be handed back
│   ├── NobodyListens           no messenger holds this conversation
│   ├── AnsweredMeanwhile       a colleague was quicker
│   ├── WhisperOutdated         the bot waits for something else by now
│   ├── WhisperForbidden        only the parent can take such a step
│   └── WordsBadLength          nothing said, or too much for one message
├── SigningRefused              of somebody of the staff, about a login
│   ├── OwnPasswordWrong        not the present one
│   ├── LoginInPassword         the new one would be guessed first
│   ├── SecondStepWrong         not the code, or used already
│   └── OwnLogin                nobody does that to themselves
├── TooManyTries                tried too often, again from an instant
│   ├── TooManyExports          enough copies of the data for a day
│   └── TooManyFiles            enough files were sent for a day
└── CodeRefused
    ├── CodeWrong               mistyped, some tries are left
    ├── CodeLapsed              too old, used up, or never sent
    └── CodeTooSoon             the last one was sent a moment ago
"""

from domain.errors.age import (
    AgeRefused,
    NotBornYet,
    TooOld,
)
from domain.errors.applicants import (
    ApplicantRefused,
    LooksLikeAdult,
    LooksLikeChild,
    NameMalformed,
    SamePerson,
)
from domain.errors.application import (
    AlreadyApplied,
    ApplicationRefused,
    CannotPause,
    SeatInHand,
    StatusForbids,
)
from domain.errors.base import (
    Refused,
)
from domain.errors.contact import (
    AddressMalformed,
    ContactRefused,
    EmailFault,
    EmailMalformed,
    ObjectionTooLate,
)
from domain.errors.contact_line import (
    CannotTake,
    LineRefused,
    NothingWaits,
    TakenByAnother,
)
from domain.errors.department import (
    AlreadyDecided,
    DecisionNeeded,
    DecisionRefused,
    ReasonBadLength,
)
from domain.errors.identity import (
    BarredAfterJoining,
    BarredAfterPhoneChange,
    HelperFault,
    HelperRefused,
    IdentityRefused,
    PasswordBadLength,
    PasswordsDiffer,
    PasswordUnchanged,
    PasswordWrong,
    PhonesMissing,
    ProofNeeded,
    SecondParentFault,
    SecondParentRefused,
    UndoFault,
    UndoNotAllowed,
    WayIn,
)
from domain.errors.iin import (
    DocumentMalformed,
    IinBadCentury,
    IinBadCheckDigit,
    IinBadDate,
    IinMalformed,
    IinRefused,
)
from domain.errors.phones import (
    PhoneConfirmedAlready,
    PhoneMalformed,
    PhoneNotMobile,
    PhoneRefused,
)
from domain.errors.policy import (
    NoPolicyInForce,
    PolicyFault,
    PolicyInvalid,
    PolicyRefused,
)
from domain.errors.ready_answers import (
    ReadyAnswerChanged,
    ReadyAnswerFault,
    ReadyAnswerRefused,
)
from domain.errors.referral import (
    ActivationRefused,
    AlreadyExtended,
    ContractTooEarly,
    ExtensionOutOfRange,
    ExtensionUnproven,
    NoContract,
    NothingToRevoke,
    ReferralOver,
    ReferralRefused,
    ReferralStillValid,
)
from domain.errors.reporting import (
    AlreadyPublished,
    AlreadyRecalled,
    GroupClosed,
    ReportRefused,
    SeatsOutOfRange,
)
from domain.errors.reviews import (
    NotEnrolledThere,
    ReviewChanged,
    ReviewFault,
    ReviewRefused,
)
from domain.errors.signing import (
    LoginInPassword,
    OwnLogin,
    OwnPasswordWrong,
    SecondStepWrong,
    SigningRefused,
)
from domain.errors.steering import (
    AnsweredMeanwhile,
    DrivenByAnother,
    NobodyListens,
    NotDriving,
    SteeringRefused,
    WhisperForbidden,
    WhisperOutdated,
    WordsBadLength,
)
from domain.errors.taking import (
    BarredFromBulletin,
    HoldOver,
    NotAwaiting,
    NotOpenYet,
    NoTwins,
    OnlyForTheFirst,
    OpeningNow,
    OtherClaim,
    Paused,
    SeatGone,
    Suspended,
    TakingRefused,
    WrongBirthYear,
    WrongLanguage,
    WrongQueue,
)
from domain.errors.territories import (
    TerritoryRefused,
    TerritoryUnknown,
    TreeBroken,
    TreeFault,
)
from domain.errors.tries import (
    CodeLapsed,
    CodeRefused,
    CodeTooSoon,
    CodeWrong,
    TooManyExports,
    TooManyFiles,
    TooManyTries,
)

__all__ = [
    "ActivationRefused",
    "AddressMalformed",
    "AgeRefused",
    "AlreadyApplied",
    "AlreadyDecided",
    "AlreadyExtended",
    "AlreadyPublished",
    "AlreadyRecalled",
    "AnsweredMeanwhile",
    "ApplicantRefused",
    "ApplicationRefused",
    "BarredAfterJoining",
    "BarredAfterPhoneChange",
    "BarredFromBulletin",
    "CannotPause",
    "CannotTake",
    "CodeLapsed",
    "CodeRefused",
    "CodeTooSoon",
    "CodeWrong",
    "ContactRefused",
    "ContractTooEarly",
    "DecisionNeeded",
    "DecisionRefused",
    "DocumentMalformed",
    "DrivenByAnother",
    "EmailFault",
    "EmailMalformed",
    "ExtensionOutOfRange",
    "ExtensionUnproven",
    "GroupClosed",
    "HelperFault",
    "HelperRefused",
    "HoldOver",
    "IdentityRefused",
    "IinBadCentury",
    "IinBadCheckDigit",
    "IinBadDate",
    "IinMalformed",
    "IinRefused",
    "LineRefused",
    "LoginInPassword",
    "LooksLikeAdult",
    "LooksLikeChild",
    "NameMalformed",
    "NoContract",
    "NoPolicyInForce",
    "NoTwins",
    "NobodyListens",
    "NotAwaiting",
    "NotBornYet",
    "NotDriving",
    "NotEnrolledThere",
    "NotOpenYet",
    "NothingToRevoke",
    "NothingWaits",
    "ObjectionTooLate",
    "OnlyForTheFirst",
    "OpeningNow",
    "OtherClaim",
    "OwnLogin",
    "OwnPasswordWrong",
    "PasswordBadLength",
    "PasswordUnchanged",
    "PasswordWrong",
    "PasswordsDiffer",
    "Paused",
    "PhoneConfirmedAlready",
    "PhoneMalformed",
    "PhoneNotMobile",
    "PhoneRefused",
    "PhonesMissing",
    "PolicyFault",
    "PolicyInvalid",
    "PolicyRefused",
    "ProofNeeded",
    "ReadyAnswerChanged",
    "ReadyAnswerFault",
    "ReadyAnswerRefused",
    "ReasonBadLength",
    "ReferralOver",
    "ReferralRefused",
    "ReferralStillValid",
    "Refused",
    "ReportRefused",
    "ReviewChanged",
    "ReviewFault",
    "ReviewRefused",
    "SamePerson",
    "SeatGone",
    "SeatInHand",
    "SeatsOutOfRange",
    "SecondParentFault",
    "SecondParentRefused",
    "SecondStepWrong",
    "SigningRefused",
    "StatusForbids",
    "SteeringRefused",
    "Suspended",
    "TakenByAnother",
    "TakingRefused",
    "TerritoryRefused",
    "TerritoryUnknown",
    "TooManyExports",
    "TooManyFiles",
    "TooManyTries",
    "TooOld",
    "TreeBroken",
    "TreeFault",
    "UndoFault",
    "UndoNotAllowed",
    "WayIn",
    "WhisperForbidden",
    "WhisperOutdated",
    "WordsBadLength",
    "WrongBirthYear",
    "WrongLanguage",
    "WrongQueue",
]
