"""Letters over SMTP, against a small server of the tests' own: what goes out, and what answers mean."""

from email.message import EmailMessage

import pytest

from bot import checks
from bot.channels.mail.letter import Letters
from bot.channels.mail.links import LetterLinks
from bot.channels.mail.send import MailSender, NoMail, Paper, no_paper
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp import Smtp
from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Letter, Operation, Outgoing, Screen
from bot.settings import load_settings
from bot.texts import LANGUAGES
from tests.fakes.mail_server import FakeMailServer, serving

FROM, TO = "Kezek <kezek@example.kz>", "ana@pochta.example"
LINKS = LetterLinks("a secret of the tests", "https://kezek.example")
SCREEN = Screen("Место в очереди: 36.\n\nАйша & <b>", title="Қабылданды")
NEWS = Outgoing(Operation.SEND, SCREEN, language="ru", letter=Letter("Кезек: жаңалық", ends_for=7))
PRESSING = Outgoing(Operation.SEND, SCREEN, language="kk", letter=Letter("Kezek"))
PAPER = b"%PDF-1.7 made up"


def part(letter: EmailMessage, kind: str) -> str:
    """The letter as text or as HTML."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def a_paper(_: Letter) -> bytes | None:
    return PAPER


def sender(server: FakeMailServer, paper: Paper = no_paper) -> MailSender:
    letters = Letters(FROM, LINKS)
    return MailSender(letters, Smtp(MailServer.at(server.url), "kezek@example.kz", seconds=2), paper)


async def test_a_letter_arrives_as_text_and_as_html() -> None:
    async with serving() as server:
        name = await sender(server).send(TO, NEWS, 77)

    [letter] = server.letters
    assert (server.senders, server.recipients) == (["kezek@example.kz"], [TO])
    assert (letter["From"], letter["To"], letter["Subject"]) == (FROM, TO, "Кезек: жаңалық")
    assert name == letter["Message-ID"] == "<kezek.77@example.kz>"
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = part(letter, "plain"), part(letter, "html")
    assert text.startswith("Қабылданды\n\nМесто в очереди: 36.\n\nАйша & <b>\n\n-- \n")
    assert "Айша &amp; &lt;b&gt;" in html
    assert "prefers-color-scheme: dark" in html


async def test_a_letter_that_is_sent_once_more_has_the_same_name() -> None:
    async with serving() as server:
        names = {await sender(server).send(TO, NEWS, 77) for _ in range(2)}

    assert len(server.letters) == 2
    assert len(names) == 1


async def test_only_what_is_not_pressing_can_be_ended_by_one_click() -> None:
    async with serving() as server:
        await sender(server).send(TO, NEWS, 1)
        await sender(server).send(TO, PRESSING, 2)

    news, pressing = server.letters
    link = LINKS.to(7, TO, "ru")
    assert news["List-Unsubscribe"].strip() == f"<{link}>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in part(news, "plain")
    assert link in part(news, "html")
    assert pressing["List-Unsubscribe"] is None


async def test_a_referral_goes_along_as_a_pdf() -> None:
    told = Outgoing(Operation.SEND, SCREEN, language="kk", letter=Letter("Kezek", referral=120, reader=7))

    async with serving() as server:
        await sender(server, a_paper).send(TO, told, 1)

    [attached] = server.letters[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("referral-120.pdf", "application/pdf")
    assert attached.get_content() == PAPER


async def test_a_referral_that_is_over_is_told_without_its_paper() -> None:
    told = Outgoing(Operation.SEND, SCREEN, language="kk", letter=Letter("Kezek", referral=120, reader=7))

    async with serving() as server:
        await sender(server).send(TO, told, 1)

    assert list(server.letters[0].iter_attachments()) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_letter_speaks_the_language_of_its_screen(language: str) -> None:
    async with serving() as server:
        await sender(server).send(
            TO, Outgoing(Operation.SEND, SCREEN, language=language, letter=Letter("K")), 1
        )

    html = part(server.letters[0], "html")
    assert f'<html lang="{language}">' in html
    assert f"/chat/?lang={language}" in html


@pytest.mark.parametrize(
    ("answers", "meaning"),
    [
        ({"to_recipient": "550 5.1.1 no such user"}, Unreachable),
        ({"to_recipient": "551 moved"}, Unreachable),
        ({"to_recipient": "550 5.7.1 relaying denied"}, Undeliverable),
        ({"to_recipient": "450 4.2.1 greylisted"}, TryLater),
        ({"to_sender": "550 5.1.8 bad sender"}, TryLater),
        ({"to_sender": "451 4.3.0 later"}, TryLater),
        ({"to_letter": "554 5.6.0 refused"}, Undeliverable),
        ({"to_letter": "452 4.3.1 disk full"}, TryLater),
        ({"to_letter": "421 4.7.0 closing"}, TryLater),
    ],
    ids=str,
)
async def test_what_a_server_answers_has_its_meaning(
    answers: dict[str, str], meaning: type[Exception]
) -> None:
    async with serving(**answers) as server:
        with pytest.raises(meaning) as refused:
            await sender(server).send(TO, NEWS, 1)

    assert type(refused.value) is meaning
    assert TO not in repr(refused.value)


@pytest.mark.parametrize(
    ("answers", "of_person"),
    [
        ({"to_recipient": "450 4.2.1 greylisted"}, True),
        ({"to_sender": "451 4.3.0 later"}, False),
        ({"to_letter": "421 4.7.0 closing"}, False),
    ],
    ids=str,
)
async def test_a_recipient_who_is_put_off_says_nothing_of_the_server(
    answers: dict[str, str], of_person: bool
) -> None:
    async with serving(**answers) as server:
        with pytest.raises(TryLater) as put_off:
            await sender(server).send(TO, NEWS, 1)

    assert put_off.value.of_person is of_person


async def test_nobody_listening_is_tried_again() -> None:
    async with serving() as server:
        pass

    with pytest.raises(TryLater):
        await sender(server).send(TO, NEWS, 1)


async def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    async with serving(silent=True) as server:
        letters, carrier = Letters(FROM, LINKS), Smtp(MailServer.at(server.url), "k@example.kz", seconds=0.05)
        with pytest.raises(TryLater):
            await MailSender(letters, carrier).send(TO, NEWS, 1)


async def test_a_user_comes_in_with_the_password_of_the_address() -> None:
    async with serving(users={"kezek@x": "p@ss:word"}) as server:
        url = server.url.replace("//", "//kezek%40x:p%40ss%3Aword@")
        await MailSender(Letters(FROM, LINKS), Smtp(MailServer.at(url), "k@example.kz")).send(TO, NEWS, 1)

    assert len(server.letters) == 1


async def test_a_refused_password_is_an_operators_to_mend() -> None:
    async with serving(users={"kezek": "right"}) as server:
        url = server.url.replace("//", "//kezek:wrong@")
        with pytest.raises(TryLater):
            await MailSender(Letters(FROM, LINKS), Smtp(MailServer.at(url), "k@example.kz")).send(TO, NEWS, 1)


@pytest.mark.parametrize(
    "address", ["a@b.kz\nBcc: c@d.kz", "a@b.kz\r\nSubject: x", "a@b.kz, c@d.kz", "a@b", ""]
)
async def test_nobody_writes_headers_by_an_address(address: str) -> None:
    async with serving() as server:
        with pytest.raises(Undeliverable):
            await sender(server).send(address, NEWS, 1)

    assert server.letters == []


async def test_nobody_writes_headers_by_a_subject() -> None:
    written = Outgoing(Operation.SEND, SCREEN, letter=Letter("news\r\nBcc: c@d.kz"))

    async with serving() as server:
        with pytest.raises(ValueError, match="Header values may not contain"):
            await sender(server).send(TO, written, 1)

    assert server.letters == []


@pytest.mark.parametrize(
    "outgoing",
    [
        Outgoing(Operation.SEND, SCREEN),
        Outgoing(Operation.EDIT, SCREEN, "1", letter=Letter("x")),
        Outgoing(Operation.DELETE, target="1"),
    ],
    ids=["no letter", "edit", "delete"],
)
async def test_what_is_no_letter_is_undeliverable(outgoing: Outgoing) -> None:
    async with serving() as server:
        with pytest.raises(Undeliverable):
            await sender(server).send(TO, outgoing, 1)


async def test_without_a_mail_server_no_letter_goes_and_no_address_is_at_fault() -> None:
    with pytest.raises(Undeliverable):
        await NoMail().send(TO, NEWS, 1)


async def test_the_check_goes_as_far_as_a_letter_would_and_sends_none() -> None:
    async with serving() as server:
        settings = load_settings(smtp_url=server.url, mail_from=FROM)

        assert await checks.mail(settings) == "lets us in"

    assert server.letters == []
    with pytest.raises(checks.Wrong, match="does not let us in"):
        await checks.mail(settings)


async def test_the_check_tells_of_a_refused_password() -> None:
    async with serving(users={"kezek": "right"}) as server:
        settings = load_settings(smtp_url=server.url.replace("//", "//kezek:wrong@"), mail_from=FROM)

        with pytest.raises(checks.Wrong, match="refuses the user or the password"):
            await checks.mail(settings)
