"""The menu fits the narrowest channel, whatever there is to be gone on with."""

import pytest

from bot.conversation.actions import action
from bot.conversation.limits import WHATSAPP
from bot.conversation.reply import Button
from bot.flows import moved_draft
from tests.conversation.helper_plays import parent_and_helper
from tests.conversation.house import House


async def test_the_way_to_families_gives_room_and_is_found_in_the_settings(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, helper = await parent_and_helper(house, "whatsapp")
    await helper.says("/menu")
    assert helper.t("Families I help") in helper.labels
    draft = (Button(helper.t("Continue my draft"), action("moved")),)
    monkeypatch.setattr(moved_draft, "offered", lambda _turn: (draft,))

    await helper.says("/check")
    await helper.says("/menu")

    assert len(helper.labels) == WHATSAPP.buttons
    assert helper.labels[:2] == helper.named("Go on where I stopped", "Continue my draft")
    await helper.taps("Settings")
    assert helper.t("I help a family") in helper.labels
