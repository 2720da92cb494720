"""Trace a text: the records of all audited datasets of a store that hold it or passages of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus_audit.config import Settings
from corpus_audit.errors import CorpusAuditError, GuardError
from corpus_audit.passages.index_file import Guarantee
from corpus_audit.pipeline.guarded_measuring import run_guarded
from corpus_audit.pipeline.tracing.audits import TracedAudit, audits_of, shards_of, with_index
from corpus_audit.pipeline.tracing.candidates import AskedShingles, TraceCandidate, find_candidates
from corpus_audit.pipeline.tracing.places import Place, PlaceReader
from corpus_audit.pipeline.tracing.reading import hold_against
from corpus_audit.vocabulary import TraceState

LEAST_TOKENS = 10
"""Tokens from which a passage is told: shorter runs are phrases of the language."""
MOST_RECORDS = 200
"""Records that are read again for one text, the likeliest."""
LONGEST_TEXT = 2**24
"""Bytes of a text that is looked for."""


@dataclass(frozen=True)
class FoundPassage:
    """A passage that the text and a record share: its tokens, and its bytes in the one and in the other."""

    tokens: int
    asked_start: int
    asked_end: int
    record_start: int
    record_end: int


@dataclass(frozen=True)
class Hit:
    """One distinct record text that was read again and shares passages with the text that is looked for.

    ``containment`` is the share of the distinct shingles of the text that it holds.
    """

    content_sha256: str
    containment: float
    passages: tuple[FoundPassage, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Unverified:
    """A record that the index names and that could not be held against the text: no hit, and not ruled out."""

    state: TraceState
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Trace:
    """Where a text is, as far as it could be looked for.

    ``left`` counts further records that the index names and that were not read. Every unchanged passage that is as
    long as ``guaranteed`` is found in what was looked through.
    """

    hits: tuple[Hit, ...]
    unverified: tuple[Unverified, ...]
    audits: tuple[TracedAudit, ...]
    left: int
    guaranteed: Guarantee


@dataclass(frozen=True)
class TraceOptions:
    """How a text is looked for."""

    least_tokens: int = LEAST_TOKENS
    most_records: int = MOST_RECORDS
    settings: Settings = field(default_factory=Settings.from_environment)


def trace_text(store: Path, text: str, options: TraceOptions | None = None) -> Trace:
    """Return the records of a store that hold *text* or passages of it, each held against the record's own text.

    Nothing of the text is written anywhere. Raises CorpusAuditError for a text without a word or one that is too long,
    StoreError where there is no store.
    """
    options = options or TraceOptions()
    _check(text)
    audits = audits_of(store)
    candidates = find_candidates(shards_of(audits), AskedShingles(text.encode()).of, options.most_records)
    by_content = group_by_content(candidates.found)
    results = read_again(by_content, options.settings, hold_against, text, options.least_tokens)
    reader = PlaceReader(with_index(audits))
    hits, unverified = [], []
    for sha256, same in by_content.items():
        result = results[sha256]
        if result["state"] is not TraceState.VERIFIED:
            unverified.append(Unverified(result["state"], places_of(reader, same)))
        elif result["passages"]:
            passages = tuple(FoundPassage(**passage) for passage in result["passages"])
            hits.append(Hit(sha256, result["containment"], passages, places_of(reader, same)))
    hits.sort(key=lambda hit: (-hit.containment, -hit.passages[0].tokens, hit.content_sha256))
    return Trace(tuple(hits), tuple(unverified), tuple(audits), candidates.left, candidates.guaranteed)


def _check(text: str) -> None:
    from corpus_audit.measure.fingerprints.fingerprint import TOKENIZER
    from corpus_audit.measure.fingerprints.token_places import place_tokens

    content = text.encode(errors="replace")
    if len(content) > LONGEST_TEXT:
        message = f"The text has {len(content)} bytes, more than {LONGEST_TEXT}: look for a part of it."
        raise CorpusAuditError(message)
    if not place_tokens(content, TOKENIZER).hashes.size:
        message = "The text holds no word: give the words to look for."
        raise CorpusAuditError(message)


def places_of(reader: PlaceReader, same: Iterable[TraceCandidate]) -> tuple[Place, ...]:
    """Return where the records of one content are, in every audit that has them."""
    found = [(traced, folder, one.record) for one in same for traced, folder in one.shard.folders]
    return tuple(reader.places(found))


def group_by_content(candidates: Iterable[TraceCandidate]) -> dict[str, list[TraceCandidate]]:
    """Return candidates by the sha256 of their texts: each text is read once."""
    by_content: dict[str, list[TraceCandidate]] = {}
    for candidate in candidates:
        by_content.setdefault(candidate.sha256, []).append(candidate)
    return by_content


def read_again(
    by_content: Mapping[str, Sequence[TraceCandidate]],
    settings: Settings,
    compare: Callable[..., dict[str, dict[str, Any]]],
    *arguments: Any,
) -> dict[str, dict[str, Any]]:
    """Return what comparing each content showed, by its sha256; read from the first audit that has its files.

    *compare* runs in a worker: it takes an audit, the settings, the wanted records and the arguments.
    """
    results: dict[str, dict[str, Any]] = {}
    for traced, records in _by_audit(by_content):
        wanted = {record_id: sha for record_id, sha in records.items() if not _is_read(results.get(sha))}
        if not wanted:
            continue
        for record_id, result in _read_in(traced, settings, wanted, compare, arguments).items():
            if not _is_read(results.get(wanted[record_id])):
                results[wanted[record_id]] = result | {"state": TraceState(result["state"])}
    return results


def _is_read(result: Mapping[str, Any] | None) -> bool:
    return result is not None and result["state"] is TraceState.VERIFIED


def _by_audit(by_content: Mapping[str, Sequence[TraceCandidate]]) -> list[tuple[TracedAudit, dict[str, str]]]:
    """Return the records that may be read in each audit, and the sha256 of their texts; the latest audit first."""
    found: dict[str, tuple[TracedAudit, dict[str, str]]] = {}
    for sha256, same in by_content.items():
        for candidate in same:
            for traced, _ in candidate.shard.folders:
                found.setdefault(traced.audit_id, (traced, {}))[1][candidate.record["record_id"]] = sha256
    return sorted(found.values(), key=lambda row: (row[0].started_at, row[0].audit_id), reverse=True)


def _read_in(
    traced: TracedAudit,
    settings: Settings,
    wanted: Mapping[str, str],
    compare: Callable[..., dict[str, dict[str, Any]]],
    arguments: tuple[Any, ...],
) -> dict[str, Any]:
    try:
        found: dict[str, Any] = run_guarded(compare, traced.audit, traced.audit, settings, dict(wanted), *arguments)
    except GuardError:
        return {record_id: {"state": TraceState.NOT_READ} for record_id in wanted}
    return found
