"""One table from what the domain refuses with to what a person is told."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.flows import identity_words, seat_refusals
from bot.texts import Texts
from domain import errors
from domain.application import Status
from domain.errors import Refused

Words = Callable[[Texts, Any], str]


def words(t: Texts, refusal: Refused) -> str:
    """What a person is told of a refusal, in their language."""
    for kind in type(refusal).__mro__:
        spoken = WORDS.get(kind)
        if spoken is not None:
            return spoken(t, refusal)
    return t("This can't be done right now.")


def _malformed_iin(t: Texts, refusal: errors.IinMalformed) -> str:
    if not refusal.only_digits:
        return t("An IIN has digits only. Please check what you typed.")
    return t.many(
        "An IIN has 12 digits, you typed {number}. Please check it.",
        "An IIN has 12 digits, you typed {number}. Please check it.",
        refusal.length,
    )


def _malformed_email(t: Texts, refusal: errors.EmailMalformed) -> str:
    match refusal.fault:
        case errors.EmailFault.NO_AT:
            return t("An e-mail address has one @ in it, as in name@mail.kz.")
        case errors.EmailFault.NOT_LATIN:
            return t("Only Latin letters stand in an e-mail address: a letter of yours is a Cyrillic one.")
        case errors.EmailFault.SPACES:
            return t("There is a space in this e-mail address. Please type it without.")
        case errors.EmailFault.NO_DOMAIN:
            return t("After the @ there is a name with a dot in it, as in name@mail.kz.")
        case errors.EmailFault.TOO_LONG:
            return t("This is too long for an e-mail address.")
        case errors.EmailFault.OTHER:
            return t("This can't be an e-mail address. Please look at its dots and signs.")


def _helper(t: Texts, refusal: errors.HelperRefused) -> str:
    match refusal.reason:
        case errors.HelperFault.OWN_PHONE:
            return t("This is your own phone. The helper's is needed here.")
        case errors.HelperFault.ONE_ALREADY:
            return t("You have a helper already. End that first, then name another one.")
        case errors.HelperFault.NAME_TOO_LONG:
            return t("This is too long for a name. A word or two are enough.")


def _review(t: Texts, refusal: errors.ReviewRefused) -> str:
    match refusal.fault:
        case errors.ReviewFault.TOO_LONG:
            return t(
                "This has {length} characters. Please say it in {longest} at most.",
                length=refusal.length,
                longest=refusal.longest,
            )
        case errors.ReviewFault.NO_WORDS:
            return t("Please say it in words, or give the stars alone.")
        case errors.ReviewFault.LINK:
            return t("Links and addresses can't stand in a review. Please say it without.")
        case errors.ReviewFault.NUMBER:
            return t("Phone numbers and IINs can't stand in a review. Please say it without.")
        case errors.ReviewFault.STARS:
            return t("Please give one to five stars: press a button or type a digit.")


def _second_parent(t: Texts, refusal: errors.SecondParentRefused) -> str:
    until = t.moment(refusal.until) if refusal.until is not None else ""
    match refusal.reason:
        case errors.SecondParentFault.TWO_ALREADY:
            return t(
                "This child has two parents here already. If that is wrong, the education department helps."
            )
        case errors.SecondParentFault.NOT_AGREED if until:
            return t(
                "This child has a parent here already. I have asked that parent to let you join: an answer "
                "is possible until {moment}, and I will tell you at once.",
                moment=until,
            )
        case errors.SecondParentFault.NOT_AGREED:
            return t("This child has a parent here already, who has to agree first.")
        case errors.SecondParentFault.DECLINED:
            return t(
                "The child's other parent did not agree. You can ask again from {moment}. If this is "
                "wrong, the education department helps: bring the child's birth certificate.",
                moment=until,
            )
        case errors.SecondParentFault.YOURSELF:
            return t("That is yourself. The other parent's IIN is needed here.")
        case errors.SecondParentFault.JOINED_ALREADY:
            return t("This is a parent of the child here already.")


def _already_applied(t: Texts, refusal: errors.AlreadyApplied) -> str:
    if refusal.number is None:
        return t("There is an application for this child in this queue already.")
    return t(
        "This child is in this queue already: № {number}. It is under My applications.", number=refusal.number
    )


def _cannot_pause(t: Texts, refusal: errors.CannotPause) -> str:
    if refusal.status in (Status.APPLIED, Status.REFERRED):
        return t("A seat is in hand now, so there is nothing to pause: use it or give it up first.")
    return t("The application is not in the queue, so there is nothing to pause.")


WORDS: Mapping[type[Refused], Words] = {
    errors.IinMalformed: _malformed_iin,
    errors.IinBadCentury: lambda t, _: t(
        "The 7th digit of an IIN is 1 to 6. One digit seems to be mistyped."
    ),
    errors.IinBadDate: lambda t, _: t(
        "An IIN begins with the date of birth: year, month, day. There is no such date as in yours."
    ),
    errors.IinBadCheckDigit: lambda t, _: t(
        "The check digit of this IIN does not fit: one digit is mistyped. "
        "Please compare it with the document."
    ),
    errors.DocumentMalformed: lambda t, _: t("This is not the number of an identity document."),
    errors.PhoneMalformed: lambda t, _: t("This is no phone number. Please type it like +7 701 000 00 00."),
    errors.PhoneNotMobile: lambda t, _: t(
        "A mobile number of Kazakhstan is needed: codes come to it by SMS."
    ),
    errors.LooksLikeChild: lambda t, _: t(
        "This is a child's IIN. Here the parent's own is needed: it stands on the identity card."
    ),
    errors.LooksLikeAdult: lambda t, _: t(
        "This is an adult's IIN. Here the child's is needed: it stands on the birth certificate."
    ),
    errors.SamePerson: lambda t, _: t("This is your own IIN. Here the child's is needed."),
    errors.NameMalformed: lambda t, _: t(
        "Please type the surname, the given name and the patronymic, in letters and in this order."
    ),
    errors.NotBornYet: lambda t, refusal: t(
        "By this IIN the child is born on {date}, which is still to come. Please check the digits.",
        date=t.day(refusal.birth_date),
    ),
    errors.TooOld: lambda t, refusal: t(
        "A child can join the queue only while younger than {years}. For this one that ended on {date}.",
        years=refusal.limit_years,
        date=t.day(refusal.since),
    ),
    errors.EmailMalformed: _malformed_email,
    errors.AddressMalformed: lambda t, refusal: t(
        "Please type the address in words: street, house, flat; from {shortest} to {longest} characters.",
        shortest=refusal.shortest,
        longest=refusal.longest,
    ),
    errors.AlreadyApplied: _already_applied,
    errors.SeatInHand: lambda t, refusal: t(
        "Application № {number} has a seat in hand. Give it up or use it first; then this can be done.",
        number=refusal.number,
    ),
    errors.TerritoryUnknown: lambda t, _: t(
        "I found no such place. Try another spelling, or go down the list."
    ),
    errors.ReviewRefused: _review,
    errors.NotEnrolledThere: lambda t, _: t(
        "A review is for parents whose child goes to this kindergarten: it opens once the contract is signed."
    ),
    errors.BarredAfterPhoneChange: lambda t, refusal: t(
        "The phones were changed lately. Until {moment} an older number can undo that; so long nothing is "
        "withdrawn or given up, and no second parent is added.",
        moment=t.moment(refusal.until),
    ),
    errors.BarredAfterJoining: lambda t, refusal: t(
        "Until {moment} you cannot withdraw, give up or add anything here: you joined this child less than "
        "72 hours ago. The other parent can do it at once.",
        moment=t.moment(refusal.until),
    ),
    errors.SecondParentRefused: _second_parent,
    errors.HelperRefused: _helper,
    errors.CannotPause: _cannot_pause,
    errors.StatusForbids: lambda t, _: t("That is not possible with the application as it stands now."),
    errors.ObjectionTooLate: lambda t, refusal: t(
        "It is too late to object: that was possible until {moment}.", moment=t.moment(refusal.until)
    ),
    errors.TooManyExports: lambda t, refusal: t(
        "Three copies a day are enough. The next one can be made from {moment} on.",
        moment=t.moment(refusal.again_at),
    ),
    errors.TooManyFiles: lambda t, refusal: t(
        "These were many files for one day. The next one can be sent from {moment} on.",
        moment=t.moment(refusal.again_at),
    ),
    errors.TooManyTries: lambda t, refusal: t(
        "That was tried often enough for now. You can try again at {time}.", time=t.time(refusal.again_at)
    ),
    errors.CodeWrong: lambda t, refusal: t.many(
        "The code is not right. {number} try is left.",
        "The code is not right. {number} tries are left.",
        refusal.tries_left,
    ),
    errors.CodeLapsed: lambda t, _: t("This code is not valid any more. Please ask for a new one."),
    errors.CodeTooSoon: lambda t, refusal: t(
        "A code was sent a moment ago. A new one can be sent at {time}.", time=t.time(refusal.again_at)
    ),
    **identity_words.WORDS,
    **seat_refusals.WORDS,
}
