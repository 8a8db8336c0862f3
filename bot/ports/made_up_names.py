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
    "Әбенов", "Алдабеков", "Асқаров", "Аманов", "Баймұратов", "Бекенов", "Далабаев", "Достанов", "Есенов",
    "Жақыпов", "Жұмағұлов", "Ізбасаров", "Кенжебаев", "Қалиев", "Қоңыратов", "Махамбетов", "Молдағалиев",
    "Нұрғалиев", "Оразов", "Өмірзақов", "Рысбеков", "Сапаров", "Сейілов", "Тасболатов", "Тілеуов", "Үсенов",
    "Шаймерденов", "Шоқанов", "Ысқақов",
)  # fmt: skip
KAZAKH_MEN = (
    "Айдос", "Алмас", "Асан", "Бауыржан", "Бекзат", "Дәурен", "Ерлан", "Жандос", "Ислам", "Қайрат", "Мирас",
    "Нұрлан", "Олжас", "Рүстем", "Санжар", "Серік", "Темірлан", "Ұлан",
)  # fmt: skip
KAZAKH_WOMEN = (
    "Айару", "Айгерім", "Аружан", "Асем", "Балнұр", "Гүлназ", "Дана", "Жанар", "Зарина", "Қарлығаш",
    "Ләззат", "Мадина", "Назерке", "Перизат", "Сезім", "Толғанай", "Ұлжан", "Шынар",
)  # fmt: skip
RUSSIAN_SURNAMES = (
    "Белов", "Васнецов", "Громов", "Зимин", "Крылов", "Лунин", "Осокин", "Рябов", "Соловьёв", "Тихонов",
)  # fmt: skip
RUSSIAN_MEN = ("Алексей", "Антон", "Борис", "Виктор", "Денис", "Егор", "Матвей", "Павел", "Роман", "Степан")
RUSSIAN_WOMEN = ("Алиса", "Анна", "Вера", "Дарья", "Ирина", "Ксения", "Мария", "Нина", "Полина", "Софья")
RUSSIAN_PATRONYMIC_STEMS = {
    "Алексей": "Алексее", "Антон": "Антоно", "Борис": "Борисо", "Виктор": "Викторо", "Денис": "Денисо",
    "Егор": "Егоро", "Матвей": "Матвее", "Павел": "Павло", "Роман": "Романо", "Степан": "Степано",
}  # fmt: skip
_RUSSIAN_OF_TEN = 2


def made_up_name(
    seed: bytes, sex: Sex, parent: FullName | None = None, father: str | None = None
) -> FullName:
    """A name for this sex, out of four bytes or more; a child's surname is its `parent`'s."""
    russian = seed[0] % 10 < _RUSSIAN_OF_TEN if parent is None else parent.name in _RUSSIAN_NAMES
    surnames, men, women = (
        (RUSSIAN_SURNAMES, RUSSIAN_MEN, RUSSIAN_WOMEN)
        if russian
        else (KAZAKH_SURNAMES, KAZAKH_MEN, KAZAKH_WOMEN)
    )
    female = sex is Sex.FEMALE
    surname = _pick(surnames, seed[1]) if parent is None else parent.surname.removesuffix("а")
    father = father or _pick(men, seed[3])
    return FullName(
        surname=f"{surname}а" if female else surname,
        name=_pick(women if female else men, seed[2]),
        patronymic=_russian_patronymic(father, female) if russian else father + ("қызы" if female else "ұлы"),
    )


def _russian_patronymic(father: str, female: bool) -> str:
    return RUSSIAN_PATRONYMIC_STEMS[father] + ("вна" if female else "вич")


def _pick(names: Sequence[str], byte: int) -> str:
    return names[byte % len(names)]


_RUSSIAN_NAMES = frozenset((*RUSSIAN_MEN, *RUSSIAN_WOMEN))
