"""What limits by network address count by."""

import pytest

from bot.web.visitor import line_of


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.8", "198.51.100.8"),
        ("2a02:6b8:1:2::1", "2a02:6b8:1:2::/64"),
        ("2a02:6b8:1:2:ffff:ffff:ffff:ffff", "2a02:6b8:1:2::/64"),
        ("2a02:6b8:1:3::1", "2a02:6b8:1:3::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv4_address_is_a_line_and_an_ipv6_one_belongs_to_its_64(address: str, line: str) -> None:
    assert line_of(address) == line
