"""Links of referrals: for one number, of one of our keys, and not to be forged."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import pytest
from yarl import URL

from bot.papers.referral_links import ReferralLinks

SECRET = "a secret for the tests"
NUMBER = 7_000_000_000_000_000_007
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture
def links() -> ReferralLinks:
    return ReferralLinks(SECRET, "https://kezek.example")


def as_token(raw: bytes) -> str:
    """Bytes as a link carries them."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("number", [1, 1000391, NUMBER, 2**63 - 1])
def test_a_link_leads_to_its_referral(links: ReferralLinks, number: int) -> None:
    link = links.to(number)

    assert link.startswith("https://kezek.example/check/referral/")
    assert links.number_of(URL(link).name) == number


@pytest.mark.parametrize("written", ["{}", " {}\n", "{}?lang=ru", "{}#top"])
@pytest.mark.parametrize("where", ["https://kezek.example", "http://localhost:8080", ""])
def test_a_scanner_may_hand_in_the_whole_link(links: ReferralLinks, where: str, written: str) -> None:
    path = "/check/referral/" + links.token(NUMBER)

    assert links.number_of(written.format(where + path)) == NUMBER


def test_the_token_alone_is_as_good(links: ReferralLinks) -> None:
    assert links.number_of(links.token(NUMBER)) == NUMBER


def test_a_link_is_short_enough_for_a_qr_code_that_is_easily_read(links: ReferralLinks) -> None:
    assert len(links.token(2**63 - 1)) == len(links.token(1)) == 34


def test_no_letter_of_a_token_can_be_changed(links: ReferralLinks) -> None:
    token = links.token(NUMBER)

    for place in range(len(token)):
        for letter in LETTERS:
            changed = token[:place] + letter + token[place + 1 :]
            assert changed == token or links.number_of(changed) is None


def test_no_piece_of_a_token_is_one(links: ReferralLinks) -> None:
    token = links.token(NUMBER)

    assert [links.number_of(token[:length]) for length in range(len(token))] == [None] * len(token)
    assert [links.number_of(token[start:]) for start in range(1, len(token))] == [None] * (len(token) - 1)
    assert links.number_of(token + "A") is None
    assert links.number_of(token + "=") is None


@pytest.mark.parametrize(
    "scanned",
    [
        *("", "x", "=", "ж", "A" * 34, "A" * 33, "%00", "A" * 10_000, "/", "//", "1000391"),
        *("https://kezek.example/check/referral/", "/files/AAAA", "/check/referral/../check"),
    ],
)
def test_what_is_no_link_leads_nowhere(links: ReferralLinks, scanned: str) -> None:
    assert links.number_of(scanned) is None


def test_a_token_of_our_own_behind_another_path_is_none(links: ReferralLinks) -> None:
    assert links.number_of("https://kezek.example/files/" + links.token(NUMBER)) is None


def test_a_link_of_another_secret_leads_nowhere(links: ReferralLinks) -> None:
    stranger = ReferralLinks("another secret for the tests", "https://kezek.example")

    assert links.number_of(stranger.token(NUMBER)) is None


def test_a_token_of_another_version_is_not_read_even_when_our_key_has_signed_it(links: ReferralLinks) -> None:
    key = hmac.digest(SECRET.encode(), b"kezek referral check 1", sha256)
    first = urlsafe_b64decode(links.token(NUMBER) + "==")
    signed = b"\2" + first[1:9]

    assert hmac.digest(key, first[:9], sha256)[:16] == first[9:]
    assert links.number_of(as_token(signed + hmac.digest(key, signed, sha256)[:16])) is None


def test_a_file_link_is_no_referral_link(links: ReferralLinks) -> None:
    signed = b"\1" + NUMBER.to_bytes(8)
    for key in (SECRET.encode(), hmac.digest(SECRET.encode(), b"file links", sha256)):
        assert links.number_of(as_token(signed + hmac.digest(key, signed, sha256)[:16])) is None


def test_a_paper_outlives_a_change_of_the_secret(links: ReferralLinks) -> None:
    printed = links.token(NUMBER)
    changed = ReferralLinks(f"2:a newer secret of the tests,1:{SECRET}", "https://kezek.example")
    without = ReferralLinks("2:a newer secret of the tests", "https://kezek.example")

    assert changed.number_of(printed) == NUMBER
    assert changed.number_of(changed.token(NUMBER)) == NUMBER
    assert changed.token(NUMBER) != printed
    assert without.number_of(printed) is None
