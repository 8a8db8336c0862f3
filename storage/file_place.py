"""Where files are kept: the folder or the bucket that an address names."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


class FilesUrlInvalid(Exception):
    """The address names neither a folder (`file:///folder`) nor a bucket (`s3://bucket/prefix`)."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of S3, and what our names begin with there."""

    name: str
    prefix: str | None


def place_of(url: str) -> Path | Bucket:
    """The folder or bucket of an address. Raises FilesUrlInvalid."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FilesUrlInvalid from None
    path = unquote(parts.path)
    if parts.scheme == "file" and not parts.netloc and len(path) > 1:
        return Path(path)
    if parts.scheme == "s3" and parts.netloc:
        return Bucket(parts.netloc, path.strip("/") or None)
    raise FilesUrlInvalid
