"""The methods of the Bot API that a bot like ours calls, on the chats of the fake server."""

from collections.abc import Callable
from typing import Any

from tests.fakes import bot_api_rules as rules
from tests.fakes.bot_api_chat import Chat, Kept
from tests.fakes.bot_api_files import SentFiles
from tests.fakes.bot_api_rules import Json, Refusal, bad_request

BOT: Json = {"id": 700, "is_bot": True, "first_name": "Kezek", "username": "kezek_test_bot"}


class Methods:
    """Carries out methods at once (all but getUpdates and the webhook's, which wait for something).

    `commands`, `descriptions`, `short_descriptions` and `names` hold what was set, by language code.
    """

    def __init__(self, new_message_id: Callable[[], int], now: Callable[[], int]) -> None:
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Chat] = {}
        self.commands: dict[str, list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.menu_button: Json | None = None
        self.files = SentFiles()
        self._new_message_id = new_message_id
        self._now = now
        self._table: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda params: BOT,
            "getFile": self.files.get_file,
            "sendMessage": self._send_message,
            "sendVenue": self._send_venue,
            "editMessageText": self._edit_message_text,
            "deleteMessage": self._delete_message,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": self._set_my_commands,
            "deleteMyCommands": self._delete_my_commands,
            "setMyDescription": self._set_my_description,
            "setMyShortDescription": self._set_my_short_description,
            "setChatMenuButton": self._set_chat_menu_button,
        }

    def carry_out(self, method: str, params: Json) -> Any:
        """The result of a method. Raises Refusal."""
        if method not in self._table:
            raise Refusal(404, "Not Found: method not found")
        rules.check_parameters(method, params)
        return self._table[method](params)

    def _chat(self, params: Json) -> Chat:
        try:
            chat = self.chats.get(int(params.get("chat_id", "")))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def _send_message(self, params: Json) -> Json:
        chat = self._chat(params)
        text = rules.check_text(params)
        entities = rules.check_entities(text, params.get("entities"))
        markup = rules.check_markup(params.get("reply_markup"))
        message = Kept(self._new_message_id(), True, self._now(), text.rstrip(), entities, markup)
        message.preview = rules.check_preview(params.get("link_preview_options"))
        chat.show(message)
        return chat.describe(message, BOT)

    def _send_venue(self, params: Json) -> Json:
        chat = self._chat(params)
        venue = rules.check_venue(params)
        markup = rules.check_markup(params.get("reply_markup"))
        message = Kept(self._new_message_id(), True, self._now(), markup=markup, venue=venue)
        chat.show(message)
        return chat.describe(message, BOT)

    def _edit_message_text(self, params: Json) -> Json:
        chat = self._chat(params)
        text = rules.check_text(params).rstrip()
        entities = rules.check_entities(text, params.get("entities"))
        markup = rules.check_markup(params.get("reply_markup"), inline_only=True)
        message = chat.find(int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
            raise bad_request("message can't be edited")
        if (message.text, message.entities, message.markup) == (text, entities, markup):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        message.text, message.entities, message.markup, message.edited = text, entities, markup, True
        message.preview = rules.check_preview(params.get("link_preview_options"))
        chat.answered()
        return chat.describe(message, BOT)

    def _delete_message(self, params: Json) -> bool:
        chat = self._chat(params)
        message = chat.find(int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to delete not found")
        chat.kept.remove(message)
        chat.changed()
        return True

    def _answer_callback_query(self, params: Json) -> bool:
        query = str(params.get("callback_query_id", ""))
        text = params.get("text")
        if text is not None and len(text) > rules.TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        if query not in self.callbacks:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.callbacks[query].settle_press(query, text)
        return True

    def _set_my_commands(self, params: Json) -> bool:
        self.commands[rules.check_language(params)] = rules.check_commands(params)
        return True

    def _delete_my_commands(self, params: Json) -> bool:
        self.commands.pop(rules.check_language(params), None)
        return True

    def _set_my_description(self, params: Json) -> bool:
        self.descriptions[rules.check_language(params)] = _limited(params.get("description") or "", 512)
        return True

    def _set_my_short_description(self, params: Json) -> bool:
        text = _limited(params.get("short_description") or "", 120)
        self.short_descriptions[rules.check_language(params)] = text
        return True

    def _set_chat_menu_button(self, params: Json) -> bool:
        self.menu_button = params.get("menu_button")
        return True


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise bad_request("description is too long")
    return text
