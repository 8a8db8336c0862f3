"""The answers that are there from the beginning. What stands in braces is filled in when one is offered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Shipped:
    """One of them in any language: what it is called, and its text with the blanks in braces."""

    name: Callable[[Texts], str]
    text: Callable[[Texts], str]


SHIPPED: Mapping[str, Shipped] = {
    "place": Shipped(
        lambda t: t("Place in the queue"),
        lambda t: t(
            "Your application № {number}: place {place} of {queue_size} as of {today}. You can see it at any "
            "time: «My applications» in the menu.",
            number="{number}",
            place="{place}",
            queue_size="{queue_size}",
            today="{today}",
        ),
    ),
    "moved": Shipped(
        lambda t: t("Why the place moved"),
        lambda t: t("About application № {number}:\n{why_moved}", number="{number}", why_moved="{why_moved}"),
    ),
    "access": Shipped(
        lambda t: t("Until when you may choose"),
        lambda t: t(
            "You are among the first of the queue: until {access_until} you can choose a seat under "
            "«Free places» before others. If nothing fits, your place stays.",
            access_until="{access_until}",
        ),
    ),
    "bring": Shipped(
        lambda t: t("What to bring"),
        lambda t: t(
            "With a referral, please bring to the kindergarten: {what_to_bring}.",
            what_to_bring="{what_to_bring}",
        ),
    ),
    "valid": Shipped(
        lambda t: t("Until when the referral is good"),
        lambda t: t(
            "Your referral № {referral} to “{kindergarten}” ({address}) is good through {valid_until}, to "
            "the end of that day. The contract is signed at the kindergarten.",
            referral="{referral}",
            kindergarten="{kindergarten}",
            address="{address}",
            valid_until="{valid_until}",
        ),
    ),
    "extend": Shipped(
        lambda t: t("How to extend a referral"),
        lambda t: t(
            "If you can't come until {valid_until}, extend referral № {referral} by up to {extension_days} "
            "days: «My referrals», the referral, «Extend it», and a photo of the document that shows why. "
            "That can be done once.",
            valid_until="{valid_until}",
            referral="{referral}",
            extension_days="{extension_days}",
        ),
    ),
    "list": Shipped(
        lambda t: t("When the next list comes out"),
        lambda t: t(
            "The next list of free places comes out {next_list} and opens {next_opening}, first to the first "
            "of the queue. You will be told when it is your turn.",
            next_list="{next_list}",
            next_opening="{next_opening}",
        ),
    ),
    "signin": Shipped(
        lambda t: t("How to sign in"),
        lambda t: t(
            "Press «Menu», then «Settings» and «Sign in as a parent», and type your IIN. A code comes by SMS "
            "to your confirmed phone; type it here. Never tell a code to anybody, not to us either."
        ),
    ),
    "contact": Shipped(
        lambda t: t("How to reach us"),
        lambda t: t(
            "You can also call the contact centre: {centre_phone}. {hours}",
            centre_phone="{centre_phone}",
            hours="{hours}",
        ),
    ),
}
"""By the names that pages and links have for them."""
