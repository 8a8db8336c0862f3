"""The form: every step of an application in its order [000, 002, 004], and what comes after the last."""

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Form
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft, FormState
from bot.conversation.turn import Turn
from bot.conversation.understand import go_on
from bot.flows import check, territory
from bot.flows.apply import (
    address,
    child,
    documents,
    entering,
    instruction,
    parent,
    privilege,
    second_phone,
    told,
    where,
    which_queue,
)
from bot.flows.apply.after import joined, registered
from bot.flows.apply.copies import copy_of
from bot.flows.apply.draft import NAME, applies, entered
from bot.flows.apply.recheck import recheck
from bot.flows.apply.review import operator, review
from bot.flows.apply.submit import join, register_application
from domain.errors import AlreadyApplied, SecondParentRefused


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Go on with what was begun, or begin: anew, for another child, or in another place."""
    match arguments:
        case ("elsewhere",):
            return _elsewhere(turn)
        case ("again", _):
            return form.begin(turn, FORM, copy_of(turn, number_in(arguments, 1)))
        case () | ("new",):
            if arguments == () and _begun(turn) is not None:
                return _take_up(turn)
            return form.begin(turn, FORM, _fresh(turn))
        case _:
            raise Outdated


def _fresh(turn: Turn) -> Draft:
    draft: Draft = {"t": turn.person.territory_id}
    if turn.person.parent_id is not None:
        entered(turn, draft, turn.person.parent_id)
    return draft


def _begun(turn: Turn) -> FormState | None:
    session = turn.session
    return next((each for each in (session.form, *session.aside) if each and each.form == NAME), None)


def _take_up(turn: Turn) -> Screen:
    """The draft may lie behind others that were left."""
    begun, session = _begun(turn), turn.session
    session.aside = [each for each in session.aside if each is not begun]
    if session.form is not begun:
        form.put_aside(turn, NAME)
        session.form = begun
    rows: tuple[Row, ...] = ((Button(turn.t("Begin anew"), action(NAME, "new")),),)
    return go_on(turn).with_rows(rows)


def _elsewhere(turn: Turn) -> Screen:
    """Another place is chosen first; then the application goes on there."""
    begun = _begun(turn)
    if begun is not None:
        begun.draft.pop("t", None)
    screen = territory.choose(turn, ())
    turn.session.wanted = action(NAME)
    return screen


def _submitted(turn: Turn, draft: Draft) -> Screen:
    if not applies(draft):
        join(turn, draft)
        return joined(turn, draft)
    try:
        return registered(turn, draft, register_application(turn, draft))
    except AlreadyApplied as late:
        return check.start(turn, ()).with_note(turn.book.words(turn.t, late))


def _done(turn: Turn, draft: Draft) -> Screen:
    try:
        return _submitted(turn, draft)
    except SecondParentRefused as refused:
        # It hangs on somebody else's word: to show the last look at once would only ask the same again.
        turn.session.form = FormState(NAME, form.REVIEW, draft, active=False)
        t = turn.t
        rows: tuple[Row, ...] = (*operator(t, draft), (Button(t("Menu"), action("menu")),))
        return Screen(turn.book.words(t, refused), title=t("Second parent"), rows=rows)


FORM = Form(
    NAME,
    (
        where.QUESTION,
        parent.IIN,
        parent.DOCUMENT,
        parent.BORN,
        entering.PHONE,
        entering.CODE_QUESTION,
        entering.OWN_CODE_QUESTION,
        parent.WHO,
        second_phone.PHONE,
        second_phone.PROOF_QUESTION,
        second_phone.CODE_QUESTION,
        child.IIN,
        child.WHO,
        which_queue.QUESTION,
        address.QUESTION,
        instruction.QUESTION,
        privilege.QUESTION,
        documents.QUESTION,
        told.QUESTION,
        told.MAIL_QUESTION,
        told.MAIL_CODE_QUESTION,
    ),
    _done,
    review=review,
    kept=True,
    recheck=recheck,
    anew=_fresh,
)
