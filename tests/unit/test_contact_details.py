import pytest

from domain.contact_details import email_address, home_address
from domain.errors import AddressMalformed, EmailFault, EmailMalformed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("inzhu.ana@pochta.example", "inzhu.ana@pochta.example"),
        ("  Saken@Pochta.EXAMPLE ", "Saken@pochta.example"),
        ("<a+queue@b-c.kz>", "a+queue@b-c.kz"),
        ("1@2.xn--80ao21a", "1@2.xn--80ao21a"),
        ("x" * 64 + "@mail.kz", "x" * 64 + "@mail.kz"),
        ("a@" + ("b" * 62 + ".") * 4 + "kz", None),
        ("a@" + ("b" * 59 + ".") * 4 + "kz", "a@" + ("b" * 59 + ".") * 4 + "kz"),
    ],
)
def test_what_is_an_e_mail_address_is_kept(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(EmailMalformed):
            email_address(typed)
    else:
        assert email_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", EmailFault.NO_AT),
        ("saken.pochta.kz", EmailFault.NO_AT),
        ("saken@@pochta.kz", EmailFault.NO_AT),
        ("saken @pochta.kz", EmailFault.SPACES),
        ("sаken@pochta.kz", EmailFault.NOT_LATIN),
        ("сәкен@пошта.қаз", EmailFault.NOT_LATIN),
        ("saken@pochta", EmailFault.NO_DOMAIN),
        ("saken@pochta.", EmailFault.NO_DOMAIN),
        ("saken@", EmailFault.NO_DOMAIN),
        ("x" * 65 + "@mail.kz", EmailFault.TOO_LONG),
        ("@pochta.kz", EmailFault.OTHER),
        (".saken@pochta.kz", EmailFault.OTHER),
        ("sa..ken@pochta.kz", EmailFault.OTHER),
        ("saken.@pochta.kz", EmailFault.OTHER),
        ("saken@pochta..kz", EmailFault.OTHER),
        ("saken@.pochta.kz", EmailFault.OTHER),
        ("saken@-pochta.kz", EmailFault.OTHER),
        ("saken@pochta.kz,", EmailFault.OTHER),
        ("saken@10.0.0.1", EmailFault.OTHER),
        ('"sa ken"@pochta.kz', EmailFault.SPACES),
        ("saken(home)@pochta.kz", EmailFault.OTHER),
    ],
)
def test_what_is_wrong_with_an_e_mail_address_is_told(typed: str, fault: EmailFault) -> None:
    with pytest.raises(EmailMalformed) as refused:
        email_address(typed)

    assert refused.value == EmailMalformed(fault)


def test_an_address_is_put_on_one_line() -> None:
    assert home_address("  Тәуке хан даңғылы,\n 7-үй,  12-пәтер ") == "Тәуке хан даңғылы, 7-үй, 12-пәтер"


@pytest.mark.parametrize("typed", ["Абай", "   ", "12345678", "х" * 201])
def test_an_address_needs_words_and_has_a_length(typed: str) -> None:
    with pytest.raises(AddressMalformed):
        home_address(typed)


@pytest.mark.parametrize("typed", ["Абай1", "х" * 200])
def test_the_shortest_and_the_longest_address(typed: str) -> None:
    assert home_address(typed) == typed
