"""Reference works: the stored hashes of a reference, and its occurrences in records."""

import pyarrow as pa

from corpus_audit.schemas.table import FLOAT, INT, STR, table

REFERENCE_ITEMS = table(
    "reference_items", "one item of a reference: a work, a question, a page", ("item",),
    ("item", STR, "Path of the item's file as it was added, with ':row' where the file holds rows."),
    ("copies", INT, "Items with the same text, this one included; only the first of them is kept."),
    ("size_bytes", INT, "Length of the text in UTF-8 bytes."),
    ("tokens", INT, "Number of tokens the shingles are made of."),
    ("shingles", INT, "Number of distinct shingles."),
    ("content_sha256", pa.binary(32), "sha256 of the text's UTF-8 bytes."),
    ("signature", pa.list_(pa.uint32()), "MinHash signature (datasketch, affine32)."),
    ("shingle_hashes", pa.list_(pa.uint64()), "Hashes of the distinct shingles, ascending."),
)  # fmt: skip

REFERENCE_WORKS = table(
    "reference_works", "one reference that the records are held against", ("reference",),
    ("reference", STR, "Name of the reference."),
    ("reference_kind", STR, "What its works are (vocabulary ReferenceKind)."),
    ("reference_sha256", STR, "sha256 of its file of hashes."),
    ("items", INT, "Items with different texts."),
    ("items_too_short", INT, "Items of fewer tokens than a shingle: only records of just those tokens contain them."),
)  # fmt: skip

REFERENCE_HITS = table(
    "reference_hits", "one record that contains one item of a reference", ("record_id", "reference", "item"),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Source of the record."),
    ("reference", STR, "Name of the reference."),
    ("item", STR, "The item it contains."),
    ("item_shingles", INT, "Distinct shingles of the item."),
    ("shared_shingles", INT, "How many of them the record holds."),
    ("containment", FLOAT, "shared_shingles as a share of item_shingles."),
    ("start_bytes", pa.list_(INT), "First byte of each stretch of the record's text that is the item's, ascending."),
    ("end_bytes", pa.list_(INT), "One past the last byte of each."),
    ("stretches", INT, "Number of stretches; only the longest are listed."),
    ("longest_start", INT, "First byte of the longest stretch."),
    ("longest_end", INT, "One past its last byte."),
    ("shared_bytes", INT, "Bytes of all stretches."),
)  # fmt: skip
