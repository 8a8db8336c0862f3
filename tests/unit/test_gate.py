"""The circuit breaker of a channel."""

from datetime import timedelta

from bot.notifiers.gate import FIRST_PAUSE, LONGEST_PAUSE, MOST_FAILURES, Gate, State


class Seconds:
    """A clock that is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += 1.2 * span.total_seconds()  # no pause is longer than that


def broken(clock: Seconds) -> Gate:
    gate = Gate(clock)
    for _ in range(MOST_FAILURES):
        gate.failed()
    return gate


def test_a_channel_is_up_until_it_has_failed_several_times_in_a_row() -> None:
    gate = Gate(Seconds())
    for _ in range(MOST_FAILURES - 1):
        gate.failed()
    before = gate.state

    gate.failed()

    assert (before, gate.state) == (State.UP, State.DOWN)
    assert not gate.begin()


def test_an_answer_in_between_shows_that_it_is_up() -> None:
    gate = Gate(Seconds())
    for _ in range(MOST_FAILURES):
        gate.failed()
        gate.answered()

    assert gate.state is State.UP


def test_after_a_pause_one_message_is_let_through_and_no_other() -> None:
    clock = Seconds()
    gate = broken(clock)
    clock.pass_by(FIRST_PAUSE)

    assert gate.state is State.PROBED
    assert (gate.begin(), gate.begin()) == (True, False)


def test_the_answer_to_that_message_opens_the_gate() -> None:
    clock = Seconds()
    gate = broken(clock)
    clock.pass_by(FIRST_PAUSE)
    gate.begin()

    gate.answered()

    assert gate.state is State.UP


def test_its_failure_shuts_the_gate_for_longer_each_time_but_never_for_long() -> None:
    clock = Seconds()
    gate = broken(clock)
    pause = FIRST_PAUSE
    for _ in range(10):
        clock.pass_by(pause)
        assert gate.begin()
        gate.failed()
        pause = min(2 * pause, LONGEST_PAUSE)
        clock.now += 0.7 * pause.total_seconds()
        assert gate.state is State.DOWN
        clock.now -= 0.7 * pause.total_seconds()

    clock.pass_by(LONGEST_PAUSE)

    assert gate.state is State.PROBED


def test_a_message_that_failed_for_its_own_sake_lets_the_next_one_try() -> None:
    clock = Seconds()
    gate = broken(clock)
    clock.pass_by(FIRST_PAUSE)
    gate.begin()

    gate.undecided()

    assert gate.begin()


def test_a_channel_that_asks_to_wait_is_left_alone_until_then_and_not_probed_after() -> None:
    clock = Seconds()
    gate = Gate(clock)
    gate.hold(timedelta(seconds=30))
    gate.answered()  # to what was on its way

    clock.now += 29.9
    during = gate.state
    clock.now += 0.2

    assert (during, gate.state) == (State.DOWN, State.UP)
