"""PDFs that no honest program makes, written by hand."""

from collections.abc import Sequence

BLACK_SQUARE = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 22>>\nstream\n0 g 0 0 100 100 re f \nendstream"
)


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Objects numbered from 1, the first of which is the catalog."""
    body = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, each in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(starts) + 1,
        trailer,
        len(body),
    )
    return bytes(body + head + table + end)


def of_size(width: float, height: float) -> bytes:
    """An empty page of any size, in points."""
    return written(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %a %a]>>" % (width, height),
        )
    )


def without_pages() -> bytes:
    """A PDF that is one, and shows nothing."""
    return written((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"))


def locked() -> bytes:
    """A PDF that opens with a password only."""
    encrypted = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"ab" * 32, b"cd" * 32)
    pages = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        encrypted,
    )
    return written(pages, b"/Encrypt 4 0 R/ID[<%s><%s>]" % (b"01" * 16, b"01" * 16))


def that_acts() -> bytes:
    """A page with a script, a link and a form field that is filled in: a black square."""
    return written(
        (
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>"
            b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R 5 0 R]>>",
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Aigul)/F 4/Rect[50 50 150 150]/AP<</N 6 0 R>>>>",
            b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org)>>>>",
            BLACK_SQUARE,
        )
    )
