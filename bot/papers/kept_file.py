"""A file that an errand has drawn: kept beside the turns, written down in the turn that takes the answer."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from storage.file_rows import NewFile
from storage.sealed_files import SealedFiles


async def keep(sealed: SealedFiles, file_id: int, content: bytes) -> dict[str, Any]:
    """Seal and store it; what the errand's answer says of it as "file". Raises FilesUnavailable."""
    kept = await sealed.put(file_id, content)
    return {
        "id": file_id,
        "stored_as": kept.stored_as,
        "key_id": kept.key_id,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }


def file_in(answer: Mapping[str, Any], kind: str, content_type: str) -> NewFile | None:
    """The file that an answer tells of; None: there is none."""
    file = answer.get("file")
    if file is None:
        return None
    digest = bytes.fromhex(file["sha256"])
    return NewFile(
        file["id"], kind, "", content_type, file["size"], digest, file["stored_as"], file["key_id"]
    )
