"""A PDF of pictures, one a page, and nothing else: the same pictures make the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

POINTS_AN_INCH = 72

_CATALOG, _TREE, _FIRST_PAGE = 1, 2, 3
_OBJECTS_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A JPEG in colours (three components), and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def pdf_of(pages: Sequence[Page], dots_an_inch: int) -> bytes:
    """The whole file. Each page is as large as its picture at that many dots an inch."""
    numbers = [_FIRST_PAGE + _OBJECTS_A_PAGE * each for each in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        f"<</Type/Catalog/Pages {_TREE} 0 R>>".encode(),
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += _objects_of(page, number, dots_an_inch)
    return _file_of(objects)


def _objects_of(page: Page, number: int, dots_an_inch: int) -> list[bytes]:
    """The page, what is drawn on it, and the picture, numbered from `number`."""
    scale = POINTS_AN_INCH / dots_an_inch
    width, height = f"{page.width * scale:.2f}", f"{page.height * scale:.2f}"
    described = (
        f"<</Type/Page/Parent {_TREE} 0 R/MediaBox[0 0 {width} {height}]"
        f"/Resources<</XObject<</Picture {number + 2} 0 R>>>>/Contents {number + 1} 0 R>>"
    )
    picture = (
        f"/Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}"
        "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    )
    drawing = f"q {width} 0 0 {height} 0 0 cm /Picture Do Q".encode()
    return [described.encode(), _stream("", drawing), _stream(picture, page.jpeg)]


def _stream(described: str, content: bytes) -> bytes:
    return f"<<{described}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def _file_of(objects: Sequence[bytes]) -> bytes:
    """Header, objects, and the table by which a reader finds them."""
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    table = [f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()]
    for number, each in enumerate(objects, start=1):
        table.append(f"{len(written):010} 00000 n \n".encode())
        written += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    start = len(written)
    written += b"".join(table)
    written += f"trailer\n<</Size {len(objects) + 1}/Root {_CATALOG} 0 R>>\n".encode()
    written += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(written)
