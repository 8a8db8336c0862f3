"""What a parent brings to the kindergarten with a referral: one list for all pages and notices [001]."""

from dataclasses import dataclass

from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Thing:
    """One of them: what it is called on a button or in a sentence, and in a list that explains."""

    name: str
    words: str


def to_bring(t: Texts) -> tuple[Thing, ...]:
    """All of them, in the order in which they are numbered and ticked off."""
    return (
        Thing(t("Parent's document"), t("the parent's identity document")),
        Thing(t("Child's document"), t("the child's birth certificate or identity document")),
        Thing(t("Medical certificate"), t("the child's medical certificate")),
        Thing(t("The referral"), t("this referral, on paper or in the phone")),
    )


def in_a_row(t: Texts) -> str:
    """Their names within a sentence."""
    names = (thing.name for thing in to_bring(t))
    return ", ".join(name[:1].lower() + name[1:] for name in names)
