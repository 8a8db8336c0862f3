"""Drawing a picture anew: turned upright, made no larger than it need be, and without what hid in it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, ImageStat

from bot.uploads.verdict import Purpose, Unfit

MOST_PIXELS = 40_000_000
"""More than telephones take pictures with, and 160 MB to open."""

_QUALITY = 85
_WHITE = (255, 255, 255)
_FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a picture has to be like: sides in pixels, lightness (mean) from 0 to 255.

    `longest`: it is made smaller than that; `shortest`: a smaller one is refused; so is one that is
    darker than `darkest`.

    A page can be read from 600 pixels across; at 2500 the smallest print of an identity document can.
    A white sheet taken as it should be is at 120 to 200. At 40 it got a sixteenth of the light and the
    ink drowns in the noise of the camera. A face may be dark by itself, before a dark wall: there only
    what is nearly black is refused.
    """

    longest: int
    shortest: int
    darkest: float


RULES: dict[Purpose, Rule] = {
    "document": Rule(longest=2500, shortest=600, darkest=40),
    "portrait": Rule(longest=800, shortest=200, darkest=16),
    "kindergarten": Rule(longest=1280, shortest=320, darkest=16),
}


def picture_anew(content: bytes, purpose: Purpose) -> bytes:
    """The picture as a JPEG. Of an animated one, the first frame.

    Raises Unfit: `bomb`, `broken`, `too_small`, `too_dark`.
    """
    rule = RULES[purpose]
    picture = _opened(content)
    if min(picture.size) < rule.shortest:
        raise Unfit("too_small")
    drawn = _on_white(_upright(_reduced(picture, rule.longest)))
    if ImageStat.Stat(drawn.convert("L")).mean[0] < rule.darkest:
        raise Unfit("too_dark")
    return as_jpeg(drawn)


def as_jpeg(drawn: Image.Image) -> bytes:
    """A drawn picture as a JPEG of its pixels and nothing else."""
    # Pillow would write comments of the source again.
    drawn.info = {}
    written = BytesIO()
    drawn.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _opened(content: bytes) -> Image.Image:
    """The picture, its size looked at before a single pixel is unpacked."""
    try:
        picture = Image.open(BytesIO(content), formats=_FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit("bomb")
        picture.verify()
        # Verifying uses a picture up.
        return Image.open(BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("bomb") from None


def _reduced(picture: Image.Image, longest: int) -> Image.Image:
    """At most `longest` on either side. A JPEG is unpacked at about that size, and not in full."""
    reduced = _in_colours(picture)
    reduced.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return reduced


def _in_colours(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller without damage: palettes and single bits can't."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what can be seen.
        return picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.mode in {"RGB", "L", "CMYK"} and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA")


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, _WHITE)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
