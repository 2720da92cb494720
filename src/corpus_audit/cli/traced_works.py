"""What trace prints of a reference: which of its works are in which records, and what was not looked for."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from corpus_audit.cli.output import OutputFormat
from corpus_audit.cli.traced_places import audit_facts, not_looked_through, place_line, unverified_lines
from corpus_audit.errors import ExitCode

if TYPE_CHECKING:
    from corpus_audit.pipeline.tracing.reference_works import ReferenceTrace

_SHOWN = 50


def trace_works(store: Path, name: str, most: int | None, output: OutputFormat) -> NoReturn:
    """Print where the works of a reference are."""
    from corpus_audit.pipeline.tracing.reference_works import MOST_RECORDS, trace_reference

    found = trace_reference(store, name, most or MOST_RECORDS)
    typer.echo(_as_json(found) if output is OutputFormat.JSON else "\n".join(_lines(found)))
    raise typer.Exit(ExitCode.PASS if found.works else ExitCode.FAIL)


def _as_json(found: "ReferenceTrace") -> str:
    facts = {
        "found": bool(found.works),
        "reference": found.reference.name,
        "reference_sha256": found.reference.sha256,
        "items": found.reference.items,
        "items_short": found.items_short,
        "works": [asdict(work) for work in found.works],
        "unverified": [asdict(one) for one in found.unverified],
        "records_not_read": found.left,
        "guaranteed": found.guaranteed._asdict(),
        "audits_with_other_shingles": list(found.other_shingles),
        "audits": audit_facts(found.audits),
    }
    return json.dumps(facts, indent=1, ensure_ascii=False)


def _lines(found: "ReferenceTrace") -> Iterator[str]:
    named = len({work.item for work in found.works})
    records = len({(place.dataset_id, place.version, place.record_id) for work in found.works for place in work.places})
    yield (
        f"FOUND  {named:,} of {found.reference.items:,} works of {found.reference.name}, in {records:,} records."
        if found.works
        else "NOT FOUND  in what was looked through."
    )
    for work in found.works[:_SHOWN]:
        yield ""
        yield f"  {work.item}: {work.containment:.0%}, bytes {work.record_start} to {work.record_end} of the record"
        yield from (f"    {place_line(place)}, audits {', '.join(place.audits)}" for place in work.places)
    if len(found.works) > _SHOWN:
        yield f"  and {len(found.works) - _SHOWN:,} more; --format json names them all"
    yield from unverified_lines(found.unverified, _SHOWN)
    yield ""
    yield from _limits(found)


def _limits(found: "ReferenceTrace") -> Iterator[str]:
    searched = sum(traced.coverage in ("all", "partly") for traced in found.audits) - len(found.other_shingles)
    yield f"Looked through {searched} of {len(found.audits)} audits."
    if found.guaranteed.tokens:
        yield (
            f"Works of {found.guaranteed.tokens} tokens and more that a record holds unchanged are all found (of "
            f"{found.guaranteed.words}, where each is a word); of {found.items_short:,} shorter works, and of changed "
            "ones, only some. An audit that begins now finds all."
        )
    if found.left:
        yield f"Not read: {found.left} further records that the index names. --most reads more."
    yield from (f"Not looked through: {audit_id} has other shingles." for audit_id in found.other_shingles)
    yield from not_looked_through(found.audits)
