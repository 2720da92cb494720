"""The open fields of a manifest as one page shows them: narrowed by what asks for them, a few places at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus_audit.export.form_statements import FORM_FIELDS
from corpus_audit.manifest.fillable import parse_value
from corpus_audit.pipeline.supplements import Given, OpenField, OpenFields, name_of
from corpus_audit.report.build import read_rules
from corpus_audit.report.listed_findings import fields_not_stated
from corpus_audit.schemas import FINDINGS, RULES
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import WHOLE_DATASET, ExportName

PLACES_PER_PAGE = 10

Written = Mapping[str, Sequence[str]]
"""What a form sent, by the names of its fields."""


class FieldList(StrEnum):
    """Which fields a page shows: those that rules ask for, those of a regulator's form, or every one."""

    ASKED = "asked"
    EU_SUMMARY = ExportName.EU_SUMMARY
    CA_3111 = ExportName.CA_3111
    CN_ASSESSMENT = ExportName.CN_ASSESSMENT
    EVERY = "all"


@dataclass(frozen=True)
class OpenPlace:
    """A source, or WHOLE_DATASET, and its open fields."""

    source_id: str
    fields: tuple[OpenField, ...]


@dataclass(frozen=True)
class OpenPage:
    """One page of places with open fields, and how many there are on all pages."""

    places: tuple[OpenPlace, ...]
    total: int

    def given(self, written: Written) -> list[Given]:
        """Return what a form states otherwise than before; an emptied field takes its statement back."""
        return [
            Given(field.source_id, field.field.name, tuple(written[name_of(field.key)]))
            for place in self.places
            for field in place.fields
            if name_of(field.key) in written and _is_changed(field, written[name_of(field.key)])
        ]


def find_open(audit: AuditFolder, shown: FieldList, source: str = "", page: int = 1) -> OpenPage:
    """Return one page of the open fields of an audit's manifest: those asked for, of one form, or all."""
    found = OpenFields(audit)
    asked = _asked(audit) if shown is FieldList.ASKED else {}
    ids = [source] if source else [WHOLE_DATASET, *found.source_ids]
    places = []
    for source_id in ids if set(ids) <= {WHOLE_DATASET, *found.source_ids} else ():
        names = asked.get(source_id, ()) if shown is FieldList.ASKED else _names(shown)
        fields = () if names == () else tuple(found.of(source_id, names))
        if fields:
            places.append(OpenPlace(source_id, fields))
    skipped = (page - 1) * PLACES_PER_PAGE
    return OpenPage(tuple(places[skipped : skipped + PLACES_PER_PAGE]), len(places))


def count_open(audit: AuditFolder) -> dict[ExportName, int]:
    """Return how many fields each regulator's form asks for that nothing is stated about."""
    found = OpenFields(audit)
    return {
        form: sum(
            field.stated is None for place in (WHOLE_DATASET, *found.source_ids) for field in found.of(place, names)
        )
        for form, names in FORM_FIELDS.items()
    }


def _names(shown: FieldList) -> Collection[str] | None:
    return None if shown is FieldList.EVERY else FORM_FIELDS[ExportName(shown)]


def _asked(audit: AuditFolder) -> Mapping[str, Collection[str]]:
    """Return by source the fields that rules ask to be filled, as the report counts them."""
    return fields_not_stated(audit.read("evaluate", FINDINGS), read_rules(audit.read("evaluate", RULES)))


def _is_changed(field: OpenField, texts: Sequence[str]) -> bool:
    before = field.stated.statement.value if field.stated else None
    return bool(parse_value(field.field, texts) != before)
