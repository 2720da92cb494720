"""Names and short statements without what is personal in them: paths, columns, addresses, licenses, places of defects.

They are stored, printed and exported, so they are scanned like texts. A value that a detector confirms gives way to its
type and eight digits of its keyed hash: the same value reads the same throughout a store, two values stay two, and the
rest of a name still tells a steward which file or column it is.
"""

import re
import secrets
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.detection.disguises import HIDDEN_AT_SIGN
from corpus_audit.schemas import (
    CLAIM_GAPS,
    COLUMNS_SEEN,
    DEFECTS,
    MEDIA,
    REAL_NAMES,
    RECORDS,
    SPANS,
    Table,
)
from corpus_audit.vocabulary import SpanKind

if TYPE_CHECKING:
    from corpus_audit.measure.detection.scan import Scanner

LOWEST_SCORE = 0.4
"""Spans below are too uncertain to take a word out of a name."""

MEASURED: Mapping[str, tuple[str, ...]] = {
    RECORDS.name: ("declared_license", "language", "url", "date", "subject_ids"),
    SPANS.name: ("field",),
    COLUMNS_SEEN.name: ("column_name", "type"),
    DEFECTS.name: ("place", "detail"),
    MEDIA.name: ("member",),
}
"""Columns of measured tables that hold what records, columns and damaged places are called."""

_MASKED_KINDS = frozenset({SpanKind.PERSONAL_INFORMATION.value, SpanKind.SECRET.value})
_SUSPICIOUS = re.compile(
    rf"[@＠]|{HIDDEN_AT_SIGN}|(?i:[\[({{<]\s?at\b|\bat\b(?s:.{{1,80}}?)(?:\bdot\b|\.\w))"
    r"|://[^/]*:|(?:\d\D{0,3}){6}|\w{16}"
)
"""What every value that is masked has: without it, no scanner is needed. Most sentences with "at" name no address."""

_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
"""A day alone is nothing that is masked, and every manifest has some."""

_SCANNED_AT_ONCE = 20_000

_SEPARATORS = str.maketrans("_/", "  ")
_USER_INFO = r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#@]*@"
_ADDRESS = r"^(?P<base>[^?#]*)(?P<query>\?[^#]*)?"
_NETWORK_PART = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")

_Spans = list[tuple[int, int, str]]


class Masker:
    """Masks strings, each distinct one once; the scanner is made when something suspicious is met."""

    def __init__(self, make_scanner: "Callable[[], Scanner]") -> None:
        self._make_scanner = make_scanner

    @cached_property
    def _scanner(self) -> "Scanner":
        return self._make_scanner()

    def table(
        self, data: pa.Table, columns: Collection[str], known: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    ) -> pa.Table:
        """Return a table with some of its columns masked, of strings or of lists of strings: itself if nothing is.

        *known* are the masks of columns that were looked at before, by their names.
        """
        for name in columns:
            index = data.schema.get_field_index(name)
            if index >= 0 and (masks := known[name] if name in known else self._masks_in(data[name])):
                masked = _shown(data[name].combine_chunks(), masks)
                data = data.set_column(index, data.schema.field(index), pa.chunked_array([masked], masked.type))
        return data

    def column(self, values: pa.Array) -> pa.Array:
        """Return strings, or lists of strings, masked."""
        masks = self._masks_in(values)
        return _shown(values, masks) if masks else values

    def _masks_in(self, values: pa.Array | pa.ChunkedArray) -> dict[str, str]:
        while pa.types.is_list(values.type):
            values = pc.list_flatten(values)
        return self.masks(_texts_of(pc.unique(values)))

    def masks(self, values: Iterable[str | None]) -> dict[str, str]:
        """Return those of some strings that are not shown as they are, with what is shown of them."""
        suspicious = (value for value in values if value and is_suspicious(value))
        found: dict[str, str] = {}
        while some := list(islice(suspicious, _SCANNED_AT_ONCE)):
            found |= self._masks(sorted(set(some)))
        return found

    def _masks(self, suspects: list[str]) -> dict[str, str]:
        found = self._spans([*suspects, *(value.translate(_SEPARATORS) for value in suspects)])
        marked = {value: [*found[at], *found[at + len(suspects)]] for at, value in enumerate(suspects)}
        return {value: shown for value, spans in marked.items() if (shown := _masked(value, spans)) != value}

    def _spans(self, values: list[str]) -> list[_Spans]:
        spans: list[_Spans] = [[] for _ in values]
        table = self._scanner.scan(pa.array(values, pa.large_string()))
        for row in table.to_pylist():
            if row["kind"] in _MASKED_KINDS and row["score"] >= LOWEST_SCORE:
                mark = f"{{{row['entity_type']}-{row['keyed_hash'].hex()[:8]}}}"
                spans[row["index"]].append((row["start_byte"], row["end_byte"], mark))
        return spans


def is_suspicious(value: str) -> bool:
    """True if a string may hold something that is masked, and has to be scanned."""
    return _SUSPICIOUS.search(value) is not None and not _DAY.fullmatch(value)


def _texts_of(values: pa.Array) -> Iterator[str | None]:
    for first in range(0, len(values), _SCANNED_AT_ONCE):
        yield from values.slice(first, _SCANNED_AT_ONCE).to_pylist()


def _shown(values: pa.Array, masks: Mapping[str, str]) -> pa.Array:
    """Return strings, or lists of them, with what is shown of those that have masks."""
    if pa.types.is_list(values.type):
        flat = _shown(pc.list_flatten(values), masks)
        lengths = pc.fill_null(pc.list_value_length(values), 0)
        offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])
        return pa.ListArray.from_arrays(offsets, flat, type=values.type, mask=values.is_null())
    distinct = values.dictionary_encode()
    shown = [masks.get(value, value) for value in distinct.dictionary.to_pylist()]
    return pa.array(shown, values.type).take(distinct.indices)


def _masked(value: str, spans: _Spans) -> str:
    """Return a string with marks in place of spans (bytes of its UTF-8); the host of an address stays."""
    content = value.encode()
    host = _NETWORK_PART.match(value)
    kept = len(host.group().encode()) if host and "@" not in host.group() else 0
    shown, end = [], 0
    for start, stop, mark in sorted(spans):
        if start >= max(end, kept):
            shown += [content[end:start], mark.encode()]
            end = stop
    return b"".join([*shown, content[end:]]).decode(errors="replace")


def plain_addresses(values: pa.Array) -> pa.Array:
    """Return addresses without user info, fragment, and what their queries say: only the names of parameters stay.

    Rules of robots.txt may ask for the name of a parameter, none asks for a person's value of it.
    """
    parts = pc.extract_regex(without_user_info(values), _ADDRESS)
    base, query = pc.struct_field(parts, "base"), pc.fill_null(pc.struct_field(parts, "query"), "")
    names = pc.replace_substring_regex(query, r"=[^&]*", "=")
    kept = pc.if_else(pc.match_substring(query, "="), names, "")
    return pc.if_else(pc.is_valid(values), pc.binary_join_element_wise(base, kept, ""), values)


def keyed_masker(key: Callable[[], bytes]) -> Masker:
    """Return a masker whose scanner is loaded, and made with a key, when something suspicious is met."""

    def make_scanner() -> "Scanner":
        from corpus_audit.measure.detection.scan import Scanner

        return Scanner(key())

    return Masker(make_scanner)


_OF_LINES = threading.Lock()


@cache
def _line_masker() -> "Masker":
    return keyed_masker(lambda: secrets.token_bytes(32))


def masked_lines(lines: Iterable[str]) -> list[str]:
    """Return lines for a terminal, a log or a page, masked; the hashes in them are those of this process alone."""
    shown = list(lines)
    with _OF_LINES:  # pages fail in several threads, and a scanner serves one
        masks = _line_masker().masks(shown)
    return [masks.get(line, line) for line in shown]


def error_lines(error: CorpusAuditError) -> list[str]:
    """Return the message of an error and its problems, masked: either may name a file, a column or a claim."""
    return masked_lines((str(error), *getattr(error, "problems", ())))


def mask_measured(masker: Masker, table: Table, data: pa.Table) -> pa.Table:
    """Return rows of a measured table as they may be stored."""
    for name, plain in _PLAIN.get(table.name, {}).items():
        index = data.schema.get_field_index(name)
        data = data.set_column(index, data.schema.field(index), plain(data[name].combine_chunks()))
    return masker.table(data, MEASURED.get(table.name, ()))


_CONTACTS = frozenset({"provider_contact", "representative_contact", "rights_contact", "complaints_contact"})
"""Claims that are there to be contacted by."""
_OWN_WORDS: Mapping[str, frozenset[str]] = {CLAIM_GAPS.name: frozenset({"field"})}
"""Columns with words of this program alone, in which nothing has to be looked for."""
_EXACT = _CONTACTS | {"source_id", "dataset_id", "file_id", "stored", "path", "author"}


def mask_claims(masker: Masker, table: Table, data: pa.Table, paths: Mapping[str, str] | None = None) -> pa.Table:
    """Return a table of ingest as it may be stored: all its texts masked, but for contacts, digests and identifiers.

    *paths* are the masks of the column ``file``, where it was looked at before (``path_masks``).
    """
    texts = [field.name for field in data.schema if _is_text(field.type) and not _is_exact(field.name)]
    own_words = _OWN_WORDS.get(table.name, frozenset())
    known = {} if paths is None else {"file": paths}
    masked = masker.table(data, [name for name in texts if name not in own_words], known)
    return data if masked is data else masked.sort_by([(name, "ascending") for name in table.key])


def mask_document(masker: Masker, document: Any) -> Any:
    """Return a JSON value with its texts masked, but for those under the key ``contact`` and for digests."""
    masks = masker.masks(_texts(document))
    return _with_texts(document, masks) if masks else document


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_texts, value))
    elif isinstance(value, dict):
        yield from chain.from_iterable(_texts(inner) for key, inner in value.items() if key not in _KEPT_KEYS)


def _with_texts(value: Any, masks: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return masks.get(value, value)
    if isinstance(value, list):
        return [_with_texts(inner, masks) for inner in value]
    if isinstance(value, dict):
        return {key: inner if key in _KEPT_KEYS else _with_texts(inner, masks) for key, inner in value.items()}
    return value


_KEPT_KEYS = frozenset({"contact", "id", "sha256"})


def _is_exact(column: str) -> bool:
    return column in _EXACT or column.endswith(("sha256", "_field", "_fields"))  # readers ask for fields by their names


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or (pa.types.is_list(kind) and pa.types.is_string(kind.value_type)))


def path_masks(masker: Masker, tables: Iterable[pa.Table]) -> dict[str, str]:
    """Return the masks of all paths in the column ``file`` of some tables, each of which is looked at once."""
    chunks = [chunk for data in tables for chunk in data["file"].chunks]
    return masker.masks(_texts_of(pc.unique(pa.chunked_array(chunks, pa.string()))))


def real_names(masks: Mapping[str, str], claimed_files: pa.Table) -> pa.Table:
    """Return the declared paths that have *masks*, by what is stored of them (schema REAL_NAMES)."""
    declared = pc.unique(claimed_files["file"])
    masked = declared.filter(pc.is_in(declared, pa.array(masks, declared.type))).to_pylist() if masks else []
    rows = [{"file": masks[path], "path": path} for path in masked]
    return pa.Table.from_pylist(rows, schema=REAL_NAMES.schema).sort_by("file")


def without_user_info(values: pa.Array) -> pa.Array:
    """Return strings, of which those that are addresses have no user info."""
    return pc.replace_substring_regex(values, _USER_INFO, r"\1")


_PLAIN: Mapping[str, Mapping[str, Callable[[pa.Array], pa.Array]]] = {
    RECORDS.name: {"url": plain_addresses, "declared_license": without_user_info}
}
