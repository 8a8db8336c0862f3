"""Scripts, styles and pictures: read once, served with a fingerprint in their path.

The fingerprint is of all files together, so a script's relative imports carry it too, and a browser
may keep what it has for good. A page of another version asks with another fingerprint: it gets the
file that is there, for this once.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"
CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files by their path, and their fingerprint."""

    files: dict[str, bytes]
    fingerprint: str

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "StaticFiles":
        """Read a folder. Only kinds of files that are known are served."""
        paths = sorted(path for path in folder.rglob("*") if path.suffix in CONTENT_TYPES)
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        digest = sha256()
        for name, body in files.items():
            digest.update(f"{name}\0{len(body)}\0".encode() + body)
        return cls(files, digest.hexdigest()[:12])

    def url(self, name: str) -> str:
        """Where a page finds a file. Raises KeyError for one that isn't there."""
        self.files[name]
        return f"/static/{self.fingerprint}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        """Answer GET /static/{fingerprint}/{name}."""
        name = request.match_info["name"]
        if name not in self.files:
            raise web.HTTPNotFound
        current = request.match_info["fingerprint"] == self.fingerprint
        return web.Response(
            body=self.files[name],
            content_type=CONTENT_TYPES[Path(name).suffix],
            charset="utf-8",
            headers={"Cache-Control": FOR_GOOD if current else "no-store"},
        )
