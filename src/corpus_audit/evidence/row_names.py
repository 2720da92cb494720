"""How one row of an evidence table is named in a sentence, and how several are counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus_audit.evidence import tables
from corpus_audit.schemas.marking import _, _n
from corpus_audit.schemas.problems import fields_of


@dataclass(frozen=True)
class RowName:
    """A row's name as a template of its columns, and the sentence part that counts rows; '' for a table of one row."""

    name: str
    counted: tuple[str, str] = ("", "")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the name is made of."""
        return tuple(field.name for field in fields_of(self.name))


_SOURCES = _n("{failed} of {of} source", "{failed} of {of} sources")
_MODELS = _n("{failed} of {of} model", "{failed} of {of} models")
_PAIRS = _n("{failed} of {of} pair of sources", "{failed} of {of} pairs of sources")
_FILES = _n("{failed} of {of} file", "{failed} of {of} files")

ROW_NAMES: Mapping[str, RowName] = {
    tables.DATASET.name: RowName(""),
    tables.DISCLOSURE.name: RowName(""),
    tables.SOURCES.name: RowName("{source_id}", _SOURCES),
    tables.SOURCE_DISCLOSURES.name: RowName("{source_id}", _SOURCES),
    tables.COVERAGE.name: RowName("{source_id}", _SOURCES),
    tables.QUALITY.name: RowName("{source_id}", _SOURCES),
    tables.LICENSE_EVIDENCE.name: RowName("{source_id}", _SOURCES),
    tables.CLAIM_PROBLEMS.name: RowName(
        _("{field} of {source_id}"), _n("{failed} of {of} statement", "{failed} of {of} statements")
    ),
    # A file may have several defects, each a row.
    tables.DEFECTS.name: RowName(_("{file} in {source_id}"), _n("{failed} of {of} defect", "{failed} of {of} defects")),
    tables.FILES.name: RowName(_("{file} in {source_id}"), _FILES),
    tables.GATES.name: RowName("{source_id}", _n("{failed} of {of} check", "{failed} of {of} checks")),
    tables.LABELS.name: RowName("{source_id}", _n("{failed} of {of} label", "{failed} of {of} labels")),
    tables.LANGUAGES.name: RowName(
        _("{language} in {source_id}"), _n("{failed} of {of} language", "{failed} of {of} languages")
    ),
    tables.LICENSE_CONTRADICTIONS.name: RowName(
        "{source_id}", _n("{failed} of {of} license statement", "{failed} of {of} license statements")
    ),
    tables.MEDIA.name: RowName(
        _("{modality} in {source_id}"), _n("{failed} of {of} kind of media", "{failed} of {of} kinds of media")
    ),
    tables.MODELS.name: RowName("{model_id}", _MODELS),
    tables.TRAINED_MODELS.name: RowName("{trained_model}", _MODELS),
    tables.NAMES.name: RowName("{source_id}", _n("{failed} of {of} sample", "{failed} of {of} samples")),
    tables.NOTICES.name: RowName("{source_id}", _n("{failed} of {of} notice", "{failed} of {of} notices")),
    tables.OPT_OUTS.name: RowName(_("{host} in {source_id}"), _n("{failed} of {of} host", "{failed} of {of} hosts")),
    tables.RECORD_OPT_OUTS.name: RowName(
        _("{protocol} in {source_id}"), _n("{failed} of {of} convention", "{failed} of {of} conventions")
    ),
    tables.OVERLAPS.name: RowName(_("{source_a} ({license_a}) and {source_b} ({license_b})"), _PAIRS),
    tables.PROPAGATED_RESTRICTIONS.name: RowName(_("{source_id} ({license}) ← {origin} ({origin_license})"), _PAIRS),
    tables.PERSONAL_INFORMATION.name: RowName(
        _("{entity_type} in {source_id}"),
        _n("{failed} of {of} type of personal information", "{failed} of {of} types of personal information"),
    ),
    tables.LABELLED_INFORMATION.name: RowName(
        _("{entity_type} in {source_id}"),
        _n("{failed} of {of} type of personal information", "{failed} of {of} types of personal information"),
    ),
    tables.SECRETS.name: RowName(
        _("{entity_type} in {source_id}"), _n("{failed} of {of} kind of secret", "{failed} of {of} kinds of secrets")
    ),
    tables.PURPOSES.name: RowName(
        _("{source_id}, {purpose}"), _n("{failed} of {of} use of a source", "{failed} of {of} uses of sources")
    ),
    tables.RECORD_LICENSES.name: RowName(
        _("{license} in {source_id}"), _n("{failed} of {of} license of records", "{failed} of {of} licenses of records")
    ),
    tables.REFERENCES.name: RowName(
        _("{reference} in {source_id}"), _n("{failed} of {of} comparison", "{failed} of {of} comparisons")
    ),
    tables.SPLIT_LEAKAGE.name: RowName(
        _("{split} of {source_id}"), _n("{failed} of {of} split", "{failed} of {of} splits")
    ),
    tables.SUBJECTS.name: RowName("{subject_id}", _n("{failed} of {of} person", "{failed} of {of} people")),
}
"""The name of a row in each table that packs judge."""


def row_name(evidence_table: str) -> RowName:
    """Return how a row of a table is named; tables that no pack of this program judges use their key."""
    known = ROW_NAMES.get(evidence_table)
    if known is not None:
        return known
    key = next(table.key for table in tables.EVIDENCE if table.name == evidence_table)
    return RowName(" / ".join(f"{{{column}}}" for column in key), _n("{failed} of {of} row", "{failed} of {of} rows"))
