"""What the documents promise is so."""

import re
from dataclasses import replace
from pathlib import Path

from bot.loading.read import read
from bot.settings import Settings
from domain.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
FIRST_OF_A_GROUP = re.compile(r"`(KEZEK_[A-Z]+_)[A-Z_]+`((?:, `_[A-Z_]+`)+)")


def variables_of_the_readme() -> set[str]:
    """Every variable that the README names, `_ENDINGS` written out."""
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"`(KEZEK_[A-Z_]+)`", text))
    for group in FIRST_OF_A_GROUP.finditer(text):
        named |= {group[1] + ending for ending in re.findall(r"`_([A-Z_]+)`", group[2])}
    return named


def test_the_readme_names_every_setting_and_no_other() -> None:
    settings = {f"KEZEK_{name.upper()}" for name in Settings.model_fields}

    assert variables_of_the_readme() == settings


def test_the_readmes_table_of_contents_of_the_house_is_true() -> None:
    text = (ROOT / "README.md").read_text()
    path: list[str] = []
    rooms = []
    for indent, room in re.findall(r"^((?:  )*)(\w+)/ ", text, re.MULTILINE):
        path = [*path[: len(indent) // 2], room]
        rooms.append("/".join(path))

    assert "bot/flows" in rooms
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []


def test_the_example_of_a_file_loads_and_shows_the_usual_rules() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "load.md").read_text(), re.DOTALL)

    entries, _ = read("\n".join(blocks).encode())

    usual = Policy()
    assert replace(entries.policy[0].policy(), contact_centre=usual.contact_centre) == usual
    assert (len(entries.territory), len(entries.kindergarten[0].group)) == (1, 1)


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        (document.name, target)
        for document in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
        if not (document.parent / target).exists()
    ]

    assert broken == []
