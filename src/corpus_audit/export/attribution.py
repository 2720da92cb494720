"""The notices file of a release: each source's license, the attribution it requires, and where its text is.

It repeats what was recorded. It lists missing parts of a notice, so that they can be added before release.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from corpus_audit.export import groups
from corpus_audit.export.formatting import format_count
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs, Row
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED, LicenseState, Purpose

_GAP = "not recorded"
_RULE = "=" * 80
_RELEASES = (Purpose.REDISTRIBUTION_AS_IS, Purpose.REDISTRIBUTION_DERIVED)


def export_attribution(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the notices as one text file."""
    return (ExportFile("ATTRIBUTION.txt", ("\n".join(_lines(inputs)) + "\n").encode()),)


def _lines(inputs: ExportInputs) -> Iterator[str]:
    dataset = inputs.manifest.dataset
    yield dataset.name
    yield f"Notices for the sources of this dataset, from audit {inputs.audit_id}."
    yield "Licenses are as declared and resolved by name; this file grants no permission."
    by_license: dict[str, list[_Part]] = defaultdict(list)
    for source in inputs.sources:
        for part in _parts(source):
            by_license[part.expression].append(part)
    unresolved = by_license.pop(NOASSERTION, [])
    for expression in sorted(by_license):
        yield from ("", _RULE, expression, _RULE)
        for part in by_license[expression]:
            yield from _notice(part)
    if unresolved:
        yield from ("", _RULE, "License not known: no notice can be given for these sources", _RULE)
        for part in unresolved:
            yield from _notice(part)


class _Part(NamedTuple):
    """What of a source is under one license: all of it, or the records that state that license (*row*)."""

    source: AuditedSource
    expression: str
    row: Row | None = None


def _parts(source: AuditedSource) -> Iterator[_Part]:
    """Yield the source under its own license, and its records under each other license that they state."""
    label = groups.license_label(source)
    of_records = [row for row in source.record_licenses if row["license_state"] != LicenseState.NOT_RECORDED]
    if source.evidence["license_state"] != LicenseState.PER_RECORD:
        yield _Part(source, label)
        of_records = [row for row in of_records if row["license_expression"] != label or label == NOASSERTION]
    else:
        of_records = list(source.record_licenses)
    yield from (_Part(source, row["license_expression"], row) for row in of_records)


def _notice(part: _Part) -> Iterator[str]:
    source, row = part.source, part.row
    claims, evidence = source.claims, source.evidence
    yield ""
    yield _one_line(groups.title(source))
    if _one_line(groups.title(source)) != source.id:
        yield f"  Source:         {source.id}"
    if row is not None:
        stated = f"stating {row['license']}" if row["spellings"] else "stating no license"
        yield f"  Records:        {format_count(row['records'])} of {format_count(evidence['records'])}, {stated}"
    yield f"  Rights holders: {_listed(claims.disclosure.rights_holders)}"
    yield f"  Origin:         {_one_line(_or_gap(groups.origin(source)))}"
    yield f"  Declared as:    {_one_line(_or_gap(evidence['license_declared']))}"
    for file in evidence["license_evidence_files"]:
        yield f"  License text:   {file}{_digest(source, file)}"
    for url in evidence["license_evidence_urls"]:
        yield f"  License seen:   {url}"
    if not evidence["license_evidence_files"] and not evidence["license_evidence_urls"]:
        yield f"  License text:   {_GAP}"
    if claims.processing:
        yield f"  Changes:        {_listed(claims.processing)}"
    for statement in source.supplements:
        yield f"  Note:           {_one_line(statement.note)}"
    for condition in _conditions(part):
        yield f"  To keep to:     {condition}"


def _conditions(part: _Part) -> list[str]:
    """Return what the license asks of those who pass the source, or these records of it, on."""
    if part.row is not None:
        answers = (permits_expression(part.expression, purpose) for purpose in _RELEASES)
        return sorted({condition for answer in answers for condition in answer.conditions})
    rows = (row for row in part.source.purposes if row["purpose"] in _RELEASES)
    return sorted({condition for row in rows for condition in row["conditions"]})


def _digest(source: AuditedSource, file: str) -> str:
    found = next((row["observed_sha256"] for row in source.files if row["file"] == file), None)
    return f" (sha256 {found})" if found else " (not found)"


def _listed(values: tuple[str, ...]) -> str:
    return "; ".join(_one_line(value) for value in values) or _GAP


def _or_gap(text: str) -> str:
    return _GAP if text == NOT_RECORDED else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
