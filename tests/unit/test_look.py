"""What a look at a file finds, at every limit and one beyond it."""

import warnings
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from bot.uploads.look import look
from bot.uploads.picture import MOST_PIXELS
from bot.uploads.verdict import LARGEST, MOST_PAGES, Fault, Fit, Purpose, Unfit
from tests.fakes import pdfs
from tests.fakes.pictures import (
    A4,
    a_bomb,
    a_dark_page,
    a_face,
    a_page,
    a_pdf,
    a_small_page,
    a_turned_page,
    an_animation,
    drawn,
    saved,
)

RED = (200, 0, 0)


def fault_of(content: bytes, name: str = "", purpose: Purpose = "document") -> Fault:
    """What is wrong with a file."""
    with pytest.raises(Unfit) as unfit:
        look(content, name, purpose)
    return unfit.value.fault


def picture_of(fit: Fit) -> Image.Image:
    """What can be seen in a JPEG."""
    assert fit.content_type == "image/jpeg"
    return Image.open(BytesIO(fit.content))


def page_of(fit: Fit, number: int = 0) -> Image.Image:
    """What can be seen on a page of a PDF."""
    assert fit.content_type == "application/pdf"
    with pypdfium2.PdfDocument(fit.content) as pdf:
        seen: Image.Image = pdf[number].render().to_pil()
        return seen


def is_red(pixel: Any) -> bool:
    """The corner of a page that is marked."""
    return all(abs(is_so - was) < 12 for is_so, was in zip(pixel, RED, strict=True))


def with_size(content: bytes, size: int) -> bytes:
    """The same picture, made so large by what a reader passes over."""
    return content + b"\0" * (size - len(content))


def grey(lightness: int, size: tuple[int, int] = A4) -> bytes:
    """A sheet of one lightness."""
    return saved(Image.new("L", size, lightness), "PNG")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_page_of_every_kind_becomes_a_jpeg(kind: str) -> None:
    fit = look(a_page(kind=kind), "", "document")

    seen = picture_of(fit)
    assert (fit.pages, seen.format, seen.mode, seen.size) == (1, "JPEG", "RGB", A4)
    assert is_red(seen.getpixel((9, 9)))


def test_the_same_file_always_looks_the_same() -> None:
    assert look(a_page(), "", "document") == look(a_page(), "", "document")
    assert look(a_pdf(2), "", "document") == look(a_pdf(2), "", "document")


def test_a_page_taken_on_its_side_is_turned_and_tells_no_more_than_its_pixels() -> None:
    seen = picture_of(look(a_turned_page(), "", "document"))

    assert seen.size == A4
    assert is_red(seen.getpixel((9, 9)))
    assert (dict(seen.getexif()), set(seen.info)) == (
        {},
        {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
    )
    assert b"Aigul" not in look(a_turned_page(), "", "document").content


def test_what_hangs_behind_a_picture_is_left_out() -> None:
    hidden = a_page() + b"PK\3\4 something else <script>"

    assert b"<script>" not in look(hidden, "", "document").content


def test_of_an_animation_the_first_frame_is_taken() -> None:
    seen = picture_of(look(an_animation(), "", "document"))

    assert is_red(seen.getpixel((9, 9)))


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGBA", (0, 0, 0, 0), 255),
        ("LA", (200, 255), 200),
        ("L", 200, 200),
        ("P", 0, None),
        ("1", 1, 255),
        ("I;16", 200 * 256, 200),
    ],
)
def test_a_picture_of_any_depth_is_seen_as_it_is_on_paper(mode: str, colour: Any, seen: int | None) -> None:
    picture = drawn().convert("P") if mode == "P" else Image.new(mode, A4, colour)

    fit = look(saved(picture, "PNG"), "", "document")

    pixel = picture_of(fit).getpixel((400, 5 if seen is None else 400))
    expected = 210 if seen is None else seen
    assert isinstance(pixel, tuple)
    assert all(abs(part - expected) < 4 for part in pixel)


def test_a_picture_in_printers_colours_is_taken() -> None:
    seen = picture_of(look(saved(drawn().convert("CMYK")), "", "document"))

    assert is_red(seen.getpixel((9, 9)))


@pytest.mark.parametrize(
    ("size", "drawn_size"),
    [((2500, 1000), (2500, 1000)), ((2501, 1000), (2500, 1000)), ((1200, 5000), (600, 2500))],
)
def test_a_large_page_is_made_smaller(size: tuple[int, int], drawn_size: tuple[int, int]) -> None:
    assert picture_of(look(a_page(size), "", "document")).size == drawn_size


@pytest.mark.parametrize(
    ("size", "drawn_size"), [((800, 600), (800, 600)), ((801, 800), (800, 799)), ((3000, 4000), (600, 800))]
)
def test_a_large_portrait_is_made_smaller(size: tuple[int, int], drawn_size: tuple[int, int]) -> None:
    assert picture_of(look(a_face(size), "", "portrait")).size == drawn_size


@pytest.mark.parametrize(("purpose", "shortest"), [("document", 600), ("portrait", 200)])
def test_a_picture_is_too_small_from_one_pixel_less_on(purpose: Purpose, shortest: int) -> None:
    assert picture_of(look(a_page((shortest, 900)), "", purpose)).width > 0
    assert fault_of(a_page((shortest - 1, 900)), purpose=purpose) == "too_small"
    assert fault_of(a_page((900, shortest - 1)), purpose=purpose) == "too_small"


def test_a_thumbnail_is_too_small() -> None:
    assert fault_of(a_small_page()) == "too_small"


@pytest.mark.parametrize(("purpose", "darkest"), [("document", 40), ("portrait", 16)])
def test_a_picture_is_too_dark_below_a_lightness(purpose: Purpose, darkest: int) -> None:
    assert picture_of(look(grey(darkest), "", purpose)).width > 0
    assert fault_of(grey(darkest - 1), purpose=purpose) == "too_dark"


def test_a_page_taken_in_the_dark_is_too_dark() -> None:
    assert fault_of(a_dark_page()) == "too_dark"


def test_a_bomb_is_one_from_one_row_of_pixels_more_on() -> None:
    assert (MOST_PIXELS, MOST_PIXELS + 8000) == (8000 * 5000, 8000 * 5001)
    assert fault_of(a_bomb((8000, 5001))) == "bomb"
    # Black as it is; but it was opened.
    assert fault_of(a_bomb((8000, 5000))) == "too_dark"


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_000, 10_000)])
@pytest.mark.parametrize("strict", [False, True])
def test_a_bomb_of_any_size_is_one(size: tuple[int, int], strict: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error" if strict else "ignore")

        assert fault_of(a_bomb(size)) == "bomb"


def test_a_file_is_too_large_from_one_byte_more_on() -> None:
    assert look(with_size(a_page(), LARGEST), "", "document").pages == 1
    assert fault_of(with_size(a_page(), LARGEST + 1)) == "too_large"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("", a_page()),
        ("page", a_page()),
        ("page.jpg", a_page()),
        ("page.JPEG", a_page()),
        ("page.jfif", a_page()),
        ("page.something", a_page()),
        ("бет 1.png", a_page(kind="PNG")),
        ("page.webp", a_page(kind="WEBP")),
        ("a.b\\c.pdf", a_pdf()),
    ],
)
def test_a_name_that_does_not_lie_is_fine(name: str, content: bytes) -> None:
    assert look(content, name, "document").content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.png", a_page()),
        ("page.pdf", a_page()),
        ("page.docx", a_page()),
        ("page.exe", a_page()),
        ("page.jpg", a_pdf()),
        ("page.jpg", saved(drawn(), "GIF")),
        ("page.pdf", b"hello"),
    ],
)
def test_a_name_that_says_another_kind_is_told(name: str, content: bytes) -> None:
    assert fault_of(content, name) == "not_what_its_name_says"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.gif", saved(drawn(), "GIF")),
        ("", saved(drawn(), "BMP")),
        ("page.tiff", saved(drawn(), "TIFF")),
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.html", b"<html>"),
        ("page.docx", b"PK\3\4" + b"\0" * 100),
        ("", b"hello"),
    ],
)
def test_a_file_of_another_kind_is_told(name: str, content: bytes) -> None:
    assert fault_of(content, name) == "wrong_kind"


@pytest.mark.parametrize(
    "content", [b"", a_page()[:3000], a_page(kind="PNG")[:3000], a_page(kind="WEBP")[:1500], b"%PDF-1.7 \n"]
)
def test_a_file_that_breaks_off_is_broken(content: bytes) -> None:
    assert fault_of(content) == "broken"


def test_a_picture_with_a_changed_byte_in_its_checked_part_is_broken() -> None:
    content = bytearray(a_page(kind="PNG"))
    content[500] ^= 0xFF

    assert fault_of(bytes(content)) == "broken"


def test_a_pdf_is_drawn_anew_page_by_page() -> None:
    fit = look(a_pdf(3), "", "document")

    with pypdfium2.PdfDocument(fit.content) as pdf:
        sizes = [tuple(round(side) for side in page.get_size()) for page in pdf]
    assert (fit.pages, sizes) == (3, [(595, 842)] * 3)
    assert is_red(page_of(fit, 2).getpixel((9, 9)))


def test_nothing_that_acts_survives_and_what_was_filled_in_is_seen() -> None:
    fit = look(pdfs.that_acts(), "", "document")

    parts = (b"JavaScript", b"OpenAction", b"AcroForm", b"Annot", b"URI", b"Aigul")
    assert [part for part in parts if part in fit.content] == []
    seen = page_of(fit)
    assert (seen.getpixel((5, 5)), seen.getpixel((100, 100))) == ((255, 255, 255), (0, 0, 0))


def test_a_pdf_has_too_many_pages_from_one_more_on() -> None:
    assert look(a_pdf(MOST_PAGES), "", "document").pages == MOST_PAGES
    assert fault_of(a_pdf(MOST_PAGES + 1)) == "too_many_pages"


@pytest.mark.parametrize(
    ("width", "height", "longest"), [(14_400, 14_400, 900), (1e9, 1e9, 900), (14_400, 1, 900), (72, 144, 144)]
)
def test_a_page_of_any_size_becomes_one_of_a_size_that_can_be_printed(
    width: float, height: float, longest: int
) -> None:
    fit = look(pdfs.of_size(width, height), "", "document")

    with pypdfium2.PdfDocument(fit.content) as pdf:
        assert round(max(pdf[0].get_size())) == longest


def test_a_pdf_with_a_password_is_locked() -> None:
    assert fault_of(pdfs.locked(), "page.pdf") == "locked"


def test_a_pdf_without_pages_is_broken() -> None:
    assert fault_of(pdfs.without_pages(), "page.pdf") == "broken"


def test_a_pdf_whose_mark_stands_a_little_later_is_one() -> None:
    assert look(b"\r\n" + a_pdf(), "page.pdf", "document").pages == 1


def test_a_portrait_is_a_picture() -> None:
    assert fault_of(a_pdf(), purpose="portrait") == "wrong_kind"
