"""A draft that was left for a while: what is no longer good is taken out, and said."""

from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import child_checks, register
from bot.flows.apply.draft import CHILD_KEYS, PARENT_KEYS, entered, forget, rules
from bot.flows.apply.privilege import KEY as PRIVILEGE
from bot.flows.apply.privilege import NONE, by_document
from domain.application import QueueKind
from domain.errors import Refused
from domain.iin import Iin
from storage import territories


def recheck(turn: Turn, draft: Draft) -> str | None:
    """Why something has to be answered anew; None when all is still good."""
    had_phones = draft.get("phones", 0) >= draft.get("needed", 1)
    notes = [*_where(turn, draft), *_who(turn, draft)]
    if had_phones:
        notes += _phones(turn, draft)
    notes += _register(turn, draft)
    if "me" in draft and "child" in draft:
        notes += _child(turn, draft)
    notes += _policy(turn, draft)
    return "\n".join(notes) or None


def _where(turn: Turn, draft: Draft) -> list[str]:
    """The place: a district may have been divided since, or another one was chosen."""
    tree = territories.tree(turn.tx)
    known = {each.id for each in tree}
    if draft.get("t") in known and tree.is_leaf(draft["t"]):
        return []
    chosen_anew = "t" not in draft
    draft["t"] = turn.person.territory_id
    forget(draft, "kind")
    return [] if chosen_anew else [turn.t("The place has changed. Please choose the queue once more.")]


def _who(turn: Turn, draft: Draft) -> list[str]:
    """The account may have signed out since, or belong to somebody else; a shown phone grows old."""
    me = turn.person.parent_id
    if draft.get("me") == me:
        if me is None:
            forget(draft, "phone", "code", "owncode", "barred")
            return []
        entered(turn, draft, me)
        return []
    had_parent = "me" in draft
    forget(draft, *PARENT_KEYS, *CHILD_KEYS, "address")
    if me is not None:
        entered(turn, draft, me)
    return (
        [turn.t("Another parent is signed in now. Please choose the child once more.")] if had_parent else []
    )


def _phones(turn: Turn, draft: Draft) -> list[str]:
    """A phone may be gone since, by undoing, or the place may want one more."""
    if "me" not in draft or draft["phones"] >= draft["needed"]:
        return []
    forget(draft, "phone2", "proof2", "code2")
    return [turn.t("One more phone is needed here.")]


def _register(turn: Turn, draft: Draft) -> list[str]:
    """What the register said long ago may be otherwise by now: privileges, parents, names."""
    now = turn.now
    stale = []
    if "asked_kids" in draft and register.is_stale(_instant(draft["asked_kids"]), now):
        forget(draft, "asked_kids", "kids")
    if "found" in draft and register.is_stale(draft["found"].get("at"), now):
        stale += ["found", "who"]
    if "cfound" in draft and register.is_stale(draft["cfound"].get("at"), now):
        stale += ["cfound", "cwho", "typed"]
    confirmed = {"who", "cwho"} & draft.keys() & set(stale)
    forget(draft, *stale)
    if not confirmed:
        return []
    return [turn.t("The state register was asked a while ago. Please look once more at what it says.")]


def _instant(asked: object) -> str | None:
    """Drafts of before have it as a plain yes."""
    return asked if isinstance(asked, str) else None


def _child(turn: Turn, draft: Draft) -> list[str]:
    """The child may have grown too old, or have got a place in this queue."""
    iin = Iin(draft["child"])
    joins = draft.get("join_only", False)
    try:
        child_checks.require_fit(turn, draft, iin)
    except Refused as refusal:
        forget(draft, *CHILD_KEYS)
        return [turn.book.words(turn.t, refusal), turn.t("Please choose another child.")]
    there = child_checks.there_already(turn, draft, iin) is not None
    if there and not joins:
        draft["join_only"] = True
        return [turn.t("The other parent has applied for this child meanwhile.")]
    if joins and not there:
        forget(draft, "join_only")
    return []


def _policy(turn: Turn, draft: Draft) -> list[str]:
    """The rules of the place may have changed."""
    notes, policy, t = [], rules(turn, draft), turn.t
    if "kind" in draft and draft["kind"] not in {kind.value for kind in QueueKind}:
        forget(draft, "kind")
    if "langs" in draft and not set(draft["langs"]) <= set(policy.languages):
        forget(draft, "langs")
        notes.append(t("The languages of instruction in this place have changed. Please choose anew."))
    offered = {rule.code for rule in by_document(turn, draft)}
    if draft.get(PRIVILEGE, NONE) not in {*offered, NONE}:
        forget(draft, PRIVILEGE, "docs")
        notes.append(t("The privileges in this place have changed. Please look at them anew."))
    return notes
