"""The referral as a PDF: what stands on it, for whom it is printed, and for whom it is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bot.conversation.errand import ErrandFailed
from bot.conversation.reply import Letter
from bot.mail_part import Papers
from bot.papers import referral_errand
from bot.papers.days import in_words, with_weekday
from bot.papers.page import page
from bot.papers.printing import code_of, printed
from bot.papers.referral_errand import PaperErrand, file_of
from bot.papers.referral_links import ReferralLinks
from domain.referral import ReferralEnd
from storage import file_rows, unneeded_files
from storage.database import Database
from storage.files import FileStore
from storage.ids import new_id
from storage.referral_papers import ReferralPaper, paper
from storage.sealed_files import SealedFiles
from storage.tables import guardian
from tests.fakes.clock import START, SetClock
from tests.integration.open_city import GROUP, MARKED, OpenCity, Referred
from tests.integration.rows import add_parent

LINKS = ReferralLinks("a secret for the tests", "https://kezek.example")


@pytest.fixture
def files(database: Database, tmp_path: Path) -> SealedFiles:
    return SealedFiles(FileStore((tmp_path / "files").as_uri()), database.vault)


def request(given: Referred, **changed: Any) -> dict[str, Any]:
    """What the flow asks for."""
    return {"parent": given.parent_id, "referral": given.id, "file_id": new_id()} | changed


async def referred(database: Database, **how: Any) -> Referred:
    """A referral in the city."""
    return await database.write(lambda tx: OpenCity(tx).refer(**how))


async def read(database: Database, given: Referred) -> ReferralPaper:
    """What is printed of it."""
    found = await database.read(lambda tx: paper(tx, given.parent_id, given.id))
    assert found is not None
    return found


def pages_of(content: bytes) -> Iterator[str]:
    """The text of each page of a PDF, its lines joined."""
    for each in pypdfium2.PdfDocument(content):
        yield " ".join(each.get_textpage().get_text_range().split())


async def test_the_paper_tells_everything_in_kazakh_and_russian_on_one_page(
    database: Database, files: SealedFiles
) -> None:
    given = await referred(database, number=1000391)

    answer = await PaperErrand(database, files, LINKS).run(request(given))

    new = file_of(answer)
    assert new is not None
    [text] = pages_of(await files.get(new.id, new.stored_as))
    for told in (
        *("Балабақшаға жолдама", "Направление в детский сад", "№ 1000391"),
        *(f"{MARKED[0]} {MARKED[1]}", "Құлыншақ", "Абай көшесі, 10", GROUP, "Қазақ тілі", "Казахский"),
        *("2026 жылғы 26 қараша, бейсенбі", "26 ноября 2026 года, четверг"),
        *("2022 жылғы 14 мамыр", "14 мая 2022 года", "баланың медициналық анықтамасы", "медицинская справка"),
        *("20.11.2026 15:00", LINKS.to(1000391)),
    ):
        assert told in text
    assert (new.kind, new.name, new.content_type) == ("referral_paper", "", "application/pdf")


async def test_a_letter_takes_the_paper_of_its_reader_along(database: Database) -> None:
    given = await referred(database, number=1000391)
    papers = Papers(database, LINKS)

    content = await papers.of(Letter("Kezek", referral=1000391, reader=given.parent_id))

    assert content is not None
    assert "1000391" in "".join(pages_of(content))
    assert await papers.of(Letter("Kezek", referral=1000391, reader=given.parent_id + 1)) is None
    assert await papers.of(Letter("Kezek", referral=1, reader=given.parent_id)) is None
    assert await papers.of(Letter("Kezek")) is None


async def test_of_the_iin_and_the_phone_nothing_is_printed(database: Database) -> None:
    found = await read(database, await referred(database))

    content = printed(page(found, "https://kezek.example", code_of("https://kezek.example")))

    assert [each for each in MARKED[2:] if each in "".join(pages_of(content))] == []


async def test_a_child_whose_name_is_not_for_this_parent_is_named_in_short(database: Database) -> None:
    given = await referred(database)

    def by_word_of_mouth(tx: Any) -> None:
        tx.conn.execute(guardian.update().values(how="applied"))
        tx.conn.exec_driver_sql("UPDATE child SET verified_at = created_at")

    await database.write(by_word_of_mouth)
    found = await read(database, given)
    text = "".join(pages_of(printed(page(found, "x", code_of("x")))))

    assert f"{MARKED[1]} {MARKED[0][0]}." in text
    assert MARKED[0] not in text


async def test_the_longest_names_stay_on_one_page(database: Database) -> None:
    found = await read(database, await referred(database))
    long = "Ұзақ атаулы балабақша-бөбекжай кешені " * 3
    child = replace(found.child, surname="Әбдірахмановтегі" * 3, name="Нұрсұлтанбек" * 3)
    crowded = replace(found, kindergarten=long, group=long, address=long, phone="+77253300300", child=child)

    content = printed(page(crowded, LINKS.to(2**63 - 1), code_of(LINKS.to(2**63 - 1))))

    assert len(list(pages_of(content))) == 1


async def test_what_people_have_written_is_never_taken_for_markup(database: Database) -> None:
    found = await read(database, await referred(database))
    odd = replace(found, group='#panic("x") *b* $x$ <a> @b \\ [c] // d', kindergarten="#sys.inputs")

    [text] = pages_of(printed(page(odd, "x", code_of("x"))))

    assert '#panic("x") *b* $x$ <a> @b \\ [c] // d' in text
    assert "#sys.inputs" in text


@pytest.mark.parametrize("end", ReferralEnd)
async def test_no_paper_is_printed_of_a_referral_that_is_over(
    database: Database, files: SealedFiles, end: ReferralEnd
) -> None:
    given = await referred(database, end=end, ended_at=START)

    answer = await PaperErrand(database, files, LINKS).run(request(given))

    assert answer == {"parent": given.parent_id, "referral": given.id}
    assert file_of(answer) is None


@pytest.mark.parametrize(
    ("before", "there"), [(timedelta(seconds=1), True), (timedelta(0), False)], ids=["23:59:59", "00:00"]
)
async def test_the_last_paper_is_printed_before_midnight(
    database: Database, files: SealedFiles, clock: SetClock, before: timedelta, there: bool
) -> None:
    given = await referred(database)
    clock.at = given.given.ends_at - before

    answer = await PaperErrand(database, files, LINKS).run(request(given))

    assert ("file" in answer) is there


async def test_nobody_else_gets_the_paper_and_of_no_referral_there_is_none(
    database: Database, files: SealedFiles
) -> None:
    given = await referred(database)
    stranger = await database.write(add_parent)
    runner = PaperErrand(database, files, LINKS)

    answers = [
        await runner.run(request(given, parent=stranger)),
        await runner.run(request(given, referral=given.id ^ 1)),
    ]

    assert [file_of(each) for each in answers] == [None, None]


async def test_a_store_that_is_down_is_asked_again(database: Database, tmp_path: Path) -> None:
    given = await referred(database)
    (tmp_path / "in the way").write_text("a file where the folder should be")
    broken = SealedFiles(FileStore((tmp_path / "in the way").as_uri()), database.vault)

    with pytest.raises(ErrandFailed):
        await PaperErrand(database, broken, LINKS).run(request(given))


async def test_printed_twice_by_two_workers_it_is_kept_once(database: Database, files: SealedFiles) -> None:
    given = await referred(database)
    runner = PaperErrand(database, files, LINKS)
    asked = request(given)

    await runner.run(asked)
    await runner.run(asked)

    assert len([blob async for blob in files.store.blobs("files")]) == 1


async def test_a_paper_goes_after_an_hour_and_other_files_stay(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    given = await referred(database)
    new = file_of(await PaperErrand(database, files, LINKS).run(request(given)))
    assert new is not None
    other = replace(new, id=new_id(), kind="document", stored_as="files/00/other")
    for each in (new, other):
        await database.write(partial(file_rows.add, new=each))

    clock.advance(unneeded_files.PRINTED)
    assert await database.read(lambda tx: unneeded_files.unused(tx, 9)) == []
    clock.advance(timedelta(seconds=1))

    assert await database.read(lambda tx: unneeded_files.unused(tx, 9)) == [new.id]
    assert await database.write(lambda tx: unneeded_files.mark_unused(tx, [new.id, other.id])) == 1


@pytest.mark.parametrize(
    ("language", "words", "longer"),
    [
        ("kk", "2026 жылғы 27 қараша", "2026 жылғы 27 қараша, жұма"),
        ("ru", "27 ноября 2026 года", "27 ноября 2026 года, пятница"),
        ("en", "27 November 2026", "27 November 2026, Friday"),
    ],
)
def test_a_day_is_written_in_words(language: str, words: str, longer: str) -> None:
    day = date(2026, 11, 27)

    assert (in_words(day, language), with_weekday(day, language)) == (words, longer)


def test_the_errand_ends_before_another_worker_would_begin_it() -> None:
    assert PaperErrand.patience < timedelta(seconds=30) < referral_errand.PATIENCE
