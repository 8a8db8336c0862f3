"""Who writes in the web chat: the cookie."""

import pytest

from tests.fakes.web_site import running_site


async def test_the_page_itself_gives_no_cookie() -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/chat/") as answer,
    ):
        assert dict(answer.cookies) == {}


async def test_a_device_gets_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    async with (
        running_site(public_url="https://kezek.example") as site,
        site.visitor() as visitor,
        visitor.http.post(f"{site.url}/chat/device", headers={"Origin": "https://kezek.example"}) as answer,
    ):
        cookie = answer.cookies["kezek_device"]

    assert answer.status == 204
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["max-age"]) == ("/chat/", "34560000")


async def test_a_device_that_comes_again_is_the_same() -> None:
    async with running_site() as site, site.visitor() as visitor:
        assert await visitor.is_recognised() == await visitor.is_recognised()


async def test_two_devices_are_two_chats() -> None:
    async with running_site() as site, site.visitor() as one, site.visitor() as other:
        assert await one.is_recognised() != await other.is_recognised()


@pytest.mark.parametrize("forged", ["", "x", "{name}", "{name}.", "{name}.00", "{name}.ң"])
async def test_a_forged_cookie_makes_nobody_somebody_else(forged: str) -> None:
    async with running_site() as site, site.visitor() as victim, site.visitor() as forger:
        name = await victim.is_recognised()
        cookie = forged.format(name=name).encode().decode("latin-1")

        headers = {"Origin": site.url, "Cookie": f"kezek_device={cookie}"}
        async with forger.http.post(f"{site.url}/chat/device", headers=headers) as answer:
            given = answer.cookies["kezek_device"].value.partition(".")[0]

        assert given != name


async def test_a_cookie_of_another_key_is_not_known() -> None:
    async with (
        running_site() as site,
        running_site(secret_key="another secret key of the tests") as other,
        site.visitor() as visitor,
    ):
        name = await visitor.is_recognised()
        visitor.url = other.url

        assert await visitor.is_recognised() != name


async def test_a_device_can_be_forgotten() -> None:
    async with running_site() as site, site.visitor() as visitor:
        name = await visitor.is_recognised()

        await visitor.http.post(f"{site.url}/chat/forget", headers={"Origin": site.url})

        assert await visitor.is_recognised() != name


@pytest.mark.parametrize("path", ["device", "forget"])
async def test_another_site_can_neither_give_nor_take_the_cookie(path: str) -> None:
    async with running_site() as site, site.visitor() as visitor:
        headers = {"Origin": "https://elsewhere.example"}

        async with visitor.http.post(f"{site.url}/chat/{path}", headers=headers) as answer:
            assert answer.status == 403


async def test_an_address_that_knocks_too_often_is_turned_away_for_a_while() -> None:
    async with running_site() as site, site.visitor() as visitor:
        for _ in range(120):
            await visitor.is_recognised()

        async with visitor.http.post(f"{site.url}/chat/device", headers={"Origin": site.url}) as answer:
            assert answer.status == 429
