"""The look at a file: is it what we take, and what does it look like drawn anew?

A pure function, always the same for the same bytes. It opens what a stranger sent, so that the service
runs it in a process of its own (sandbox.py); nothing else imports it.
"""

from bot.uploads.kinds import kind_of
from bot.uploads.pdf import pdf_anew
from bot.uploads.picture import picture_anew
from bot.uploads.verdict import LARGEST, Fit, Purpose, Unfit


def look(content: bytes, name: str, purpose: Purpose) -> Fit:
    """The file drawn anew: a JPEG, or a PDF of JPEGs. `name` is what it was called, empty if nothing.

    Raises Unfit.
    """
    if len(content) > LARGEST:
        raise Unfit("too_large")
    if not content:
        raise Unfit("broken")
    kind = kind_of(content, name)
    try:
        if kind != "pdf":
            return Fit(picture_anew(content, purpose), "image/jpeg")
        if purpose != "document":
            raise Unfit("wrong_kind")
        drawn, pages = pdf_anew(content)
        return Fit(drawn, "application/pdf", pages)
    except Unfit:
        raise
    except Exception as error:  # whatever a decoder stumbles over, the file is at fault
        raise Unfit("broken") from error
