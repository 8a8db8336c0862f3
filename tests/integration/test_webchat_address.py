"""From where a visitor comes, with and without a proxy in front."""

import pytest
from aiohttp import ClientSession

from tests.fakes.web_site import Page, Site, running_site


async def network_address(site: Site, forwarded: str | None) -> str | None:
    """What the conversation is told about where a message came from."""
    headers = {"Origin": site.url} | ({} if forwarded is None else {"X-Forwarded-For": forwarded})
    async with ClientSession() as session:
        async with session.post(f"{site.url}/chat/device", headers=headers) as answer:
            cookie = answer.cookies["kezek_device"].value
        headers["Cookie"] = f"kezek_device={cookie}"
        socket = await session.ws_connect(f"{site.url}/chat/ws", headers=headers)
        page = Page(socket)
        await page.greets()
        await page.says("hello")
        await page.hears("taken")
        await page.leaves()
    return site.conversation.taken[-1].network_address


async def test_without_a_proxy_nobody_can_make_up_an_address() -> None:
    async with running_site() as site:
        assert await network_address(site, "8.8.8.8") == "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("8.8.4.4", "8.8.4.4"),
        ("1.2.3.4, 8.8.4.4", "8.8.4.4"),
        ("8.8.4.4, 10.0.0.3", "8.8.4.4"),
        ("2a02:6b8:1:2::7", "2a02:6b8:1:2::/64"),
        ("nonsense", "127.0.0.1"),
        (None, "127.0.0.1"),
    ],
)
async def test_behind_a_proxy_the_last_address_outside_counts(forwarded: str | None, address: str) -> None:
    async with running_site(public_url="https://kezek.example") as site:
        assert await network_address(site, forwarded) == address
