"""All measures of the pictures, recordings and films in a batch."""

import hmac
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.measure.detection.detector import mask_all_but_first
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.detection.spans import KEYED_HASH_BYTES
from corpus_audit.measure.media.credentials import read_credentials
from corpus_audit.measure.media.ends import as_text, trailing_bytes
from corpus_audit.measure.media.exif import PLACE
from corpus_audit.measure.media.facts import MediaError, MediaFacts, Personal, damaged, label_table, trailing_data
from corpus_audit.measure.media.libraries import checks_not_run, checks_to_run
from corpus_audit.measure.media.metadata_texts import FIELD, add_texts, packet_texts
from corpus_audit.measure.media.xmp import find_packets, read_xmp
from corpus_audit.schemas import DEFECTS, MEDIA, SPANS, TEXT, Table
from corpus_audit.vocabulary import Answer, MediaCheck, MediaState, Modality, SpanKind, SpanStatus

_KNOWN = ["record_id", "source_id", "file", "member", "modality"]

UNKNOWN = "unknown"
"""The container of a file whose bytes are of no known kind."""


@dataclass(frozen=True)
class MeasuredMedia:
    """The facts of the media of one batch, each in the schema of its table."""

    media: pa.Table
    labels: pa.Table
    spans: pa.Table
    defects: pa.Table


class MediaMeasurer:
    """Measures the media among the records of batches.

    *key* hashes the personal information in their metadata, *scanner* looks for it in the texts there.
    """

    def __init__(self, key: bytes, scanner: Scanner) -> None:
        self._key = key
        self._scanner = scanner

    def measure(self, batch: pa.RecordBatch) -> MeasuredMedia:
        """Return what the pictures, recordings and films among records (schema RECORD_TEXTS) are and say."""
        # Only of media: an object for each record takes as long as its measures.
        places = np.flatnonzero(batch["modality"].is_valid().to_numpy(zero_copy_only=False))
        rows = batch.select(_KNOWN).take(pa.array(places)).to_pylist()
        found = [
            (row, measure_media(Modality(row["modality"]), batch["content"][place].as_buffer()))
            for place, row in zip(places.tolist(), rows, strict=True)
        ]
        return MeasuredMedia(
            media=_table(MEDIA, [_media_row(row, facts) for row, facts in found]),
            labels=label_table(
                (row["record_id"], row["source_id"], label) for row, facts in found for label in sorted(facts.labels)
            ),
            spans=pa.concat_tables(
                [
                    _table(SPANS, [line for row, facts in found for line in self._span_rows(row, facts)]),
                    self._scan(found),
                ]
            ),
            defects=_table(DEFECTS, [line for row, facts in found for line in _defect_rows(row, facts)]),
        )

    def _scan(self, found: list[tuple[dict[str, Any], MediaFacts]]) -> pa.Table:
        """Return the spans (schema SPANS) in the texts of the media's metadata."""
        with_texts = [(row, facts) for row, facts in found if facts.texts]
        if not with_texts:
            return SPANS.empty()
        spans = self._scanner.scan(pa.array(["\n".join(facts.texts) for _, facts in with_texts], TEXT))
        owners = [with_texts[at][0] for at in spans["index"].to_pylist()]
        columns = {name: spans[name] for name in spans.column_names} | {
            "record_id": pa.array([row["record_id"] for row in owners], pa.string()),
            "source_id": pa.array([row["source_id"] for row in owners], pa.string()),
            "field": pa.repeat(pa.scalar(FIELD), len(owners)),
        }
        return pa.table({name: columns[name] for name in SPANS.schema.names}).cast(SPANS.schema)

    def _span_rows(self, row: Any, facts: MediaFacts) -> Iterator[dict[str, Any]]:
        for number, personal in enumerate(facts.personal):
            value = personal.value.encode()
            yield {
                "record_id": row["record_id"],
                "source_id": row["source_id"],
                "kind": SpanKind.PERSONAL_INFORMATION,
                "field": "(metadata)",
                "entity_type": personal.entity_type,
                # Metadata have no place in a text; numbering them keeps two of one type apart.
                "start_byte": number,
                "end_byte": number,
                "score": 1.0,
                "status": SpanStatus.CONFIRMED,
                "validator": "metadata",
                "masked": _mask(personal),
                "keyed_hash": hmac.digest(self._key, value, "sha256")[:KEYED_HASH_BYTES],
            }


def measure_media(
    modality: Modality, content: pa.Buffer, checks: Set[MediaCheck] = frozenset(MediaCheck)
) -> MediaFacts:
    """Return what can be learnt of one file by those of *checks* whose libraries are installed."""
    checks = checks & checks_to_run(modality)
    kind = recognise_media(content.slice(0, min(SNIFFED_BYTES, content.size)).to_pybytes())
    facts = MediaFacts(UNKNOWN if kind is None else kind.name)
    if not checks:
        facts.state = MediaState.NOT_RUN
    elif kind is None:
        facts.state = MediaState.NOT_DECODED
    else:
        for step in (_read_statements, _STEPS[modality], _look_behind):
            try:
                with panics_as_errors():
                    step(content, facts, checks)
            except MediaError as error:
                facts.fail(error)
            except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like
                facts.fail(damaged("its parser failed"))
    return facts


def _read_statements(content: pa.Buffer, facts: MediaFacts, checks: Set[MediaCheck]) -> None:
    if MediaCheck.LABELS in checks:
        for packet in find_packets(content):
            facts.add_labels(read_xmp(packet))
            add_texts(facts, packet_texts(packet))
    if MediaCheck.CREDENTIALS in checks:
        facts.add_labels(read_credentials(content, facts.container))


def _look_behind(content: pa.Buffer, facts: MediaFacts, checks: Set[MediaCheck]) -> None:  # noqa: ARG001 - a step
    """Take in a text that follows the end of the medium; raises MediaError for anything else that does."""
    found = trailing_bytes(content, facts.container)
    if found is None:
        return
    end, behind = found
    text = as_text(behind)
    if text is None:
        raise trailing_data(f"byte {end}")
    add_texts(facts, iter([text]))


def _measure_picture(content: pa.Buffer, facts: MediaFacts, checks: Set[MediaCheck]) -> None:
    from corpus_audit.measure.media.faces import count_faces
    from corpus_audit.measure.media.hashing import hash_picture
    from corpus_audit.measure.media.pictures import read_picture

    if MediaCheck.LABELS not in checks:
        facts.state = MediaState.NOT_RUN
        return
    grey = read_picture(content, facts)
    if grey is None:
        return
    if MediaCheck.COPIES in checks:
        facts.picture_hash = hash_picture(grey)
    if MediaCheck.FACES in checks:
        facts.faces = count_faces(grey)


def _measure_recording(content: pa.Buffer, facts: MediaFacts, checks: Set[MediaCheck]) -> None:
    from corpus_audit.measure.media.recordings import hear, open_recording

    if MediaCheck.LABELS not in checks:
        facts.state = MediaState.NOT_RUN
        return
    with open_recording(content, facts) as container:
        if not container.streams.audio:
            facts.speech = Answer.NOT_APPLICABLE
            return
        sound = hear(container)
        if MediaCheck.SPEECH in checks:
            sound = _listen(sound, facts)
        if MediaCheck.COPIES in checks:
            from corpus_audit.measure.media.sounds import print_sound

            facts.sound_print = print_sound(sound)
        else:
            for _ in sound:
                pass


def _listen(sound: Iterator[bytes], facts: MediaFacts) -> Iterator[bytes]:
    """Yield the sound, and note whether it contains speech; the answer stays open if the sound breaks off first."""
    from corpus_audit.measure.media.sounds import SpeechListener

    listener = SpeechListener()
    for piece in sound:
        listener.listen(piece)
        if listener.has_heard_speech:
            facts.speech = Answer.YES
        yield piece
    if not listener.has_heard_speech:
        facts.speech = Answer.NO


def _measure_film(content: pa.Buffer, facts: MediaFacts, checks: Set[MediaCheck]) -> None:
    from corpus_audit.measure.media.faces import count_faces
    from corpus_audit.measure.media.recordings import see

    _measure_recording(content, facts, checks - {MediaCheck.COPIES})
    if MediaCheck.FACES in checks:
        facts.faces = max((count_faces(grey) for grey in see(content, facts)), default=0)


_STEPS = {
    Modality.IMAGE: _measure_picture,
    Modality.AUDIO: _measure_recording,
    Modality.VIDEO: _measure_film,
}


def _media_row(row: Any, facts: MediaFacts) -> dict[str, Any]:
    columns = {name: getattr(facts, name) for name in MEDIA.schema.names if hasattr(facts, name)}
    known = {name: row[name] for name in ("record_id", "source_id", "file", "member", "modality")}
    return known | columns | {"checks_not_run": list(checks_not_run(Modality(row["modality"])))}


def _defect_rows(row: Any, facts: MediaFacts) -> Iterator[dict[str, Any]]:
    for problem in facts.problems:
        yield {
            "source_id": row["source_id"],
            "file": row["file"],
            "code": problem.code,
            "place": f"{row['member'] or ''} {problem.place}".strip(),
            "detail": problem.detail,
        }


def _mask(personal: Personal) -> str:
    return "***" if personal.entity_type == PLACE else mask_all_but_first(personal.value.encode())


def _table(table: Table, rows: Iterable[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=table.schema)
