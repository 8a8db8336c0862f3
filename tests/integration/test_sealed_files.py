"""Files on their way into the store and out of it: sealed, under names that tell nothing."""

from pathlib import Path

import pytest

from storage.files import FileGone, FileStore
from storage.keyring import Keyring
from storage.sealed_files import Sealed, SealedFiles
from storage.vault import KeyUnknown, SealBroken, Vault

OLD, NEW = "1:a secret for the tests", "2:a newer secret for the tests"
CONTENT = b"a page of an identity document" * 1000
FILE_ID = 0x0ABC


@pytest.fixture
def files(tmp_path: Path, vault: Vault) -> SealedFiles:
    """Files in a folder."""
    return SealedFiles(FileStore(tmp_path.as_uri()), vault)


def with_keys(files: SealedFiles, secret: str) -> SealedFiles:
    """The same store with another ring of keys."""
    return SealedFiles(files.store, Vault(Keyring.from_secret(secret)))


def on_the_disk(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


async def test_what_was_sealed_is_opened_and_stands_nowhere_in_clear(
    files: SealedFiles, tmp_path: Path
) -> None:
    sealed = await files.put(FILE_ID, CONTENT)

    assert sealed == Sealed("files/00/0000000000000abc-1", "1")
    assert await files.get(FILE_ID, sealed.stored_as) == CONTENT
    (kept,) = on_the_disk(tmp_path).values()
    assert CONTENT[:16] not in kept


async def test_a_file_put_twice_is_kept_once(files: SealedFiles, tmp_path: Path) -> None:
    await files.put(FILE_ID, CONTENT)

    sealed = await files.put(FILE_ID, CONTENT)

    assert list(on_the_disk(tmp_path)) == [sealed.stored_as]


async def test_a_file_does_not_open_as_another(files: SealedFiles) -> None:
    sealed = await files.put(FILE_ID, CONTENT)

    with pytest.raises(SealBroken):
        await files.get(FILE_ID + 1, sealed.stored_as)


async def test_a_changed_file_does_not_open(files: SealedFiles) -> None:
    sealed = await files.put(FILE_ID, CONTENT)
    kept = bytearray(await files.store.get(sealed.stored_as))
    kept[-20] ^= 1

    await files.store.put(sealed.stored_as, bytes(kept))

    with pytest.raises(SealBroken):
        await files.get(FILE_ID, sealed.stored_as)


async def test_a_file_of_an_older_key_opens_while_that_is_on_the_ring(files: SealedFiles) -> None:
    sealed = await files.put(FILE_ID, CONTENT)

    assert await with_keys(files, f"{NEW},{OLD}").get(FILE_ID, sealed.stored_as) == CONTENT
    with pytest.raises(KeyUnknown):
        await with_keys(files, NEW).get(FILE_ID, sealed.stored_as)


async def test_what_is_spooled_comes_back_under_its_name(files: SealedFiles, tmp_path: Path) -> None:
    first, second = await files.spool(CONTENT), await files.spool(b"other")

    assert await files.from_spool(first) == CONTENT
    assert await files.from_spool(second) == b"other"
    assert all(CONTENT[:16] not in kept for kept in on_the_disk(tmp_path).values())


async def test_what_is_spooled_opens_under_its_own_name_only(files: SealedFiles) -> None:
    first, second = await files.spool(CONTENT), await files.spool(b"other")

    await files.store.put(second, await files.store.get(first))

    with pytest.raises(FileGone):
        await files.from_spool(second)


@pytest.mark.parametrize(
    "name",
    [
        "spool/0123456789abcdef",
        "files/00/0000000000000abc-1",
        "spool/../files/00/0000000000000abc-1",
        "spool/0000000000000ABC",
        "",
    ],
)
async def test_nothing_else_can_be_had_from_the_spool(files: SealedFiles, name: str) -> None:
    await files.put(FILE_ID, CONTENT)

    with pytest.raises(FileGone):
        await files.from_spool(name)


async def test_what_an_unknown_key_has_spooled_is_gone(files: SealedFiles) -> None:
    name = await files.spool(CONTENT)

    with pytest.raises(FileGone):
        await with_keys(files, NEW).from_spool(name)


async def test_what_is_deleted_is_gone(files: SealedFiles) -> None:
    sealed, spooled = await files.put(FILE_ID, CONTENT), await files.spool(CONTENT)

    await files.delete(sealed.stored_as)
    await files.delete(spooled)

    with pytest.raises(FileGone):
        await files.get(FILE_ID, sealed.stored_as)
    with pytest.raises(FileGone):
        await files.from_spool(spooled)
