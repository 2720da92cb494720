"""What changes in one file: the rows that go, and the values that are masked in rows that stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

Masks = Sequence[tuple[str, str]]
"""Values of one row, and what stands in place of each."""


@dataclass(frozen=True)
class FileChanges:
    """Rows of a file, from 0 as its reader counts, that go (int64, ascending), and values to mask that rows hold."""

    dropped: Any = field(default_factory=lambda: np.array([], np.int64))
    found: Mapping[int, Masks] = field(default_factory=dict, repr=False)
    """Of rows that go too: what such a row holds may also stand beside it."""
    copies: Any = field(default_factory=lambda: np.array([], np.int64))
    """Those among the dropped rows that go for no other reason than that another copy stays (int64, ascending)."""
    rows: int | None = None
    """How many rows of a table its reader numbered; None where that is not known."""

    def __bool__(self) -> bool:
        """True if anything changes."""
        return bool(len(self.dropped) or self.found)

    def numbered_from(self, first: int) -> "FileChanges":
        """Return the same changes with the row *first* as row 0."""
        return replace(
            self,
            dropped=self.dropped - first,
            found={row - first: masks for row, masks in self.found.items()},
            copies=self.copies - first,
        )

    @cached_property
    def masks(self) -> Mapping[int, Masks]:
        """The values to mask in the rows that stay."""
        going = set(self.dropped.tolist()) if self.found else set()
        return {row: masks for row, masks in self.found.items() if row not in going}

    def found_within(self, first: int, end: int) -> Mapping[int, Masks]:
        """Return the values to mask that rows from *first* to before *end* hold."""
        return {row: self.found[row] for row in _within(self._found, first, end).tolist()}

    @cached_property
    def _found(self) -> Any:
        return np.array(sorted(self.found), np.int64)

    @cached_property
    def _masked(self) -> Any:
        return np.array(sorted(self.masks), np.int64)

    def dropped_within(self, first: int, end: int) -> Any:
        """Return the rows that go, from *first* to before *end*."""
        return _within(self.dropped, first, end)

    def copies_within(self, first: int, end: int) -> Any:
        """Return the rows that go only as copies, from *first* to before *end*."""
        return _within(self.copies, first, end)

    def masked_within(self, first: int, end: int) -> Any:
        """Return the rows that are masked, from *first* to before *end*."""
        return _within(self._masked, first, end)

    def within(self, first: int, end: int) -> bool:
        """True if a row from *first* to before *end* changes."""
        return bool(len(self.dropped_within(first, end)) or len(self.masked_within(first, end)))


def _within(rows: Any, first: int, end: int) -> Any:
    return rows[np.searchsorted(rows, first) : np.searchsorted(rows, end)]


@dataclass
class Rewritten:
    """How many rows of a file went, were masked, went because what was found in them could not be masked, and stayed
    as copies in samples that are none."""

    dropped: int = 0
    masked: int = 0
    unmasked: int = 0
    copies_kept: int = 0


def mask_text(text: str, masks: Masks) -> str:
    """Return a text with every occurrence of the values masked, the longest value first."""
    for value, mask in sorted(masks, key=lambda pair: -len(pair[0])):
        text = text.replace(value, mask)
    return text


def mask_value(value: Any, masks: Masks) -> Any:
    """Return a value of plain objects, lists and texts with its texts masked; keys stay."""
    if isinstance(value, str):
        return mask_text(value, masks)
    if isinstance(value, list | tuple):
        return [mask_value(inner, masks) for inner in value]
    if isinstance(value, dict):
        return {key: mask_value(inner, masks) for key, inner in value.items()}
    return value


class Masking:
    """Masks the values of one row wherever they stand, and knows whether each was met."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks
        self._missing = {value for value, _ in masks}

    def apply(self, value: Any) -> Any:
        """Return a value of plain objects, lists and texts with its texts masked."""
        self._note(value)
        return mask_value(value, self._masks)

    @property
    def is_complete(self) -> bool:
        """True if there are values, and every one was met."""
        return bool(self._masks) and not self._missing

    def _note(self, value: Any) -> None:
        if isinstance(value, str):
            self._missing = {one for one in self._missing if one not in value}
        elif isinstance(value, list | tuple | dict):
            for inner in value.values() if isinstance(value, dict) else value:
                if not self._missing:
                    return
                self._note(inner)
