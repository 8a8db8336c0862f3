"""Telephone numbers as people type them and messengers give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import PhoneMalformed, PhoneNotMobile
from domain.phone import Phone

NUMBER = "+77015550101"


@pytest.mark.parametrize(
    "typed",
    [
        "+77015550101",
        "87015550101",
        "77015550101",
        "7015550101",
        "8 701 555 01 01",
        "+7 701 555-01-01",
        "  8-701-555-01-01\n",
        "+7\N{NO-BREAK SPACE}701\N{EN DASH}5550101",
    ],
)
def test_every_way_of_writing_a_number_is_one_number(typed: str) -> None:
    assert Phone.parse(typed) == Phone(NUMBER)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", PhoneMalformed(length=0, only_digits=False)),
        ("+", PhoneMalformed(length=0, only_digits=False)),
        ("8701555010", PhoneMalformed(length=10, only_digits=True)),
        ("870155501011", PhoneMalformed(length=12, only_digits=True)),
        ("8701555010x", PhoneMalformed(length=11, only_digits=False)),
        ("+7 (701) 555 01 01", PhoneMalformed(length=13, only_digits=False)),
        ("++77015550101", PhoneMalformed(length=12, only_digits=False)),
        ("٨٧٠١٥٥٥٠١٠١", PhoneMalformed(length=11, only_digits=False)),
        ("112", PhoneMalformed(length=3, only_digits=True)),
        ("7" * 4096, PhoneMalformed(length=4096, only_digits=True)),
        ("8 7172 55 55 55", PhoneNotMobile(of_kazakhstan=True)),
        ("+7 912 345 67 89", PhoneNotMobile(of_kazakhstan=False)),
    ],
)
def test_each_way_of_being_wrong_has_its_own_refusal(typed: str, refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as caught:
        Phone.parse(typed)

    assert caught.value == refusal


@pytest.mark.parametrize("e164", ["87015550101", "+7701555010", "+770155501011", "7701555010a"])
def test_a_number_is_kept_only_in_one_form(e164: str) -> None:
    with pytest.raises(PhoneMalformed):
        Phone(e164)


def test_no_way_of_showing_a_number_gives_it_away() -> None:
    phone = Phone(NUMBER)

    assert repr(phone) == "Phone(+7••••••••01)"
    assert f"{phone}" == "+7••••••••01"


@given(st.text(max_size=40))
def test_any_text_is_a_phone_or_refused_for_a_reason(text: str) -> None:
    try:
        phone = Phone.parse(text)
    except (PhoneMalformed, PhoneNotMobile):
        return

    assert Phone.parse(phone.e164) == phone
