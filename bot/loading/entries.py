"""The entries of a file, each checked by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.application import QueueKind
from domain.errors import PolicyInvalid
from domain.policy import Policy
from domain.policy_data import from_data
from domain.territory import TerritoryKind

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,8}$")]
Picture = Annotated[str, Field(pattern=r"^(https?://\S+|[\w-][\w.-]*(/[\w-][\w.-]*)*)$", max_length=500)]
BirthYear = Annotated[int, Field(ge=1990, le=2100)]


class Entry(BaseModel):
    """A table of the file: every key is known, every value of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Point(Entry):
    """Where something is, in degrees (WGS 84): both or neither."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Point":
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude go together")
        return self


class Names(Entry):
    """A name in the three languages."""

    kk: Words
    ru: Words
    en: Words


class TerritoryEntry(Point):
    """`[[territory]]`."""

    code: Code
    parent: Code | None = None
    kind: Annotated[TerritoryKind, Field(strict=False)]
    names: Names


class PolicyEntry(BaseModel):
    """`[[policy]]`: the territory, the first day, and every rule that is not the usual one."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)

    territory: Code
    since: date

    def policy(self) -> Policy:
        """The whole policy, with the usual rule for what is left out. Raises PolicyInvalid."""
        rules: Mapping[str, Any] = self.model_extra or {}
        return from_data(rules)


class GroupEntry(Entry):
    """`[[kindergarten.group]]`."""

    code: Code
    name: Words
    kind: Annotated[str, Field(pattern=r"^[a-z_]+$")] = "day"
    queue_kind: Annotated[QueueKind, Field(strict=False)] = QueueKind.GENERAL
    language: Language
    birth_years: Annotated[list[BirthYear], Field(min_length=1, max_length=7)]
    capacity: Annotated[int, Field(ge=1, le=1000)]


class KindergartenEntry(Point):
    """`[[kindergarten]]`."""

    code: Code
    territory: Code
    name: Words
    ownership: Annotated[str, Field(pattern=r"^(state|private)$")]
    address: Words | None = None
    phone: Words | None = None
    hours: Words | None = None
    picture: Picture | None = None
    website: Words | None = None
    description: Names | None = None
    languages: list[Language] | None = None
    group: list[GroupEntry] = []

    @property
    def taught_in(self) -> list[str]:
        """The languages of the kindergarten: as given, else those of its groups."""
        return self.languages or sorted({group.language for group in self.group})


class FileEntries(Entry):
    """The whole file."""

    territory: list[TerritoryEntry] = []
    policy: list[PolicyEntry] = []
    kindergarten: list[KindergartenEntry] = []


def policy_fault(error: PolicyInvalid) -> str:
    """What is wrong with a rule, in words."""
    return f"{error.field}: {error.reason.value.replace('_', ' ')}"
