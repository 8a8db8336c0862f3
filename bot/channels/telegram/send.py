"""The sending side: screens out, Telegram's refusals understood."""

from dataclasses import replace

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.errors import CallFailed, Refused, delivery_error
from bot.channels.telegram.message import REMOVE_KEYBOARD, Params, asks, message_params, venue_params
from bot.conversation.port import Undeliverable
from bot.conversation.reply import Operation, Outgoing, Pin, Screen

_SAME = "message is not modified"
_NOT_EDITABLE = ("message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID")
_NO_PREVIEW_OF = ("WEBPAGE_", "WEBDOCUMENT_", "wrong HTTP URL", "link preview")
_PASSING = "…"


class TelegramSender:
    """Sender for the channel "telegram". Telegram knows no de-duplication key: a lost answer means twice."""

    channel = "telegram"

    def __init__(self, api: TelegramApi) -> None:
        self._api = api

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Deliver one thing; returns the id of the message shown. Raises as Sender says."""
        try:
            return await self._with_or_without_picture(int(chat), outgoing)
        except CallFailed as fault:
            raise delivery_error(fault) from fault

    async def _with_or_without_picture(self, chat: int, outgoing: Outgoing) -> str | None:
        """A picture that Telegram does not want to fetch must not keep the words back."""
        try:
            return await self._perform(chat, outgoing)
        except Refused as refusal:
            screen = outgoing.screen
            if screen is None or screen.picture is None or not refusal.says(*_NO_PREVIEW_OF):
                raise
            return await self._perform(chat, replace(outgoing, screen=replace(screen, picture=None)))

    async def _perform(self, chat: int, outgoing: Outgoing) -> str | None:
        screen, target = outgoing.screen, outgoing.target
        if outgoing.operation is Operation.DELETE:
            await self._delete(chat, target)
            return None
        if screen is None:
            raise Undeliverable("nothing to show")
        if screen.pin is not None:
            return await self._show_place(chat, screen.pin, outgoing.remove_keyboard)
        if outgoing.operation is Operation.SEND or not _is_id(target) or asks(screen):
            return await self._say(chat, screen, outgoing.remove_keyboard)
        if outgoing.remove_keyboard:
            await self._remove_keyboard(chat)
        return await self._edit(chat, screen, str(target))

    async def _say(self, chat: int, screen: Screen, remove_keyboard: bool) -> str:
        params = message_params(screen)
        if remove_keyboard and not asks(screen):
            if "reply_markup" in params:
                await self._remove_keyboard(chat)
            else:
                params["reply_markup"] = REMOVE_KEYBOARD
        return await self._post(chat, params)

    async def _show_place(self, chat: int, pin: Pin, remove_keyboard: bool) -> str:
        params = venue_params(pin)
        if remove_keyboard:
            params["reply_markup"] = REMOVE_KEYBOARD
        return await self._post(chat, params, "sendVenue")

    async def _post(self, chat: int, params: Params, method: str = "sendMessage") -> str:
        params["chat_id"] = chat
        sent = await self._api.call(method, params)
        return str(sent["message_id"])

    async def _edit(self, chat: int, screen: Screen, target: str) -> str:
        params = message_params(screen)
        try:
            await self._api.call("editMessageText", {**params, "chat_id": chat, "message_id": int(target)})
        except Refused as refusal:
            if refusal.says(_SAME):
                return target
            if refusal.code == 400 and refusal.says(*_NOT_EDITABLE):
                return await self._post(chat, params)
            raise
        return target

    async def _delete(self, chat: int, target: str | None) -> None:
        """What is too old or gone is left: nothing that waiting would mend."""
        if not _is_id(target):
            return
        try:
            await self._api.call("deleteMessage", {"chat_id": chat, "message_id": int(str(target))})
        except Refused as refusal:
            if refusal.code != 400:
                raise

    async def _remove_keyboard(self, chat: int) -> None:
        """Take the keyboard away by a passing message: the markup of the screen is its buttons."""
        params: Params = {"text": _PASSING, "reply_markup": REMOVE_KEYBOARD, "disable_notification": True}
        await self._delete(chat, await self._post(chat, params))


def _is_id(target: str | None) -> bool:
    return target is not None and target.isascii() and target.isdigit()
