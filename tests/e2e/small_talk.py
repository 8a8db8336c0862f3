"""A little conversation with every kind of screen, for playing the page without the flows."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.incoming import Incoming, SharedFile
from bot.conversation.reply import Ask, Button, Keys, Pin, Screen
from tests.fakes.web_conversation import words

MENU = Screen(
    "What would you like to do?",
    title="Menu",
    rows=(
        (Button("Check the queue", "check"),),
        (Button("Operator", "operator"), Button("Settings", "phone")),
    ),
)
CHECK = Screen(
    "Type the IIN.",
    title="Check the queue",
    rows=((Button("Back", "menu"),),),
    typing=True,
    hint="12 digits",
    keys=Keys.DIGITS,
)
PHONE = Screen(
    "Type your phone.", title="Phone", rows=((Button("Back", "menu"),),), typing=True, ask=Ask.PHONE
)
PLACE = Screen("Where are you?", title="Place", ask=Ask.LOCATION, ask_label="Share where I am", typing=True)
PAPER = Screen(
    "Send a photo or a PDF of the paper.", title="Paper", rows=((Button("Back", "menu"),),), ask=Ask.FILE
)
OPERATOR = Screen(
    "Call +7 725 334 20 19 or see https://operator.example/help.",
    title="Operator",
    rows=((Button("Write there", url="https://operator.example/"),), (Button("Back", "menu"),)),
)
HERE = Screen(
    "Amina\nTauke khan, 7",
    pin=Pin(43.3012, 68.2611, "<b>Amina</b>", "Tauke khan, 7"),
)
SEEN = Screen("A good one.", title="Amina", picture="https://kezek.example/static/none/mark.svg")
GONE = Screen("No picture.", title="Amina", picture="https://kezek.example/kindergartens/pictures/7.jpg")
LISTED = Screen(
    "1. Amina\n2. Balapan",
    title="Kindergartens",
    rows=((Button("1. Amina", "operator"),), (Button("2. Balapan", "gone"),), (Button("Menu", "menu"),)),
)
SCREENS = {
    "list": LISTED,
    "here": HERE,
    "seen": SEEN,
    "gone": GONE,
    "check": CHECK,
    "operator": OPERATOR,
    "phone": PHONE,
    "place": PLACE,
    "paper": PAPER,
}


def small_talk(incoming: Incoming) -> Sequence[Screen]:
    """The screen that was asked for, a place for an IIN, else the menu."""
    said = words(incoming)
    if said.isdigit() and len(said) == 12:
        return [Screen("Place 391 of 1204")]
    if isinstance(incoming.content, SharedFile):
        return [replace(PAPER, text="Thank you. One more?")]
    if said == "long":
        return [Screen("\n".join(f"line {number}" for number in range(1, 80)))]
    return [SCREENS.get(said, MENU)]
