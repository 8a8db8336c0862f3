"""Questions about a way by which a parent is not reached any more, asked by another way.

Facts: `channel` of the account, `phone` the last digits of the number.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.channel_names import channel_name
from bot.flows.notices.parts import Facts, Notice, lines
from bot.texts import Texts
from domain.notice import Told


def _account(t: Texts, data: Facts) -> str:
    return lines(
        t(
            "Our messages do not reach your account in {channel} any more: Kezek was blocked there, or the "
            "account is gone.",
            channel=channel_name(t, data["channel"]),
        ),
        t("Is that right? Write to Kezek there, and messages come again. Until then we use other ways."),
    )


def _number(t: Texts, data: Facts) -> str:
    return lines(
        t("SMS do not reach your number ending in {phone}.", phone=data["phone"]),
        t("Is it still right? If not, please name another one in Kezek, under Phones."),
    )


def _mailbox(t: Texts, _data: Facts) -> str:
    return lines(
        t("Letters to your e-mail address come back."),
        t("Is it still right? Please change or confirm it in Kezek, in your profile."),
    )


def _to_accounts(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Accounts"), action("accounts")),),)


def _to_phones(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Phones"), action("phones")),),)


def _to_profile(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Profile"), action("profile")),),)


NOTICES: Mapping[Told, Notice] = {
    Told.ACCOUNT_LOST: Notice(_account, _to_accounts),
    Told.NUMBER_LOST: Notice(_number, _to_phones),
    Told.MAILBOX_LOST: Notice(_mailbox, _to_profile),
}
