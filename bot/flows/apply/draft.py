"""What a draft of an application holds beside its answers, and how it is kept true.

`t` the territory; `me` the parent, once entered; `named`, `phones`, `needed` what is known of the parent:
whether there is a name, how many confirmed phones, how many are wanted.
"""

from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from domain.errors import NoPolicyInForce
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.phone_confirmation import refuse_missing_phones
from domain.policy import Policy
from storage import people, policies, unneeded_files

NAME = "apply"
NO_IIN = "none"
"""The answer of a parent who has no IIN."""

CHILD_KEYS = (
    *("child", "cwho", "cfound", "typed", "which", "join_only", "unjoined"),
    *("priv", "docs", "pages", "looking", "hurried", "refused_pages"),
)
"""What belongs to the child and goes with it."""

PAGE_KEYS = ("docs", "pages", "looking", "hurried")
"""What belongs to the documents of a privilege."""

PARENT_KEYS = (
    *("me", "parent", "doc", "born", "phone", "code", "owncode", "who", "found", "phone2"),
    *("proof2", "code2"),
    *("barred", "claimed", "named", "phones", "kids", "asked_kids"),
)
"""What belongs to the parent and goes with that one."""


def rules(turn: Turn, draft: Draft) -> Policy:
    """The rules in force where the application is for; the usual ones where nobody made any."""
    try:
        return policies.in_force(turn.tx, draft["t"], turn.now)
    except NoPolicyInForce:
        return Policy()


def parent_key(turn: Turn, draft: Draft) -> Iin | IdentityDocument:
    """By what the parent is known: the IIN, or the number of a document."""
    if "me" in draft:
        return people.key_of_parent(turn.tx, draft["me"])
    if draft["parent"] == NO_IIN:
        return IdentityDocument.parse(draft["doc"])
    return Iin.parse(draft["parent"])


def entered(turn: Turn, draft: Draft, parent_id: int) -> None:
    """The person is this parent from here on."""
    draft["me"] = parent_id
    look_at_parent(turn, draft)


def look_at_parent(turn: Turn, draft: Draft) -> None:
    """Take down what is known of the parent now: a name, confirmed phones."""
    parent_id = draft["me"]
    draft["named"] = "surname" in people.words_of_parent(turn.tx, parent_id)
    draft["phones"] = len(people.confirmed_phones(turn.tx, parent_id))
    draft["needed"] = rules(turn, draft).confirmed_phones


def require_phones(turn: Turn, draft: Draft) -> None:
    """The parent has as many confirmed phones as the place wants. Raises PhonesMissing."""
    confirmed = people.confirmed_phones(turn.tx, draft["me"])
    refuse_missing_phones(confirmed, confirmed, rules(turn, draft).confirmed_phones)


def applies(draft: Draft) -> bool:
    """It is an application, and not only a wish to follow that of the other parent."""
    return not draft.get("join_only")


def forget(draft: Draft, *keys: str) -> None:
    """Take answers out: they are asked again."""
    for key in keys:
        draft.pop(key, None)


def drop_pages(turn: Turn, draft: Draft) -> None:
    """The pages are not wanted: they are deleted, but for those that an application sent elsewhere has."""
    unneeded_files.mark_dropped(turn.tx, {*draft.get("pages", ()), *draft.get("docs", ())})
    forget(draft, *PAGE_KEYS)
