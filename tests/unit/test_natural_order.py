"""Names in the order in which people read them, the same in Python and Arrow."""

import random

import pyarrow as pa

from corpus_audit.document.natural_order import natural_order, natural_ranks

IN_ORDER = [
    "",
    "file",
    "file1",
    "file02",
    "file2",
    "file2.txt",
    "file10",
    "file10-2",
    "file10-11",
    "file18446744073709551617",
    "shard-00009-of-00010",
    "shard-00010-of-00010",
    "来源2",
    "来源10",
    "来源٣",
]


def _mixed() -> list[str]:
    names = list(IN_ORDER)
    random.Random(7).shuffle(names)
    return names


def test_numbers_count_by_their_value() -> None:
    assert sorted(["a10", "a9", "b1", "a1"], key=natural_order) == ["a1", "a9", "a10", "b1"]
    assert sorted(_mixed(), key=natural_order) == IN_ORDER


def test_arrow_orders_names_as_python_does() -> None:
    names = [*_mixed(), "file2"]
    ranks = natural_ranks(pa.chunked_array([names[:4], names[4:]], pa.string())).to_pylist()
    assert ranks == [IN_ORDER.index(name) + 1 for name in names]
    assert natural_ranks(pa.chunked_array([], pa.string())).to_pylist() == []
