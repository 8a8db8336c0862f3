"""The vault: what is sealed opens only in its place, and only with a key of the ring."""

import pytest

from storage.keyring import Keyring, KeyringInvalid
from storage.vault import KeyUnknown, SealBroken, Vault, is_sealed

OLD, NEW = "1:the old secret of the tests", "2:the new secret of the tests"


def vault(secret: str = OLD) -> Vault:
    return Vault(Keyring.from_secret(secret))


def test_what_is_sealed_opens_in_its_place() -> None:
    sealed = vault().seal("parent", 7, "surname", "Әліұлы")

    assert vault().open("parent", 7, "surname", sealed) == "Әліұлы"


def test_the_same_text_is_never_sealed_alike() -> None:
    assert vault().seal("parent", 7, "name", "a") != vault().seal("parent", 7, "name", "a")


def test_nothing_of_the_text_is_seen_in_what_is_sealed() -> None:
    sealed = vault().seal("phone", 7, "phone", "+77015550101")

    assert b"7015550101" not in sealed


@pytest.mark.parametrize(
    ("table", "row_id", "field"),
    [("child", 7, "name"), ("parent", 8, "name"), ("parent", 7, "surname")],
    ids=["other table", "other row", "other field"],
)
def test_what_is_sealed_does_not_open_elsewhere(table: str, row_id: int, field: str) -> None:
    sealed = vault().seal("parent", 7, "name", "a")

    with pytest.raises(SealBroken) as refused:
        vault().open(table, row_id, field, sealed)

    assert (refused.value.table, refused.value.row_id, refused.value.field) == (table, row_id, field)


@pytest.mark.parametrize("cut", [0, 1, 10, 20, -1])
def test_what_was_cut_does_not_open(cut: int) -> None:
    sealed = vault().seal("parent", 7, "name", "a")

    with pytest.raises(SealBroken):
        vault().open("parent", 7, "name", sealed[:cut])


def test_what_was_changed_in_any_byte_after_the_key_id_does_not_open() -> None:
    sealed = vault().seal("parent", 7, "name", "a")

    for position in range(3, len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(SealBroken):
            vault().open("parent", 7, "name", bytes(changed))


def test_an_old_key_on_the_ring_still_opens() -> None:
    sealed = vault(OLD).seal("parent", 7, "name", "a")

    assert vault(f"{NEW},{OLD}").open("parent", 7, "name", sealed) == "a"


def test_the_first_key_of_the_ring_seals() -> None:
    both = vault(f"{NEW},{OLD}")
    sealed = both.seal("parent", 7, "name", "a")

    assert vault(NEW).open("parent", 7, "name", sealed) == "a"
    assert both.is_newest(sealed)
    assert not both.is_newest(vault(OLD).seal("parent", 7, "name", "a"))


def test_a_key_that_was_taken_off_the_ring_opens_nothing() -> None:
    sealed = vault(OLD).seal("parent", 7, "name", "a")

    with pytest.raises(KeyUnknown) as refused:
        vault(NEW).open("parent", 7, "name", sealed)

    assert refused.value.key_id == "1"


def test_a_secret_without_an_id_is_the_first_key() -> None:
    sealed = vault("the old secret of the tests").seal("parent", 7, "name", "a")

    assert vault(f"{NEW},{OLD}").open("parent", 7, "name", sealed) == "a"


def test_a_blind_index_is_the_same_for_the_same_value_alone() -> None:
    index = vault().blind("iin", "a value")

    assert index == vault().blind("iin", "a value")
    assert index != vault().blind("iin", "another value")
    assert index != vault().blind("phone", "a value")
    assert index != vault(NEW).blind("iin", "a value")


def test_a_value_is_searched_for_under_every_key() -> None:
    both = vault(f"{NEW},{OLD}")

    assert both.blinds("iin", "x") == (vault(NEW).blind("iin", "x"), vault(OLD).blind("iin", "x"))
    assert both.blind("iin", "x") == vault(NEW).blind("iin", "x")


def test_what_is_sealed_is_told_from_text() -> None:
    assert is_sealed(vault().seal_bytes("conversation", 1, "session", b""))
    assert not is_sealed(b'{"form": null, "wanted": null}')
    assert not is_sealed("Әдемі сөздер, ұзын мәтін".encode())


@pytest.mark.parametrize(
    ("secret", "reason", "key_id"),
    [
        ("", "empty", None),
        (" , ", "empty", None),
        ("2:too short", "secret too short", "2"),
        ("too short", "secret too short", "1"),
        ("Not An Id:a secret that is long enough", "key id", None),
        (f"{OLD},1:another secret long enough", "key id twice", "1"),
    ],
)
def test_a_secret_that_is_no_good_is_refused(secret: str, reason: str, key_id: str | None) -> None:
    with pytest.raises(KeyringInvalid) as refused:
        Keyring.from_secret(secret)

    assert (refused.value.reason, refused.value.key_id) == (reason, key_id)
