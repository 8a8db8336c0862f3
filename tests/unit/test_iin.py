"""The IIN: what it says, and each way of being wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IinBadCentury, IinBadCheckDigit, IinBadDate, IinMalformed
from domain.iin import Iin, Sex, make_iin

# Made-up numbers; the check digits were worked out by hand from the rule.
GIRL_OF_2017 = "171009600014"
CHECKED_BY_SECOND_WEIGHTS = "171009600502"

BIRTH_DATES = st.dates(date(1800, 1, 1), date(2099, 12, 31))
IINS = st.builds(make_iin, BIRTH_DATES, st.sampled_from(Sex), st.integers(0, 9999)).filter(bool)


def with_check_digit(first_eleven: str) -> str | None:
    """The rule once more, written the long way round."""
    for shift in (0, 2):
        total = 0
        for position in range(11):
            weight = (position + shift) % 11 + 1
            total += weight * int(first_eleven[position])
        if total % 11 < 10:
            return f"{first_eleven}{total % 11}"
    return None


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    iin = Iin.parse(GIRL_OF_2017)

    assert iin.birth_date == date(2017, 10, 9)
    assert iin.sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("century_digit", "birth_date", "sex"),
    [
        (1, date(1891, 3, 14), Sex.MALE),
        (2, date(1891, 3, 14), Sex.FEMALE),
        (3, date(1991, 3, 14), Sex.MALE),
        (4, date(1991, 3, 14), Sex.FEMALE),
        (5, date(2091, 3, 14), Sex.MALE),
        (6, date(2091, 3, 14), Sex.FEMALE),
    ],
)
def test_seventh_digit_tells_century_and_sex(century_digit: int, birth_date: date, sex: Sex) -> None:
    digits = with_check_digit(f"910314{century_digit}0001")
    assert digits is not None

    iin = Iin(digits)

    assert (iin.birth_date, iin.sex) == (birth_date, sex)


@pytest.mark.parametrize(
    "typed",
    [
        "171009 600014",
        "  171009600014\n",
        "171009-600-014",
        "17\N{NO-BREAK SPACE}1009\N{EN DASH}6000\N{MINUS SIGN}14",
    ],
)
def test_spaces_and_dashes_are_dropped(typed: str) -> None:
    assert Iin.parse(typed) == Iin(GIRL_OF_2017)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", IinMalformed(length=0, only_digits=False)),
        ("17100960001", IinMalformed(length=11, only_digits=True)),
        ("1710096000145", IinMalformed(length=13, only_digits=True)),
        ("17100960001O", IinMalformed(length=12, only_digits=False)),
        ("171009.600014", IinMalformed(length=13, only_digits=False)),
        ("١٧١٠٠٩٦٠٠٠١٤", IinMalformed(length=12, only_digits=False)),
        ("17100960001²", IinMalformed(length=12, only_digits=False)),
        ("👶" * 12, IinMalformed(length=12, only_digits=False)),
        ("9" * 4096, IinMalformed(length=4096, only_digits=True)),
        ("171009000014", IinBadCentury(0)),
        ("171009700014", IinBadCentury(7)),
        ("171309600014", IinBadDate()),
        ("170229600015", IinBadDate()),
        ("171009600015", IinBadCheckDigit()),
        ("171009600104", IinBadCheckDigit()),
    ],
)
def test_each_way_of_being_wrong_has_its_own_refusal(typed: str, refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as caught:
        Iin.parse(typed)

    assert caught.value == refusal


def test_leap_day_depends_on_the_century() -> None:
    leap = with_check_digit("00022950001")
    ordinary = with_check_digit("00022930001")
    assert leap is not None
    assert ordinary is not None

    assert Iin(leap).birth_date == date(2000, 2, 29)
    with pytest.raises(IinBadDate):
        Iin(ordinary)


def test_second_weights_decide_when_the_first_leave_ten() -> None:
    assert Iin(CHECKED_BY_SECOND_WEIGHTS).birth_date == date(2017, 10, 9)


def test_a_number_that_leaves_ten_twice_is_never_valid() -> None:
    without = [
        f"1710096{serial:04}" for serial in range(10_000) if with_check_digit(f"1710096{serial:04}") is None
    ]
    assert without

    for first_eleven in without:
        assert make_iin(date(2017, 10, 9), Sex.FEMALE, int(first_eleven[7:])) is None
        for digit in range(10):
            with pytest.raises(IinBadCheckDigit):
                Iin(f"{first_eleven}{digit}")


def test_no_way_of_showing_an_iin_gives_it_away() -> None:
    iin = Iin(GIRL_OF_2017)

    assert repr(iin) == "Iin(••••••••0014)"
    assert f"{iin}" == "••••••••0014"


@pytest.mark.parametrize("year", [1799, 2100])
def test_years_that_no_iin_can_write_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        make_iin(date(year, 1, 1), Sex.MALE, 1)


@given(BIRTH_DATES, st.sampled_from(Sex), st.integers(0, 9999))
def test_what_is_made_reads_back(birth_date: date, sex: Sex, serial: int) -> None:
    iin = make_iin(birth_date, sex, serial)

    if iin is not None:
        assert (iin.birth_date, iin.sex, int(iin.digits[7:11])) == (birth_date, sex, serial)
        assert iin.digits == with_check_digit(iin.digits[:11])


# The weight of the eleventh digit is 11: a slip there is seen by the second weights alone.
@given(IINS, st.sampled_from([*range(10), 11]), st.integers(1, 9))
def test_one_mistyped_digit_never_passes_the_first_weights(iin: Iin, position: int, change: int) -> None:
    total = sum(weight * int(digit) for weight, digit in enumerate(iin.digits[:11], start=1))
    digit = (int(iin.digits[position]) + change) % 10
    mistyped = f"{iin.digits[:position]}{digit}{iin.digits[position + 1 :]}"
    mistyped_total = sum(w * int(digit) for w, digit in enumerate(mistyped[:11], start=1))

    # A slip can go unseen where the second weights step in on either side.
    if total % 11 < 10 and mistyped_total % 11 < 10:
        with pytest.raises((IinBadCentury, IinBadDate, IinBadCheckDigit)):
            Iin(mistyped)


@given(st.text(max_size=40))
def test_any_text_is_an_iin_or_refused_for_a_reason(text: str) -> None:
    try:
        iin = Iin.parse(text)
    except (IinMalformed, IinBadCentury, IinBadDate, IinBadCheckDigit):
        return

    assert len(iin.digits) == 12
