"""The address of a mail server, as settings name it."""

import pytest

from bot.channels.mail.server import MailServer


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.kz", MailServer("mail.kz", 25, tls=False)),
        ("smtp://mail.kz:2525", MailServer("mail.kz", 2525, tls=False)),
        ("smtp://u:p@mail.kz", MailServer("mail.kz", 587, tls=False, user="u", password="p")),
        (
            "smtps://u%40k.kz:p%3A%2F@mail.kz",
            MailServer("mail.kz", 465, tls=True, user="u@k.kz", password="p:/"),
        ),
    ],
)
def test_an_address_names_host_port_and_who_comes_in(url: str, server: MailServer) -> None:
    assert MailServer.at(url) == server


@pytest.mark.parametrize(
    "url", ["smtp://", "http://mail.kz", "mail.kz", "smtp://mail.kz:0", "smtp://m:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"mail server|ort"):
        MailServer.at(url)


def test_a_password_goes_to_another_machine_by_tls_alone() -> None:
    assert MailServer.at("smtp://u:p@mail.kz").needs_tls
    assert not MailServer.at("smtp://u:p@localhost").needs_tls
    assert not MailServer.at("smtp://mail.kz").needs_tls


def test_a_password_stands_in_no_traceback() -> None:
    assert "hush" not in repr(MailServer.at("smtp://u:hush@mail.kz"))
