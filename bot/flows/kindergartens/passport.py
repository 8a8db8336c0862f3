"""The passport of a kindergarten, and its place on the map."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Pin, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.kindergartens.labels import LONGEST_NAME, cut
from bot.flows.kindergartens.passport_words import in_words
from bot.flows.kindergartens.ways import home, passport_of, whole_list
from bot.flows.seats.view import places_of_kindergarten
from domain.local_time import local_date
from storage import free_seats, kindergartens, shown_reviews
from storage.kindergartens import Passport

PICTURES = "/kindergartens/pictures/{file_id}.jpg"
"""Where the web server gives them out."""

_LONGEST_ADDRESS = 200


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The one that a button names."""
    return of(turn, number_in(arguments))


def of(turn: Turn, kindergarten_id: int) -> Screen:
    """The passport of one. Raises Outdated where there is none."""
    found = named(turn, kindergarten_id)
    if found.closed_at is not None:
        return _closed(turn, found)
    t = turn.t
    text = in_words(
        t,
        found,
        free_seats.of_groups(turn.tx, found.id),
        shown_reviews.ratings(turn.tx, [found.id]).get(found.id),
        local_date(turn.now),
    )
    rows: list[Row] = [(Button(t("Free places"), places_of_kindergarten(found.territory_id, found.id)),)]
    rows.append((Button(t("Tell me of new ones"), action("alerthouse", found.id)),))
    if found.point is not None:
        rows.append((Button(t("On the map"), action("housepin", found.id)),))
    rows.append((Button(t("Reviews"), action("housereviews", found.id)),))
    return Screen(
        text,
        title=cut(found.name, LONGEST_NAME),
        rows=(*rows, whole_list(turn), home(turn)),
        picture=_picture(turn, found),
    )


def pin(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Its place on the map, in a message of its own."""
    t, found = turn.t, named(turn, number_in(arguments))
    if found.point is None:
        return of(turn, found.id).with_note(t("Where it is on the map is not known here yet."))
    name, address = cut(found.name, LONGEST_NAME), cut(found.address or "", _LONGEST_ADDRESS)
    place = Pin(*found.point, name, address)
    turn.say(Screen("\n".join(filter(None, (name, address, place.url))), pin=place, fresh=True))
    text = t("This is where it is. Your map can lead you there.")
    return Screen(text, rows=(passport_of(turn, found.id), whole_list(turn), home(turn)))


def named(turn: Turn, kindergarten_id: int) -> Passport:
    """The passport that a button names. Raises Outdated where there is none."""
    found = kindergartens.passport(turn.tx, kindergarten_id)
    if found is None:
        raise Outdated
    return found


def _closed(turn: Turn, found: Passport) -> Screen:
    """There is nothing to be chosen in it any more; what parents said can still be read."""
    t = turn.t
    assert found.closed_at is not None
    text = t("This kindergarten is closed since {date}.", date=t.day(found.closed_at))
    reviews = (Button(t("Reviews"), action("housereviews", found.id)),)
    return Screen(text, title=cut(found.name, LONGEST_NAME), rows=(reviews, whole_list(turn), home(turn)))


def _picture(turn: Turn, found: Passport) -> str | None:
    if found.picture_file_id is None:
        return None
    return turn.book.public_url + PICTURES.format(file_id=found.picture_file_id)
