"""The kindergartens of the demo's city: enough of everything to be looked at."""

from datetime import UTC, datetime
from pathlib import Path

from bot.demo.build import BuildClock
from bot.demo.city import prepare
from bot.demo.country import CITY
from bot.uploads.kept_files import KeptFiles
from storage import kindergartens, reviews, shown_reviews, territories
from storage.database import Database
from storage.files import FileStore
from storage.keyring import Keyring
from storage.kindergartens import Passport
from storage.sealed_files import SealedFiles
from storage.shown_reviews import Rating
from storage.transaction import Transaction
from storage.vault import Vault

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)


def read(tx: Transaction) -> tuple[list[Passport], dict[int, Rating], int]:
    """The passports, the ratings, and how many reviews wait to be looked at."""
    here = territories.find_by_code(tx, CITY)
    assert here is not None
    found = [kindergartens.passport(tx, each.id) for each in kindergartens.page(tx, here, 99)]
    known = [each for each in found if each is not None]
    rated = shown_reviews.ratings(tx, [each.id for each in known])
    return known, rated, len(reviews.waiting(tx, [here], 9))


async def test_they_have_pictures_and_groups_some_have_reviews_and_all_are_on_the_map(tmp_path: Path) -> None:
    city = await prepare(tmp_path, AT)
    vault = Vault(Keyring.from_secret(city.secret_key))
    database = await Database.open(city.url, vault, BuildClock(AT))

    passports, rated, waiting = await database.read(read)
    kept = KeptFiles(database, SealedFiles(FileStore(city.files_url), vault))
    pictures = [await kept.house_picture(each.picture_file_id or 0) for each in passports]
    contents = [await kept.content(each) for each in pictures if each is not None]
    await database.close()

    assert len(passports) == len(contents) == 17
    assert all(each.point and each.hours and each.phone and each.address for each in passports)
    assert all(each.groups for each in passports)
    assert (len(rated), waiting) == (2, 1)
