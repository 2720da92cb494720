"""Columns outside the text: what their names say of the values in them."""

import pyarrow as pa

from corpus_audit.corpus.entry import ColumnTexts
from corpus_audit.corpus.records import OtherTexts
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.other_columns import ColumnScanner


def spans(**columns):
    """Return (column, record, type, first byte, last byte) of what is found in columns of values."""
    scanner = ColumnScanner(Scanner(b"key"), 1 << 30)
    for name, values in columns.items():
        rows, texts = pa.array(range(len(values)), pa.int64()), pa.array(values, pa.large_string())
        assert not list(scanner.add(OtherTexts("file", "source", ColumnTexts(name, rows, texts))))
    names = ("field", "record_id", "entity_type", "start_byte", "end_byte")
    return [tuple(row[name] for name in names) for row in scanner.flush().to_pylist()]


def test_the_name_of_a_column_is_the_label_of_its_values():
    found = spans(note=["467 3395"], mobile_phone=["none", "467 3395", None], email=["zoe@posteo.de"])
    assert found == [
        ("mobile_phone", "file:1", "PHONE_NUMBER", 0, 8),
        ("email", "file:0", "EMAIL_ADDRESS", 0, 13),
    ]


def test_a_column_of_orders_holds_no_telephone_numbers():
    assert spans(order_id=["415-555-2671"]) == []
