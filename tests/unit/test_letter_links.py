"""The link that ends letters: good for one parent at one address, whatever key of ours signed it."""

import pytest

from bot.channels.mail.links import PATH, LetterLinks

PUBLIC, TO = "https://kezek.example", "ana@pochta.example"
LINKS = LetterLinks("2:the newer secret of ours,1:the older secret of ours", PUBLIC)


def token(links: LetterLinks = LINKS, parent_id: int = 2**62, address: str = TO) -> str:
    return links.to(parent_id, address, "kk").removeprefix(f"{PUBLIC}{PATH}/").removesuffix("?lang=kk")


def test_a_link_tells_whose_letters_it_ends() -> None:
    assert LINKS.parent_in(token()) == 2**62
    assert LINKS.fits(token(), TO)


def test_a_link_to_a_former_address_ends_nothing() -> None:
    assert not LINKS.fits(token(), "new@pochta.example")


def test_a_link_of_the_older_key_is_still_good() -> None:
    assert LINKS.fits(token(LetterLinks("1:the older secret of ours", PUBLIC)), TO)
    assert not LINKS.fits(token(LetterLinks("1:somebody else's secret", PUBLIC)), TO)


def test_a_forged_link_is_none() -> None:
    other = token(parent_id=2**62 + 1)
    forged = other[:12] + token()[12:]

    assert not LINKS.fits(forged, TO)


@pytest.mark.parametrize("said", ["", "x", "ә", "A" * 33, "A" * 34, "A" * 200])
def test_what_is_no_token_names_nobody(said: str) -> None:
    assert LINKS.parent_in(said) is None
    assert not LINKS.fits(said, TO)
