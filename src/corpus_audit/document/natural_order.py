"""The order in which people read names: file2 before file10. Stored tables stay in the order of their bytes."""

import re

import pyarrow as pa
import pyarrow.compute as pc

_DIGITS = 20
"""Numbers up to so many digits are ordered by their value, longer ones by their last digits."""

_ZEROS = "0" * _DIGITS
_NUMBER, _LONG_NUMBER = "([0-9]+)", f"[0-9]*([0-9]{{{_DIGITS}}})"
_NUMBER_IN, _LONG_NUMBER_IN = re.compile(_NUMBER), re.compile(_LONG_NUMBER)


def natural_order(name: str) -> tuple[str, str]:
    """Return what to sort a name by: itself with its numbers at one length, then as it is written."""
    if not any(map(str.isdigit, name)):
        return name, name
    return _LONG_NUMBER_IN.sub(r"\1", _NUMBER_IN.sub(rf"{_ZEROS}\1", name)), name


def natural_ranks(names: pa.ChunkedArray) -> pa.Array:
    """Return the place of each name among all different ones in that order, as numbers from 1."""
    encoded = names.combine_chunks().dictionary_encode()
    different = encoded.dictionary
    padded = pc.replace_substring_regex(different, _NUMBER, rf"{_ZEROS}\1")
    ordered = pc.replace_substring_regex(padded, _LONG_NUMBER, r"\1")
    return pc.rank(pc.binary_join_element_wise(ordered, different, "\0"), tiebreaker="dense").take(encoded.indices)
