"""What buttons may name here. All of it is the signed-in parent's alone."""

from collections.abc import Mapping

from bot.conversation.book import Handler
from bot.flows.mine import (
    age_group,
    archive,
    moves,
    one,
    overview,
    pausing,
    place,
    privilege_drop,
    privileges,
    restoring,
    withdrawing,
)

ACTIONS: Mapping[str, Handler] = {
    "my": overview.show,
    "own": one.show,
    "more": one.more,
    "why": place.why,
    "around": place.around,
    "moves": moves.show,
    "agegroup": age_group.show,
    "pause": pausing.pause,
    "goon": pausing.take_part,
    "wanted": pausing.wanted,
    "withdraw": withdrawing.withdraw,
    "archive": archive.show,
    "restore": restoring.restore,
    "privileges": privileges.show,
    "privilege": privileges.one,
    "privdrop": privilege_drop.drop,
    "privobject": privileges.object_to_loss,
}
