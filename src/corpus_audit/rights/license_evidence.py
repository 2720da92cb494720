"""License evidence files of sources: their dates, and the licenses found in them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from corpus_audit.corpus.locations.base import Location
from corpus_audit.corpus.snapshots import read_short_file
from corpus_audit.guard import Limits
from corpus_audit.manifest.model import Source
from corpus_audit.manifest.parts import LicenseEvidence
from corpus_audit.rights.license_guard import Recognised, recognise_guarded
from corpus_audit.rights.license_texts import MAX_CHARACTERS, without_exception
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.schemas import LICENSE_TEXTS
from corpus_audit.store import sha256_of_bytes
from corpus_audit.vocabulary import LicenseTextState


class _Text(NamedTuple):
    """One distinct text, and the licenses that any of the sources that bring it along declares."""

    content: str
    declared: set[str]


def read_license_texts(sources: Iterable[Source], location: Location, limits: Limits) -> pa.Table:
    """Return what the license evidence at a location holds (schema LICENSE_TEXTS); nothing is fetched.

    Each distinct text is looked at once, however many sources bring it along; one that exceeds *limits* or ends its
    worker cannot be read.
    """
    texts: dict[str, _Text] = {}
    rows = [_read(source, evidence, location, texts) for source in sources for evidence in _files(source)]
    found = recognise_guarded(
        [text.content for text in texts.values()], [frozenset(text.declared) for text in texts.values()], limits
    )
    licenses = dict(zip(texts, found, strict=True))
    finished = [_finish(row, licenses, texts) for row in rows]
    finished.sort(key=lambda row: (row["source_id"], row["file"]))
    return pa.Table.from_pylist(finished, schema=LICENSE_TEXTS.schema)


def _files(source: Source) -> Iterator[LicenseEvidence]:
    """Yield a source's pieces of evidence that are files, each file once."""
    seen: set[str] = set()
    for evidence in source.license.evidence:
        if evidence.file is not None and evidence.file not in seen:
            seen.add(evidence.file)
            yield evidence


def _read(source: Source, evidence: LicenseEvidence, location: Location, texts: dict[str, _Text]) -> dict[str, Any]:
    """Return a file's row but for its licenses, and keep its text by its sha256."""
    content = read_short_file(location, str(evidence.file))
    sha256 = None if content is None else sha256_of_bytes(content)
    if content is not None and sha256 is not None:
        text = texts.setdefault(sha256, _Text(content.decode("utf-8-sig", errors="replace"), set()))
        text.declared.update(map(without_exception, resolve_license(source.license.expression).licenses))
    return {
        "source_id": source.id,
        "file": evidence.file,
        "declared_sha256": evidence.sha256,
        "observed_sha256": sha256,
        "size_bytes": None if content is None else len(content),
        "observed_at": evidence.observed_at,
    }


def _finish(row: dict[str, Any], licenses: dict[str, Recognised], texts: dict[str, _Text]) -> dict[str, Any]:
    sha256 = row["observed_sha256"]
    if sha256 is None:
        return row | {"licenses": [], "state": LicenseTextState.UNREADABLE}
    if len(texts[sha256].content) > MAX_CHARACTERS:
        return row | {"licenses": [], "state": LicenseTextState.TOO_LONG}
    found = licenses[sha256]
    if found is None:
        return row | {"licenses": [], "state": LicenseTextState.UNREADABLE}
    state = LicenseTextState.RECOGNISED if found else LicenseTextState.UNRECOGNISED
    return row | {"licenses": list(found), "state": state}
