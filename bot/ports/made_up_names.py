"""Names for people who don't exist, put together from common ones. The same seed gives the same name."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.iin import Sex


@dataclass(frozen=True, slots=True)
class FullName:
    """A name as documents write it."""

    surname: str
    name: str
    patronymic: str


KAZAKH_SURNAMES = (
    "Әбенов",
    "Алдабеков",
    "Асқаров",
    "Аманов",
    "Баймұратов",
    "Бекенов",
    "Далабаев",
    "Достанов",
    "Есенов",
    "Жақыпов",
    "Жұмағұлов",
    "Ізбасаров",
    "Кенжебаев",
    "Қалиев",
    "Қоңыратов",
    "Махамбетов",
    "Молдағалиев",
    "Нұрғалиев",
    "Оразов",
    "Өмірзақов",
    "Рысбеков",
    "Сапаров",
    "Сейілов",
    "Тасболатов",
    "Тілеуов",
    "Үсенов",
    "Шаймерденов",
    "Шоқанов",
    "Ысқақов",
)
KAZAKH_MEN = (
    "Айдос",
    "Алмас",
    "Асан",
    "Бауыржан",
    "Бекзат",
    "Дәурен",
    "Ерлан",
    "Жандос",
    "Ислам",
    "Қайрат",
    "Мирас",
    "Нұрлан",
    "Олжас",
    "Рүстем",
    "Санжар",
    "Серік",
    "Темірлан",
    "Ұлан",
)
KAZAKH_WOMEN = (
    "Айару",
    "Айгерім",
    "Аружан",
    "Асем",
    "Балнұр",
    "Гүлназ",
    "Дана",
    "Жанар",
    "Зарина",
    "Қарлығаш",
    "Ләззат",
    "Мадина",
    "Назерке",
    "Перизат",
    "Сезім",
    "Толғанай",
    "Ұлжан",
    "Шынар",
)
RUSSIAN_SURNAMES = (
    "Белов",
    "Васнецов",
    "Громов",
    "Зимин",
    "Крылов",
    "Лунин",
    "Осокин",
    "Рябов",
    "Соловьёв",
    "Тихонов",
)
RUSSIAN_MEN = ("Алексей", "Антон", "Борис", "Виктор", "Денис", "Егор", "Матвей", "Павел", "Роман", "Степан")
RUSSIAN_WOMEN = ("Алиса", "Анна", "Вера", "Дарья", "Ирина", "Ксения", "Мария", "Нина", "Полина", "Софья")
RUSSIAN_PATRONYMICS = {
    Sex.MALE: ("Алексеевич", "Борисович", "Викторович", "Денисович", "Павлович", "Романович"),
    Sex.FEMALE: ("Алексеевна", "Борисовна", "Викторовна", "Денисовна", "Павловна", "Романовна"),
}
_RUSSIAN_OF_TEN = 2


def made_up_name(seed: bytes, sex: Sex) -> FullName:
    """A name for this sex; every five bytes or more of seed are a different one, as far as names reach."""
    if seed[0] % 10 < _RUSSIAN_OF_TEN:
        return FullName(
            _surname(_pick(RUSSIAN_SURNAMES, seed[1]), sex),
            _pick(RUSSIAN_WOMEN if sex is Sex.FEMALE else RUSSIAN_MEN, seed[2]),
            _pick(RUSSIAN_PATRONYMICS[sex], seed[3]),
        )
    return FullName(
        _surname(_pick(KAZAKH_SURNAMES, seed[1]), sex),
        _pick(KAZAKH_WOMEN if sex is Sex.FEMALE else KAZAKH_MEN, seed[2]),
        _pick(KAZAKH_MEN, seed[3]) + ("қызы" if sex is Sex.FEMALE else "ұлы"),
    )


def _pick(names: Sequence[str], byte: int) -> str:
    return names[byte % len(names)]


def _surname(masculine: str, sex: Sex) -> str:
    return masculine + "а" if sex is Sex.FEMALE else masculine
