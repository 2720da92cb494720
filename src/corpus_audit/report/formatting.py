"""Numbers and values formatted for readers: stored terms as words, digests as their first digits."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from corpus_audit.document.cells import count_cells
from corpus_audit.report import wording
from corpus_audit.report.sections import Limit
from corpus_audit.report.translator import Translator
from corpus_audit.schemas import CLAIMED_DATASET, CLAIMED_MODELS, CLAIMED_SOURCES, CLAIMED_SUBJECTS
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_DIGEST_DIGITS = 12
_TERM_COLUMNS = (
    "kind",
    "reference_kind",
    "relation",
    "modality",
    "format",
    "role",
    "compression",
    "encoding_basis",
    "csv_names",
    "purpose",
    "legal_basis",
    "intended_uses",
    "code",
    "license_family",
    "share_alike",
    "terms_conflict",
    "use_restrictions",
    "modalities",
    "record_modalities",
    "gaps",
    "uses_documented",
    "uses_open",
    "grantor_relation",
    "checks_not_run",
    "carrier",
    "meaning",
    "restriction",
    "weight",
    "purposes_lost",
    "purposes_forbidden",
    "purposes_open",
)
"""Columns that hold stored terms; in any other, only an answer is one."""
_ANSWERS = (NOT_RECORDED, NOASSERTION, "yes", "no", "not-applicable", "unknown")
_STATEMENT_COLUMNS = (
    "reasons",
    "conditions",
    "conditions_added",
    "outputs_reasons",
    "outputs_conditions",
    "models_reasons",
    "detail",
    "places",
)
_SIGN_COLUMNS = ("csv_delimiter", "csv_quote", "csv_escape")
_RECOGNISED_COLUMNS = ("compression", "encoding", "encoding_basis", "csv_first_line", "csv_names", *_SIGN_COLUMNS)
"""Columns that are null where they do not apply: a picture has no encoding, and a text no delimiter."""
_CLAIMED_LISTS = frozenset(
    field.name
    for table in (CLAIMED_DATASET, CLAIMED_SOURCES, CLAIMED_MODELS, CLAIMED_SUBJECTS)
    for field in table.schema
    if isinstance(field.type, pa.ListType)
)
"""Lists of a manifest: an empty one means that none is recorded, not that there is none."""
_ENTITY_COLUMNS = ("entity_type", "personal_information", "personal_information_types", "personal_information_observed")
_PERCENT, _PERCENT_AT_MOST = _("{number} %"), _("< {number} %")


def format_number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{value:,}"


def format_bytes(value: int) -> str:
    """Return a size in decimal units with three significant digits."""
    size, unit = float(value), 0
    while size >= 999.5 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    if unit == 0:
        return f"{value} B"
    digits = 0 if size >= 99.95 else 1 if size >= 9.995 else 2
    return f"{size:.{digits}f} {_UNITS[unit]}"


def format_seconds(seconds: float) -> str:
    """Return a duration in the unit that suits it."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def format_share(value: float, words: Translator) -> str:
    """Return a share as a percentage; what is there but rounds to nothing is shown as less than the last digit."""
    if value == 0 or value >= 0.9995:
        return words(_PERCENT).format(number=f"{value * 100:.0f}")
    if value < 0.0005:
        return words(_PERCENT_AT_MOST).format(number="0.1")
    return words(_PERCENT).format(number=f"{value * 100:.1f}")


def is_unknown(value: Any) -> bool:
    """True if *value* means not recorded or unknown."""
    return value is None or value == [] or value in (NOT_RECORDED, NOASSERTION)


def format_value(column: str, value: Any, words: Translator) -> str:
    """Return one evidence value as text, with the unit that its column's name implies."""
    if value is None:
        return "–" if column in _RECOGNISED_COLUMNS else words(wording.word(NOT_RECORDED))
    if isinstance(value, bool):
        return words(wording.word("yes" if value else "no"))
    if isinstance(value, int | float):
        return _format_measure(column, value, words)
    if isinstance(value, Mapping):
        return words("; ").join(f"{key}: {format_value(key, item, words)}" for key, item in sorted(value.items()))
    if isinstance(value, list | tuple):
        nothing = NOT_RECORDED if column in _CLAIMED_LISTS else "none"
        return words.join(format_value(column, item, words) for item in value) or words(wording.word(nothing))
    return _format_text(column, str(value), words)


def _format_measure(column: str, value: float, words: Translator) -> str:
    if column.endswith("_share") or column.startswith("share_"):
        return format_share(value, words)
    if isinstance(value, float):
        return f"{value:.3g}"
    return format_bytes(value) if "bytes" in column.split("_") else format_number(value)


def _format_text(column: str, value: str, words: Translator) -> str:
    if column.endswith("sha256"):
        return f"{value[:_DIGEST_DIGITS]}…"
    if column in _ENTITY_COLUMNS and value.isupper():
        return words(wording.entity_type_label(value))
    if column.endswith("reason") or column in _STATEMENT_COLUMNS:
        return wording.reword(value, words)
    if column in _SIGN_COLUMNS:
        return _format_sign(value, words)
    is_term = value in _ANSWERS or column.endswith("state") or column in _TERM_COLUMNS
    return words(wording.word(value)) if is_term else value


def _format_sign(value: str, words: Translator) -> str:
    """Return the sign that a CSV delimits, quotes or escapes with; one that leaves no mark on a page by its name."""
    if value in wording.SIGNS:
        return words(wording.SIGNS[value])
    return "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in value)


def shorten(label: str, limit: int) -> str:
    """Return *label* cut in the middle to at most *limit* narrow characters; a wide one counts as two."""
    if count_cells(label) <= limit:
        return label
    half = (limit - 1) // 2
    return f"{_take(label, half)}…{_take(label[::-1], half)[::-1]}"


def shorten_pair(parts: Sequence[str], separator: str, limit: int) -> str:
    """Return *parts* joined, each cut to a fair share of *limit*: what a short one leaves goes to the others."""
    left = limit - count_cells(separator) * (len(parts) - 1)
    budgets: dict[int, int] = {}
    by_length = sorted(range(len(parts)), key=lambda position: count_cells(parts[position]))
    for done, position in enumerate(by_length):
        budgets[position] = min(count_cells(parts[position]), left // (len(parts) - done))
        left -= budgets[position]
    return separator.join(shorten(part, budgets[position]) for position, part in enumerate(parts))


def _take(text: str, limit: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += count_cells(character)
        if used > limit:
            return text[:position]
    return text


def listed_values(limit: Limit, words: Translator) -> tuple[str, str]:
    """Return what is listed below the sentence on a limit, its heading first; nothing for most limits."""
    heading = wording.LISTED_VALUES.get(limit.code)
    if heading is None:
        return "", ""
    named = (format_value("entity_type", value, words) for value in limit.values)
    return words(heading), words.join(sorted(named, key=str.casefold))


def format_limit(limit: Limit, words: Translator) -> str:
    """Return the sentence for something that was not checked."""
    values = words.join(format_value("entity_type", value, words) for value in limit.values)
    size = format_bytes(limit.size_bytes or 0)
    one, many = wording.LIMITS[limit.code]
    if limit.count is None or not many:
        return words(one).format(size=size, values=values)
    return words.count(one, many, limit.count).format(count=format_number(limit.count), size=size, values=values)
