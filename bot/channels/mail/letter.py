"""A screen as a letter: text and HTML, with the headers that mail programs ask for.

What comes into a header is our own words or an address that was looked at: a line break, with which others
could write headers, is in none of them.
"""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from bot.channels.mail.links import LetterLinks
from bot.clock import real_now
from bot.conversation.port import Undeliverable
from bot.conversation.reply import Letter, Operation, Outgoing, Screen
from bot.texts import Texts, texts_in
from domain.contact_details import email_address
from domain.errors import EmailMalformed


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF that goes with a letter, under this name."""

    name: str
    content: bytes


class Letters:
    """Makes letters. `sender` is who they are from: an address, with or without a name before it."""

    def __init__(self, sender: str, links: LetterLinks) -> None:
        name, address = parseaddr(sender)
        self._from = Address(name, addr_spec=address)
        self._links = links

    def made(
        self, to: str, outgoing: Outgoing, dedup_key: int, attached: Attached | None = None
    ) -> EmailMessage:
        """The letter, the same each time it is made. Raises Undeliverable for what can't be one."""
        screen, about = outgoing.screen, outgoing.letter
        if outgoing.operation is not Operation.SEND or screen is None or about is None:
            raise Undeliverable("no letter")
        t = texts_in(outgoing.language)
        letter = self._headed(to, about.subject, dedup_key)
        ending = self._ending(letter, about, to, t)
        said = _text_of(screen)
        letter.set_content("\n\n".join((said, "-- \n" + "\n".join(_foot(t, self._links, ending)))) + "\n")
        html = _template().render(
            t=t,
            subject=about.subject,
            paragraphs=[each.split("\n") for each in said.split("\n\n")],
            chat=self._links.chat(t.language),
            ending=ending,
        )
        letter.add_alternative(html, subtype="html")
        if attached is not None:
            letter.add_attachment(
                attached.content, maintype="application", subtype="pdf", filename=attached.name
            )
        return letter

    def _headed(self, to: str, subject: str, dedup_key: int) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self._from
        letter["To"] = Address(addr_spec=_looked_at(to))
        letter["Subject"] = subject
        letter["Date"] = format_datetime(real_now())
        # A letter that is sent once more is known by its name.
        letter["Message-ID"] = f"<kezek.{dedup_key}@{self._from.domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        return letter

    def _ending(self, letter: EmailMessage, about: Letter, to: str, t: Texts) -> str | None:
        """The link that ends such letters, where they may end: one click in the mail program (RFC 8058)."""
        if about.ends_for is None:
            return None
        link = self._links.to(about.ends_for, to, t.language)
        letter["List-Unsubscribe"] = f"<{link}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return link


def _looked_at(address: str) -> str:
    try:
        return email_address(address)
    except EmailMalformed:
        raise Undeliverable("malformed address") from None


def _text_of(screen: Screen) -> str:
    return f"{screen.title}\n\n{screen.text}" if screen.title else screen.text


def _foot(t: Texts, links: LetterLinks, ending: str | None) -> list[str]:
    lines = [
        t("Open Kezek: {link}", link=links.chat(t.language)),
        t("Kezek wrote this letter by itself; nobody reads answers to it."),
    ]
    if ending is not None:
        lines.append(t("No more letters of this kind: {link}", link=ending))
    return lines


@cache
def _template() -> Template:
    pages = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return pages.from_string((files("bot.channels.mail") / "letter.html").read_text())
