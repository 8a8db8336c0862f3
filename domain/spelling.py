"""How names are compared, whoever typed them: with Kazakh letters or without, in Cyrillic or in Latin.

Two steps. `folded` writes Kazakh letters as their Russian neighbours, which is how people type them who
have no Kazakh keyboard. `sounded` goes on to one Latin spelling of what is heard, in which "Әлия", "Алия",
"Aliya" and "alia" are the same, or a slip apart.
"""

import re
from unicodedata import combining, normalize

_NEIGHBOURS = str.maketrans("әғқңөұүһіё", "агкноуухие")
_SOUNDS = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia", "ı": "i", "ş": "sh",
})  # fmt: skip
# What is heard alike in Latin, the longer spelling first: "Qazaqstan", "Zhuldyz" and "Juldız".
_ALIKE = (
    ("kh", "h"),
    ("gh", "g"),
    ("j", "zh"),
    ("zhzh", "zh"),
    ("q", "k"),
    ("w", "u"),
    ("y", "i"),
    ("x", "ks"),
)
_TWICE = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W_]+")
# What stands around the name of a kindergarten, folded: it tells none from another.
_KINDS = frozenset({
    *("балабакша", "балабакшасы", "бобекжай", "бобекжайы", "бакша", "бакшасы", "бобекжайбалабакшасы"),
    *("мектеп", "мектебi", "мектеби", "кешен", "кешени", "бастауыш", "шагын", "орталыгы", "мемлекеттик"),
    *("детский", "детсад", "сад", "садик", "ясли", "комплекс", "школа", "центр", "государственный"),
    *("kindergarten", "nursery", "balabaqsha", "balabaksha", "sad", "detskiy", "detsad"),
    *("жшс", "тоо", "мкко", "гккп"),
})  # fmt: skip


def folded(text: str) -> str:
    """The text in small letters, with Kazakh letters as their Russian neighbours."""
    return text.casefold().translate(_NEIGHBOURS)


def sounded(text: str) -> str:
    """The text as it sounds, in Latin letters and digits with single spaces; empty for signs alone."""
    latin = normalize("NFD", folded(text).translate(_SOUNDS))
    words = _WORD.findall("".join(each for each in latin if not combining(each)))
    heard = " ".join(words)
    for written, alike in _ALIKE:
        heard = heard.replace(written, alike)
    # Digits stay as they are: kindergartens have numbers, and 11 is not 1.
    return _TWICE.sub(lambda found: found[0] if found[1].isdigit() else found[1], heard)


def essence(name: str) -> str:
    """What tells a kindergarten's name from another's, as it sounds: without "kindergarten" and its like."""
    words = _WORD.findall(folded(name))
    own = [word for word in words if word not in _KINDS]
    return sounded(" ".join(own or words))
