"""Which fields of a file's records hold text, license, language or address, as descriptions name them."""

from dataclasses import dataclass, field

from corpus_audit.manifest.conversion.building import ClaimFragment
from corpus_audit.manifest.conversion.mapping import FoundValue, put_all

_ROLES = {
    "license": "license",
    "licence": "license",
    "language": "language",
    "lang": "language",
    "url": "url",
    "date": "date",
    "timestamp": "date",
}
"""Columns that say something of their record rather than being its text, by their names."""


@dataclass
class RecordFields:
    """The fields of one file's records by what they mean."""

    text: list[FoundValue] = field(default_factory=list)
    roles: dict[str, FoundValue] = field(default_factory=dict)

    def add(self, found: FoundValue, is_text: bool) -> None:
        """Take note of a field: what its name gives away, else text when it holds text."""
        role = _ROLES.get(str(found.value).lower())
        if role is not None:
            self.roles.setdefault(role, found)
        elif is_text and all(found.value != known.value for known in self.text):
            self.text.append(found)

    def put(self, file: ClaimFragment) -> None:
        """Put what is known of the fields into a file of the manifest."""
        put_all(file, "fields.text[]", self.text)
        for role, found in self.roles.items():
            put_all(file, f"fields.{role}", [found])


def nested_name(steps: list[str]) -> str:
    """Return the name of a field of records: a column by its name, what lies deeper by a JSON pointer."""
    if len(steps) == 1:
        return steps[0]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
