"""Hashing and comparing passwords."""

from argon2 import PasswordHasher

from bot.ports.password_errand import PasswordErrand

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD, OTHER = "алма-ағаш 1", "алма-ағаш 2"


def runner() -> PasswordErrand:
    return PasswordErrand(QUICK)


async def test_a_password_is_right_for_its_own_hash_alone() -> None:
    hashed = (await runner().run({"do": "hash", "password": PASSWORD}))["hash"]

    right = await runner().run({"do": "compare", "password": PASSWORD, "hash": hashed})
    wrong = await runner().run({"do": "compare", "password": OTHER, "hash": hashed})

    assert right == {"right_for": hashed}
    assert wrong == {"right_for": None}


async def test_nothing_is_right_where_there_is_no_password() -> None:
    for password in ("", PASSWORD):
        answer = await runner().run({"do": "compare", "password": password, "hash": None})

        assert answer == {"right_for": None}


async def test_nothing_is_right_for_what_is_no_hash() -> None:
    answer = await runner().run({"do": "compare", "password": PASSWORD, "hash": "not a hash"})

    assert answer == {"right_for": None}


async def test_the_present_password_is_found_out_when_a_new_one_is_hashed() -> None:
    before = QUICK.hash(PASSWORD)

    same = await runner().run({"do": "hash", "password": PASSWORD, "before": before})
    other = await runner().run({"do": "hash", "password": OTHER, "before": before})

    assert same == {"same": True}
    assert QUICK.verify(other["hash"], OTHER)


async def test_two_hashes_of_one_password_are_not_alike() -> None:
    hashes = {(await runner().run({"do": "hash", "password": PASSWORD}))["hash"] for _ in range(3)}

    assert len(hashes) == 3
