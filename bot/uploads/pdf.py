"""Drawing a PDF anew: each page becomes a picture of itself, so that nothing active survives."""

from collections.abc import Iterator

import pypdfium2
from PIL import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD

from bot.uploads.picture import RULES, as_jpeg
from bot.uploads.pictures_pdf import POINTS_AN_INCH, Page, pdf_of
from bot.uploads.verdict import MOST_PAGES, Unfit

DOTS_AN_INCH = 200
"""What a fax at its finest has: small print stays readable. A page of A4 gets 1654 × 2339 pixels."""

_LONGEST = RULES["document"].longest


def pdf_anew(content: bytes) -> tuple[bytes, int]:
    """A PDF of pictures of the pages, and how many there are.

    Raises Unfit: `locked`, `broken`, `too_many_pages`.
    """
    pdf = _opened(content)
    try:
        if not len(pdf):
            raise Unfit("broken")
        if len(pdf) > MOST_PAGES:
            raise Unfit("too_many_pages")
        # What was filled into a form is part of what can be seen.
        pdf.init_forms()
        pages = list(_drawn(pdf))
    finally:
        pdf.close()
    return pdf_of(pages, DOTS_AN_INCH), len(pages)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # The reader says so of a file without pages, too.
        locked = error.err_code == FPDF_ERR_PASSWORD and b"/Encrypt" in content
        raise Unfit("locked" if locked else "broken") from None


def _drawn(pdf: pypdfium2.PdfDocument) -> Iterator[Page]:
    """One page at a time: the pictures themselves are large, what is kept of them is not."""
    for page in pdf:
        longer = max(page.get_size())
        # A page may claim to be of any size; the picture of it never is.
        scale = min(DOTS_AN_INCH / POINTS_AN_INCH, _LONGEST / max(longer, 1))
        bitmap = page.render(scale=scale)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        picture.thumbnail((_LONGEST, _LONGEST))
        yield Page(as_jpeg(picture), picture.width, picture.height)
        bitmap.close()
        page.close()
