"""The two built-in tables of license facts, read once on first use.

``license_obligations.csv`` has one row a license, ``license_aliases.csv`` one row a spelling; ``docs/licenses.md``
describes their columns and where they come from.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_FREE = "free"
"""In the column model_release: the license itself says that trained models carry no duties."""


class LicensePermission(StrEnum):
    """A license's answer on one permission or duty. Unknown is never read as yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LicenseFacts:
    """What one license permits and asks, as its row in the table says."""

    license_id: str
    name: str
    family: str
    use: LicensePermission
    commercial_use: LicensePermission
    derivatives: LicensePermission
    redistribution: LicensePermission
    model_release: LicensePermission
    models_are_free: bool
    attribution: LicensePermission
    notice: LicensePermission
    state_changes: LicensePermission
    share_alike: str
    share_alike_upgrades: frozenset[str]
    excluded_targets: frozenset[str]
    use_restrictions: frozenset[str]
    note: str
    legal_url: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Alias:
    """The meaning of one license spelling; ambiguous spellings mean NOASSERTION."""

    license_id: str
    kind: str
    is_ambiguous: bool


@cache
def license_facts() -> Mapping[str, LicenseFacts]:
    """Return every row of the obligations table by license id."""
    return {row["id"]: _facts(row) for row in _rows("license_obligations.csv")}


@cache
def aliases() -> Mapping[str, Alias]:
    """Return every known spelling, lower-cased and with single spaces, and its meaning."""
    return {
        row["alias"]: Alias(row["id"], row["kind"], is_ambiguous=row["ambiguous"] == "true")
        for row in _rows("license_aliases.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (files(__package__) / "data" / name).open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def _facts(row: Mapping[str, str]) -> LicenseFacts:
    return LicenseFacts(
        license_id=row["id"],
        name=row["name"],
        family=row["family"],
        use=LicensePermission(row["use"]),
        commercial_use=LicensePermission(row["commercial_use"]),
        derivatives=LicensePermission(row["derivatives"]),
        redistribution=LicensePermission(row["redistribution"]),
        model_release=LicensePermission.YES
        if row["model_release"] == _FREE
        else LicensePermission(row["model_release"]),
        models_are_free=row["model_release"] == _FREE,
        attribution=LicensePermission(row["attribution"]),
        notice=LicensePermission(row["notice"]),
        state_changes=LicensePermission(row["state_changes"]),
        share_alike=row["share_alike"],
        share_alike_upgrades=_set(row["share_alike_upgrade"]),
        excluded_targets=_set(row["excluded_targets"]),
        use_restrictions=_set(row["use_restrictions"]),
        note=row["ml_training_note"],
        legal_url=row["legal_url"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _set(joined: str) -> frozenset[str]:
    return frozenset(filter(None, joined.split(";")))
