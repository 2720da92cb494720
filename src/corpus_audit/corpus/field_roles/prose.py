"""Columns with prose, and columns that repeat another column, by a sample of their values."""

import re
from collections.abc import Collection, Mapping, Sequence

from corpus_audit.corpus.field_roles.columns import DataColumn, Path

_WORDS = re.compile(r"\w+")
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FEWEST_WORDS = 4
_FEWEST_DENSE = 8
"""Letters of scripts that put no spaces between words."""

_FEWEST_ROWS = 3
"""Rows that must show it before one column counts as a copy of another."""


def likeliest_prose(columns: Sequence[DataColumn]) -> DataColumn | None:
    """Return the column with the longest values among those whose values are mostly prose, None without any."""
    able = [column for column in columns if _is_prose(column.texts)]
    return max(able, key=lambda column: _mean_length(column.texts), default=None)


def copies_of(
    units: Sequence[Sequence[Path]], columns: Mapping[Path, DataColumn], wholes: Collection[Path]
) -> set[Path]:
    """Return the paths of the text units whose words occur in another unit too, in every sampled row.

    Only a column in *wholes* can hold another. Of two that hold each other the first is kept.
    """
    repeated: set[Path] = set()
    for unit in reversed(units):
        words = columns[unit[-1]]
        others = [other for other in units if other is not unit and other[-1] in wholes and other[-1] not in repeated]
        if any(_holds(columns[other[-1]], words) for other in others):
            repeated |= set(unit)
    return repeated


def _holds(whole: DataColumn, part: DataColumn) -> bool:
    """True if *whole* contains every text of *part* in the same row."""
    rows = 0
    for wholes, parts in zip(whole.sampled, part.sampled, strict=False):
        held = "\n".join(text for text in wholes if isinstance(text, str))
        words = [text.strip() for text in parts if isinstance(text, str) and text.strip()]
        if not all(text in held for text in words):
            return False
        rows += bool(words)
    return rows >= _FEWEST_ROWS


def _is_prose(texts: Sequence[str]) -> bool:
    prose = sum(
        len(_WORDS.findall(text)) >= _FEWEST_WORDS or len(_DENSE.findall(text)) >= _FEWEST_DENSE for text in texts
    )
    return prose * 2 > len(texts)


def _mean_length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts)
