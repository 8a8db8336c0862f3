"""A form of the tests' own that asks for a document, and a house that knows it."""

from dataclasses import replace

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.conversations import Conversations
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, ErrandDone, SharedFile
from bot.conversation.reply import Ask, Button, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.file_faults import fault_words
from bot.uploads.request import FILE, ask_for_look, write_down
from bot.uploads.verdict import Unfit
from tests.conversation.house import House
from tests.conversation.measuring import the_book

LOOKING, ASKING, THANKS, FETCH = "I am looking at it.", "Please send the paper.", "Thank you.", "Fetch it"


def ask_paper(_turn: Turn, _draft: Draft) -> Screen:
    return Screen(ASKING, ask=Ask.FILE)


def read_paper(turn: Turn, _draft: Draft, content: Content) -> int:
    match content:
        case SharedFile():
            ask_for_look(turn, content, "document")
            raise Again(Screen(LOOKING, ask=Ask.FILE, fresh=True))
        case ErrandDone(answer=None, failure=failure):
            raise Again(Screen(fault_words(turn.t, failure), ask=Ask.FILE))
        case ErrandDone(answer=dict() as answer):
            try:
                return write_down(turn.tx, answer, "document")
            except Unfit as unfit:
                raise Again(Screen(fault_words(turn.t, unfit.fault), ask=Ask.FILE)) from None
    raise Again(ask_paper(turn, {}))


def done(turn: Turn, draft: Draft) -> Screen:
    link = Button(FETCH, url=turn.book.file_link(draft["paper"], turn.t.language))
    return Screen(THANKS, rows=((link,),), sensitivity=Sensitivity.PERSONAL)


PAPERS = Form("papers", (Question("paper", ask_paper, read_paper, errands=frozenset({FILE})),), done)


def knows_papers(house: House) -> None:
    """From now on /papers begins the form."""
    book = the_book()
    house.conversations = Conversations(
        house.database,
        replace(
            book,
            actions={**book.actions, "papers": lambda turn, _: form.begin(turn, PAPERS)},
            forms={**book.forms, "papers": PAPERS},
            commands={**book.commands, "papers": action("papers")},
            file_link=house.links.to,
        ),
        house.delivery,
        lambda outcome, seconds: None,
    )
    house.conversations.errands = house.errands
