"""When a request to be the second parent can be answered, and when it can be asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import BarredAfterJoining, SecondParentFault, SecondParentRefused
from domain.identity import BARRED, Action, JoinedBy
from domain.joining import (
    ANSWER_WITHIN,
    INVITED_FOR,
    NEW_FOR,
    Joining,
    JoiningState,
    may_ask,
    refuse_for_now,
    refuse_newly_joined,
)

ASKED_AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ENDS_AT = ASKED_AT + ANSWER_WITHIN
ASKED = Joining(1, 2, 3, JoiningState.ASKED, ASKED_AT, ENDS_AT)
INVITED = replace(ASKED, state=JoiningState.INVITED, ends_at=ASKED_AT + INVITED_FOR, decided_by=4)
DECLINED = replace(ASKED, state=JoiningState.DECLINED, decided_by=4, decided_at=ASKED_AT)

around_the_end = pytest.mark.parametrize(
    ("after", "in_time"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)]
)


@around_the_end
def test_the_first_parent_can_answer_for_seven_days(after: timedelta, in_time: bool) -> None:
    assert ASKED.waits(ENDS_AT + after) == in_time
    assert timedelta(days=7) == ENDS_AT - ASKED_AT


@around_the_end
def test_who_was_invited_can_come_for_thirty_days(after: timedelta, in_time: bool) -> None:
    assert INVITED.invites(INVITED.ends_at + after) == in_time


@pytest.mark.parametrize("state", sorted(set(JoiningState) - {JoiningState.ASKED, JoiningState.INVITED}))
def test_what_was_decided_waits_for_nobody(state: JoiningState) -> None:
    decided = replace(ASKED, state=state)

    assert not decided.waits(ASKED_AT)
    assert not decided.invites(ASKED_AT)


@around_the_end
@pytest.mark.parametrize("last", [ASKED, DECLINED], ids=["asked", "declined"])
def test_it_is_asked_again_only_when_the_seven_days_are_over(
    last: Joining, after: timedelta, in_time: bool
) -> None:
    assert may_ask(last, ENDS_AT + after) != in_time


@pytest.mark.parametrize("state", [JoiningState.AGREED, JoiningState.TAKEN_BACK, JoiningState.LAPSED])
def test_what_came_to_nothing_otherwise_is_no_bar(state: JoiningState) -> None:
    assert may_ask(replace(ASKED, state=state), ASKED_AT)
    assert may_ask(None, ASKED_AT)


def test_the_newcomer_is_told_which_of_the_two_it_is() -> None:
    assert refuse_for_now(ASKED) == SecondParentRefused(SecondParentFault.NOT_AGREED, ENDS_AT)
    assert refuse_for_now(DECLINED) == SecondParentRefused(SecondParentFault.DECLINED, ENDS_AT)


@pytest.mark.parametrize("action", sorted(BARRED))
@around_the_end
def test_whom_the_register_joined_takes_nothing_away_for_72_hours(
    after: timedelta, in_time: bool, action: Action
) -> None:
    until, before = ASKED_AT + NEW_FOR, [ASKED_AT - SECOND]
    assert timedelta(hours=72) == NEW_FOR
    if not in_time:
        refuse_newly_joined(action, JoinedBy.REGISTER, ASKED_AT, before, until + after)
        return
    with pytest.raises(BarredAfterJoining) as caught:
        refuse_newly_joined(action, JoinedBy.REGISTER, ASKED_AT, before, until + after)
    assert caught.value == BarredAfterJoining(until)


@pytest.mark.parametrize(
    ("action", "by", "others"),
    [
        (Action.TAKE_SEAT, JoinedBy.REGISTER, [ASKED_AT - SECOND]),
        (Action.WITHDRAW, JoinedBy.FIRST_PARENT, [ASKED_AT - SECOND]),
        (Action.WITHDRAW, JoinedBy.AS_FIRST, [ASKED_AT + SECOND]),
        (Action.WITHDRAW, JoinedBy.REGISTER, [ASKED_AT + SECOND]),
        (Action.WITHDRAW, JoinedBy.REGISTER, []),
    ],
)
def test_nobody_else_is_kept_from_it(action: Action, by: JoinedBy, others: list[datetime]) -> None:
    refuse_newly_joined(action, by, ASKED_AT, others, ASKED_AT)
