"""An alert narrowed to the kindergartens within reach of a place that is shared once.

The place itself is not kept: it is most likely somebody's home.
"""

from bot.conversation.actions import Outdated, action
from bot.conversation.form import Again, Form, Question, not_by_itself
from bot.conversation.incoming import Content, SharedLocation
from bot.conversation.reply import Ask, Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.alerts.words import described
from bot.flows.mine.own import me
from domain.alerts import NEAR_METRES
from domain.distance import metres_between
from storage import alerts, kindergartens

NAME, WHICH = "alertnear", "which"
KM = NEAR_METRES // 1000
_HOUSES = "houses"
_MOST = 200
"""No more kindergartens than these are within reach of anywhere."""


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Share your location: the alert is then only for kindergartens within {km} km of it. The location "
        "itself is not kept.",
        km=KM,
    )
    return Screen(text, title=t("Alert"), ask=Ask.LOCATION, ask_label=t("Share my location"), typing=True)


def _read(turn: Turn, draft: Draft, content: Content) -> list[int]:
    """The ids of those within reach."""
    kept = alerts.find(turn.tx, me(turn), draft[WHICH])
    if kept is None:
        raise Outdated
    if not isinstance(content, SharedLocation):
        raise Again(_ask(turn, draft).with_note(turn.t("Please share a location.")))
    start = (content.latitude, content.longitude)
    around = kindergartens.nearest(turn.tx, kept.alert.territory_id, *start, _MOST)
    near = [
        each.id
        for each in around
        if each.point is not None and metres_between(*start, *each.point) <= NEAR_METRES
    ]
    if not near:
        note = turn.t("No kindergarten is known within {km} km of there. The alert stays as it was.", km=KM)
        raise Again(_ask(turn, draft).with_note(note))
    return near


def _done(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    alerts.set_houses(turn.tx, draft[WHICH], draft[_HOUSES])
    kept = alerts.find(turn.tx, me(turn), draft[WHICH])
    if kept is None:
        raise Outdated
    rows: tuple[Row, ...] = (
        (Button(t("My alerts"), action("alerts")),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(described(turn, kept.alert), title=t("Alert"), rows=rows).with_note(t("Saved."))


FORM = Form(
    NAME, (Question(_HOUSES, _ask, _read, sensitivity=Sensitivity.PERSONAL),), _done, anew=not_by_itself
)
