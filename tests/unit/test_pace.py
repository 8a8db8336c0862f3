"""The pace of a channel: never more than allowed in any second, and not much less."""

from bisect import bisect_left
from itertools import count, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pace import HORIZON, SECOND, TOLERANCE, Asked, Given, Pace, Sent, give

TELEGRAM = Pace(per_second=30, per_second_of_chat=1, burst=10)
START = 1_000_000.0


def most_in_a_second(instants: list[float]) -> int:
    """The most instants that lie in one second, wherever that begins."""
    ordered = sorted(instants)
    return max(bisect_left(ordered, at + 1.0) - place for place, at in enumerate(ordered))


def backlog(pace: Pace, seconds: float) -> list[float]:
    """The instants given to one who always has another chat to write to and asks when it is told to."""
    sent, chats, now, instants = Sent[int](), count(), START, list[float]()
    while now < START + seconds:
        [got] = give(pace, sent, [Asked(next(chats), answer=False)], now)
        if got.at is None:
            now = got.again_at
        else:
            instants.append(got.at)
    return instants


asking = st.tuples(
    st.floats(0, 0.3),  # how long after the one before
    st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=40),
    st.lists(st.floats(0, TOLERANCE), min_size=40, max_size=40),  # how late each is sent
)


@settings(max_examples=60, deadline=None)
@given(st.lists(asking, min_size=5, max_size=40))
def test_no_second_holds_more_than_is_allowed_whoever_asks_for_what_and_however_late_it_is_sent(
    askings: list[tuple[float, list[tuple[int, bool]], list[float]]],
) -> None:
    pace, sent, now = Pace(5, 1, 3), Sent[int](), START
    went: list[float] = []
    to_one_chat: list[float] = []
    for gap, wanted, late in askings:
        now += gap
        asked = [Asked(chat, answer) for chat, answer in wanted]
        for each, got, delay in zip(asked, give(pace, sent, asked, now), late, strict=False):
            if got.at is not None:
                went.append(got.at + delay)
            if got.at is not None and each.chat == 1:
                to_one_chat.append(got.at + delay)

    assert not went or most_in_a_second(went) <= 5
    assert not to_one_chat or most_in_a_second(to_one_chat) <= 3


def test_a_backlog_goes_out_at_95_to_100_percent_of_what_is_allowed() -> None:
    for per_second in (1, 7, 30, 1000):
        instants = backlog(Pace(per_second, 1), seconds=20)

        assert 0.95 * 20 * per_second <= len(instants) <= 20 * per_second + 1


def test_a_backlog_is_spread_evenly_so_that_an_answer_always_comes_soon() -> None:
    instants = backlog(TELEGRAM, seconds=3)

    pauses = [later - earlier for earlier, later in pairwise(instants)]
    assert max(pauses) < 1.1 * SECOND / 30


def test_answers_to_many_people_go_at_once_until_the_second_is_full() -> None:
    asked = [Asked(chat, answer=True) for chat in range(31)]

    given = give(TELEGRAM, Sent(), asked, START)

    assert all(each.at is not None and each.at <= START for each in given[:30])
    assert given[30].at is None


def test_an_answer_in_the_middle_of_a_backlog_waits_for_less_than_a_tenth_of_a_second() -> None:
    sent = Sent[int]()
    give(TELEGRAM, sent, [Asked(chat, answer=False) for chat in range(100)], START)

    [answer] = give(TELEGRAM, sent, [Asked(1000, answer=True)], START)

    assert answer.at is not None
    assert answer.at <= START + HORIZON


def test_somebody_who_presses_quickly_is_answered_at_once_but_a_chat_is_not_flooded() -> None:
    sent = Sent[int]()

    answers = give(TELEGRAM, sent, [Asked(7, answer=True)] * 11, START)
    [news] = give(TELEGRAM, sent, [Asked(7, answer=False)], START)

    assert [each.at is not None for each in answers] == [True] * 10 + [False]
    assert news.at is None
    assert news.again_at > START + 9


def test_what_nobody_waits_for_comes_to_a_chat_once_in_a_second() -> None:
    sent, now, instants = Sent[int](), START, list[float]()
    while len(instants) < 5:
        [got] = give(TELEGRAM, sent, [Asked(7, answer=False)], now)
        if got.at is None:
            now = got.again_at
        else:
            instants.append(got.at)

    pauses = [later - earlier for earlier, later in pairwise(instants)]
    assert all(1.0 + TOLERANCE <= pause <= 1.06 for pause in pauses)


def test_while_the_channel_has_asked_to_wait_nothing_is_given() -> None:
    [held] = give(TELEGRAM, Sent(), [Asked(7, answer=True)], START, held_until=START + 30)
    [after] = give(TELEGRAM, Sent(), [Asked(7, answer=True)], START + 30, held_until=START + 30)

    assert held == Given(None, START + 30 - HORIZON / 2)
    assert after.at == START + 30
