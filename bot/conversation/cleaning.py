"""What people send, freed of what no text needs and no database or page should meet."""

from unicodedata import category

# Format characters turn the direction of what stands around them, or can't be seen at all.
# The joiners stay: emoji and some scripts are made with them.
_KEPT_CONTROLS = frozenset("\n\t")
_KEPT_FORMATS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{VARIATION SELECTOR-16}")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def cleaned(text: str) -> str:
    """The text without control characters, direction marks and lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each for each in text if _stays(each))


def _stays(character: str) -> bool:
    if character in _KEPT_CONTROLS or character in _KEPT_FORMATS:
        return True
    return category(character) not in _DROPPED
