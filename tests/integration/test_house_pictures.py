"""Pictures of kindergartens: from the file that names them, drawn anew, to everybody."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image
from sqlalchemy import select

from bot.loading.apply import load_file
from bot.loading.faults import FileRefused
from bot.loading.pictures import BesideTheFile, Pictures
from bot.texts import texts_in
from bot.uploads.kept_files import KeptFiles
from storage import file_rows, unneeded_files
from storage.database import Database
from storage.file_rows import NewFile
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.tables import file, kindergarten
from storage.transaction import Transaction
from tests.fakes.pictures import a_small_page, drawn, saved
from tests.fakes.quick_look import QuickLook
from tests.fakes.web_site import running_site

TOWN = """
[[territory]]
code = "town"
kind = "city"
names = { kk = "Қала", ru = "Город", en = "Town" }

[[kindergarten]]
code = "amina"
territory = "town"
name = "Амина"
ownership = "state"
"""
LARGE = (2000, 1500)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the file lies that is loaded, with a picture beside it."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "amina.png").write_bytes(saved(drawn(LARGE), "PNG"))
    return tmp_path


@pytest.fixture
def kept(database: Database, tmp_path: Path) -> KeptFiles:
    return KeptFiles(database, SealedFiles(FileStore((tmp_path / "files").as_uri()), database.vault))


async def load(kept: KeptFiles, folder: Path, picture: str | None) -> int:
    """How many pictures a file has that names this one."""
    line = "" if picture is None else f'picture = "{picture}"\n'
    pictures = Pictures(BesideTheFile(folder), QuickLook(), kept.sealed)
    return (await load_file(kept.database, (TOWN + line).encode(), pictures)).pictures


async def shown(kept: KeptFiles) -> int | None:
    """The id of the file that is the picture now."""
    asked = select(kindergarten.c.picture_file_id)
    found: int | None = await kept.database.read(lambda tx: tx.conn.execute(asked).scalar_one())
    return found


async def test_a_picture_beside_the_file_is_drawn_anew_and_kept(kept: KeptFiles, folder: Path) -> None:
    assert await load(kept, folder, "pictures/amina.png") == 1

    file_id = await shown(kept)
    assert file_id is not None
    found = await kept.house_picture(file_id)
    assert found is not None
    picture = Image.open(BytesIO(await kept.content(found)))
    assert (found.content_type, picture.format, picture.size) == ("image/jpeg", "JPEG", (1280, 960))


async def test_loading_twice_keeps_the_picture_that_is_there(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    before = await shown(kept)

    await load(kept, folder, "pictures/amina.png")

    assert await shown(kept) == before


async def test_another_picture_takes_its_place_and_the_former_goes(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    before = await shown(kept)
    assert before is not None
    (folder / "other.jpg").write_bytes(saved(drawn((400, 400))))

    await load(kept, folder, "other.jpg")

    assert await shown(kept) not in (None, before)
    assert await kept.find(before) is None
    assert await kept.house_picture(before) is None


async def test_a_file_that_names_none_takes_it_away(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")

    await load(kept, folder, None)

    assert await shown(kept) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "can't be fetched"),
        (b"<svg onload=alert(1)>", "is not what its name says"),
        (b"%PDF-1.7", "is not what its name says"),
        (b"", "is broken"),
        (saved(drawn(LARGE))[:2000], "is broken"),
        (a_small_page(), "is smaller than 320 pixels"),
        (b"\xff\xd8" + b"\0" * (10 * 2**20), "is larger than 10 MB"),
    ],
)
async def test_a_bad_picture_changes_nothing_and_is_told_with_its_line(
    kept: KeptFiles, folder: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (folder / "bad.jpg").write_bytes(content)

    with pytest.raises(FileRefused) as refused:
        await load(kept, folder, "bad.jpg")

    assert str(refused.value.faults[0]) == f"line 12: kindergarten.picture: the picture {reason}"
    assert await kept.database.read(lambda tx: tx.conn.execute(select(kindergarten.c.id)).all()) == []


@pytest.mark.parametrize("named", ["../secret.jpg", "/etc/passwd", "a/../../b.jpg", "file:///etc/passwd", ""])
async def test_only_what_lies_beside_the_file_can_be_named(kept: KeptFiles, folder: Path, named: str) -> None:
    with pytest.raises(FileRefused) as refused:
        await load(kept, folder, named)

    assert "kindergarten.picture" in str(refused.value.faults[0])


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A site of somebody's that has pictures."""

    async def large(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"\xff" * (10 * 2**20 + 1))

    async def good(_: web.Request) -> web.StreamResponse:
        return web.Response(body=saved(drawn((400, 400))))

    app = web.Application()
    app.router.add_get("/good.jpg", good)
    app.router.add_get("/large.jpg", large)
    runner = web.AppRunner(app)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_a_picture_of_the_web_is_fetched_once_it_is_loaded(
    kept: KeptFiles, folder: Path, site: str
) -> None:
    assert await load(kept, folder, f"{site}/good.jpg") == 1

    assert await shown(kept) is not None


@pytest.mark.parametrize(
    ("path", "reason"), [("/none.jpg", "can't be fetched"), ("/large.jpg", "is larger than 10 MB")]
)
async def test_what_the_web_has_not_or_too_much_of_is_a_fault(
    kept: KeptFiles, folder: Path, site: str, path: str, reason: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        await load(kept, folder, site + path)

    assert refused.value.faults[0].reason == f"the picture {reason}"


async def test_nobody_there_to_give_it_is_a_fault(kept: KeptFiles, folder: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        await load(kept, folder, "http://127.0.0.1:1/x.jpg")

    assert refused.value.faults[0].reason == "the picture can't be fetched"


async def test_a_picture_is_no_file_that_nobody_needs(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    file_id = await shown(kept)
    assert file_id is not None

    def drop(tx: Transaction) -> int:
        return unneeded_files.mark_dropped(tx, [file_id])

    assert await kept.database.write(drop) == 0
    await load(kept, folder, None)
    assert await kept.find(file_id) is None


async def got(kept: KeptFiles, path: str) -> tuple[int, dict[str, Any], bytes]:
    async with (
        running_site(files=kept, texts=texts_in) as site,
        aiohttp.ClientSession(site.url) as session,
        session.get(path) as answer,
    ):
        return answer.status, dict(answer.headers), await answer.read()


async def test_a_picture_is_given_to_everybody_as_a_picture_and_nothing_else(
    kept: KeptFiles, folder: Path
) -> None:
    await load(kept, folder, "pictures/amina.png")

    status, headers, body = await got(kept, f"/kindergartens/pictures/{await shown(kept)}.jpg")

    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(body)).format == "JPEG"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Cache-Control"] == "public, max-age=604800, immutable"


async def test_no_other_file_comes_that_way(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    before = await shown(kept)
    sealed = await kept.sealed.put(7, b"somebody's document")
    secret = NewFile(7, "document", "", "image/jpeg", 1, b"", sealed.stored_as, sealed.key_id)
    await kept.database.write(lambda tx: file_rows.add(tx, secret))
    await load(kept, folder, None)

    for name in (7, before, 8, 10**18, 2**63, "x", "-7", "7/../7"):
        status, _, _ = await got(kept, f"/kindergartens/pictures/{name}.jpg")
        assert status == 404, name


async def test_what_is_no_jpeg_is_not_shown_in_place(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    await kept.database.write(lambda tx: tx.conn.execute(file.update().values(content_type="text/html")))

    status, _, _ = await got(kept, f"/kindergartens/pictures/{await shown(kept)}.jpg")

    assert status == 404


async def test_a_picture_whose_content_is_gone_is_not_there(kept: KeptFiles, folder: Path) -> None:
    await load(kept, folder, "pictures/amina.png")
    file_id = await shown(kept)
    assert file_id is not None
    found = await kept.house_picture(file_id)
    assert found is not None
    await kept.sealed.delete(found.stored_as)

    status, _, _ = await got(kept, f"/kindergartens/pictures/{file_id}.jpg")

    assert status == 404
