"""data.json: everything but the conversations, under the names that docs/export.md describes."""

from typing import Any

from bot.exports.files import TALK_DATA, paths_of, photo_path
from bot.exports.gathering import Everything, OneApplication
from bot.exports.plain import head
from bot.flows import notice_words
from bot.flows.journal_words import deed
from bot.texts import Texts
from domain.place_history import Step
from storage import journal
from storage.journal import Entry
from storage.notices import Notice
from storage.sendings import Proof

Data = dict[str, Any]


def data_of(t: Texts, everything: Everything) -> Data:
    """The whole of it."""
    numbers = {each.found.id: each.found.number for each in everything.applications}
    photo = everything.photo
    return {
        **head(everything.made_at, t.language),
        **everything.about,
        "photo": photo_path(photo) if photo is not None else None,
        "applications": [_application(each) for each in everything.applications],
        "alerts": [each.data for each in everything.alerts],
        "notices": [_notice(t, each, numbers, everything.proofs[each.id]) for each in everything.notices],
        "journal": [_entry(t, each, everything.parent_id) for each in everything.journal],
        "conversations": TALK_DATA,
    }


def _application(each: OneApplication) -> Data:
    documents = [
        {
            "kind": sent.document.kind,
            "for_extension": sent.of_extension,
            "state": sent.document.state,
            "content_type": sent.document.content_type,
            "size": sent.document.size,
            "received_at": sent.document.created_at,
            "decided_at": sent.document.decided_at,
            "file": path,
        }
        for sent, path in paths_of(each)
    ]
    return each.kept.data | {
        "documents": documents,
        "claims": [claim.data for claim in each.claims],
        "place_history": [_step(step) for step in each.kept.steps],
        "place_history_whole": each.kept.whole,
    }


def _step(step: Step) -> Data:
    return {
        "at": step.event.at,
        "event": step.event.kind.value,
        "own": step.own,
        "event_class": int(step.event.queue_class),
        "before": step.before,
        "after": step.after,
    }


def _notice(t: Texts, each: Notice, numbers: dict[int, int], proof: Proof) -> Data:
    return {
        "at": each.at,
        "kind": each.kind.value,
        "text": notice_words.in_words(t, each.kind, each.data),
        "application": numbers.get(each.application_id or 0),
        "read_at": each.read_at,
        "sent": [
            {
                "channel": sending.channel,
                "written_at": sending.at,
                "state": sending.state,
                "sent_at": sending.sent_at,
                "delivered_at": sending.delivered_at,
                "read_at": sending.read_at,
            }
            for sending in proof.sendings
        ],
    }


def _entry(t: Texts, each: Entry, parent_id: int) -> Data:
    return {
        "at": each.at,
        "who": who(each, parent_id),
        "what": each.what.value,
        "text": deed(t, each),
        "channel": each.channel,
        "application": each.number,
    }


def who(each: Entry, parent_id: int) -> str:
    """Whose deed it was, in a word: of others there is nothing but what they are."""
    if each.actor == journal.by_parent(parent_id):
        return "you"
    match each.actor.partition(":")[0]:
        case "parent":
            return "the_other_parent"
        case other:
            return other
