"""Pictures and PDFs as people send them, made up and small."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

A4 = (827, 1170)
"""A page at 100 dots an inch."""

PAPER = 210
ORIENTATION, CAMERA = 0x0112, 0x010F


def drawn(size: tuple[int, int] = A4, paper: int = PAPER) -> Image.Image:
    """A sheet with lines that could be writing. Its upper left corner is marked red."""
    page = Image.new("RGB", size, (paper, paper, paper))
    pen = ImageDraw.Draw(page)
    for line in range(12):
        top = size[1] * (2 + line) // 16
        pen.line((size[0] // 8, top, size[0] * 7 // 8, top), fill=(paper // 4,) * 3, width=3)
    pen.rectangle((0, 0, size[0] // 10, size[1] // 10), fill=(200, 0, 0))
    return page


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture."""
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def a_page(size: tuple[int, int] = A4, kind: str = "JPEG", **options: Any) -> bytes:
    """A page that can be read."""
    return saved(drawn(size), kind, **options)


def a_dark_page() -> bytes:
    """A page taken in the dark."""
    return saved(drawn(paper=20))


def a_small_page() -> bytes:
    """A page of which nothing can be read: a thumbnail."""
    return saved(drawn((160, 226)))


def a_face(size: tuple[int, int] = (600, 800)) -> bytes:
    """A picture for a profile."""
    face = Image.new("RGB", size, (90, 120, 150))
    box = (size[0] // 4, size[1] // 5, size[0] * 3 // 4, size[1] * 3 // 4)
    ImageDraw.Draw(face).ellipse(box, fill=(200, 160, 130))
    return saved(face)


def a_turned_page() -> bytes:
    """A page taken with the telephone on its side; says so, and with what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[CAMERA] = "A telephone of Aigul"
    return saved(drawn().transpose(Image.Transpose.ROTATE_90), exif=exif, comment=b"a remark of Aigul")


def a_bomb(size: tuple[int, int] = (8000, 5001)) -> bytes:
    """A few kilobytes that unpack to more pixels than any camera has."""
    return saved(Image.new("1", size), "PNG")


def an_animation() -> bytes:
    """A page that turns black after a second."""
    frames = [drawn(), Image.new("RGB", A4)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=1000)


def a_pdf(pages: int = 1, size: tuple[int, int] = (620, 877)) -> bytes:
    """A PDF of so many pages, each a little picture."""
    sheets = [drawn(size) for _ in range(pages)]
    return saved(sheets[0], "PDF", save_all=True, append_images=sheets[1:], resolution=75)
