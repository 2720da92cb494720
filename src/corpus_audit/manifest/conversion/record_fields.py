"""Which fields of a file's records hold text, license, language or address, by the columns that a description names."""

from dataclasses import dataclass, field

from corpus_audit.corpus.field_roles import (
    AssignedRoles,
    ColumnKind,
    DataColumn,
    FieldRole,
    Path,
    assign_roles,
    field_name,
)
from corpus_audit.corpus.field_roles.names import telling_name
from corpus_audit.corpus.field_roles.tables import ASKING, EXCHANGE
from corpus_audit.manifest.conversion.building import ClaimFragment
from corpus_audit.manifest.conversion.mapping import FoundValue, put_all
from corpus_audit.manifest.tree import Place

FIELD_TARGETS = ("text[]", "license", "language", "url", "date", "subject_ids")
BY_THE_RULE = "by the rule about columns (data-formats.md)"


@dataclass
class RecordFields:
    """The columns of one file's records as they are described, and what the rule about columns makes of them."""

    _columns: dict[Path, DataColumn] = field(default_factory=dict)
    _places: dict[str, Place] = field(default_factory=dict)

    def add(self, path: Path, place: Place, is_text: bool) -> None:
        """Take note of a column and of where it is described."""
        self._columns.setdefault(path, DataColumn(path, ColumnKind.TEXT if is_text else ColumnKind.OTHER))
        self._places.setdefault(field_name(path), place)

    @property
    def is_known(self) -> bool:
        """True if any column is described."""
        return bool(self._columns)

    def put(self, file: ClaimFragment) -> None:
        """Put what follows into a file of the manifest; a text that no name tells is left to the data."""
        roles = assign_roles(list(self._columns.values()))
        texts = roles.text if self._tells_text(roles) else _only_candidate(roles, self._columns)
        put_all(file, "fields.text[]", [self._found(name) for name in texts])
        for target, name in roles.proposed.items():
            put_all(file, f"fields.{target}", [self._found(name)])

    def _tells_text(self, roles: AssignedRoles) -> bool:
        """True if the text is described as a whole; a question alone, or a conversation without its columns, is not."""
        chosen = {telling_name(column.path) for column in roles.columns if column.role is FieldRole.TEXT}
        vague = {telling_name(path) for path, column in self._columns.items() if column.kind is not ColumnKind.TEXT}
        return bool(chosen.difference(ASKING)) and not vague.intersection(EXCHANGE)

    def _found(self, name: str) -> FoundValue:
        return FoundValue(name, self._places[name])


def _only_candidate(roles: AssignedRoles, columns: dict[Path, DataColumn]) -> list[str]:
    """Return the only column of texts that is no metadata, none where there are several."""
    able = [c.name for c in roles.columns if c.role is FieldRole.OTHER and columns[c.path].kind is ColumnKind.TEXT]
    return able if len(able) == 1 and not roles.text else []
