"""The files that people have sent to the fake Bot API server."""

from itertools import count
from typing import Any

from tests.fakes.bot_api_rules import Json, Refusal, bad_request

MOST_BYTES = 20 * 1024 * 1024
"""Of a file that a bot may fetch from the public server."""


class SentFiles:
    """What was sent, by the name a bot knows it by. `told_sizes` replaces what getFile says of a size."""

    def __init__(self) -> None:
        self.told_sizes: dict[str, int] = {}
        self._contents: dict[str, bytes] = {}
        self._ids = count(1)

    def keep(self, content: bytes) -> Json:
        """A file as a message describes it."""
        file_id = f"AgACAgI-{next(self._ids)}"
        self._contents[file_id] = content
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}

    def forget(self) -> None:
        """Everything that was sent is gone."""
        self._contents.clear()

    def get_file(self, params: Json) -> Json:
        """getFile. Raises Refusal."""
        file_id = str(params.get("file_id", ""))
        content = self._contents.get(file_id)
        if content is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(content) > MOST_BYTES:
            raise bad_request("file is too big")
        told: dict[str, Any] = {"file_id": file_id, "file_path": f"documents/a file_{file_id}"}
        return {**told, "file_size": self.told_sizes.get(file_id, len(content))}

    def at(self, path: str) -> bytes:
        """What lies under a path that getFile told. Raises Refusal."""
        content = self._contents.get(path.removeprefix("documents/a file_"))
        if content is None:
            raise Refusal(404, "Not Found")
        return content
