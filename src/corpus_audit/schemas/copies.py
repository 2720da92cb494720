"""Copies between records: pairs, clusters and overlaps."""

import pyarrow as pa

from corpus_audit.schemas.table import BOOL, FLOAT, INT, STR, STRINGS, table

_OF_MEDIA = "Of pictures and recordings the share of bits in which their fingerprints agree."
_OVERLAP_OF_MEDIA = "Of recordings the share that lies over the other, of pictures the similarity itself."

PAIRS = table(
    "pairs", "one pair of records verified on their texts or fingerprints", ("record_a", "record_b"),
    ("record_a", STR, "The record with the smaller id."),
    ("record_b", STR, "The record with the larger id."),
    ("source_a", STR, "Source of record_a."),
    ("source_b", STR, "Source of record_b."),
    ("kind", STR, "exact (same bytes) or near (vocabulary CopyKind)."),
    ("jaccard", FLOAT, f"Exact Jaccard similarity of the two shingle sets. {_OF_MEDIA}"),
    ("containment_a", FLOAT, f"Share of record_a's shingles that record_b holds. {_OVERLAP_OF_MEDIA}"),
    ("containment_b", FLOAT, "Share of record_b's shingles that record_a holds; of media as for record_a."),
    ("bands_shared", pa.int32(),
     "Number of LSH bands in which two texts collide; null for exact copies, media and pairs that a group proposed."),
)  # fmt: skip

COMPARED_WHOLE = 9
"""Contents of a group of copies up to which all pairs are compared; in larger ones each is compared with some."""

CLUSTERS = table(
    "clusters", "one record that has at least one copy", ("record_id",),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Source of the record."),
    ("cluster_id", STR, "Smallest record id of the cluster."),
    ("representative_id", STR, "Record this one was verified against; itself for a representative."),
    ("kind", STR, "exact or near copy of the representative; 'representative' for itself."),
    ("jaccard", FLOAT, f"Exact Jaccard similarity to the representative. {_OF_MEDIA}"),
    ("size_bytes", INT, "Length of the record in bytes."),
)  # fmt: skip

AUDIT_PAIRS = table(
    "audit_pairs", "one pair of records of two audits, verified on their texts", ("audit_b", "record_a", "record_b"),
    ("record_a", STR, "The record of this audit: the first of those with its text."),
    ("source_a", STR, "Source of record_a."),
    ("audit_b", STR, "The other audit."),
    ("record_b", STR, "The record of the other audit: the first of those with its text."),
    ("source_b", STR, "Source of record_b."),
    ("kind", STR, "exact (same bytes) or near (vocabulary CopyKind)."),
    ("jaccard", FLOAT, "Exact Jaccard similarity of the two shingle sets."),
    ("containment_a", FLOAT, "Share of record_a's shingles that record_b holds."),
    ("containment_b", FLOAT, "Share of record_b's shingles that record_a holds."),
)  # fmt: skip

DATASET_OVERLAPS = table(
    "dataset_overlaps", "one earlier audit that this one is compared with, and what they share", ("audit_b",),
    ("audit_b", STR, "The earlier audit."),
    ("dataset_b", STR, "Its dataset."),
    ("version_b", STR, "The version of its dataset, or not-recorded."),
    ("relation", STR, "other-dataset or other-version: is it another dataset, or another state of this one."),
    ("state", STR, "compared; other-settings, of its signatures; or not-compared, as they are damaged or missing."),
    ("records_a", INT, "Records of this audit that have a verified copy in the other; null when not compared."),
    ("records_b", INT, "Records of the other audit that have one in this; null when not compared."),
    ("bytes_a", INT, "Bytes of those records of this audit; null when not compared."),
    ("bytes_b", INT, "Bytes of those records of the other; null when not compared."),
    ("share_a", FLOAT, "bytes_a as a share of all text bytes of this audit; null when not compared."),
    ("share_b", FLOAT, "bytes_b as a share of all text bytes of the other; null when not compared."),
    ("exact_records", INT, "Records of this audit with an exact copy in the other; null when not compared."),
    ("near_records", INT, "Records of this audit with only near copies in the other; null when not compared."),
    ("unverified", INT, "Pairs that looked alike, but a text could not be read again; null when not compared."),
    ("sources_a", STRINGS, "Sources of this audit that hold those records."),
    ("sources_b", STRINGS, "Sources of the other audit that do."),
    ("licenses_a", STRINGS, "Licenses declared for sources_a; null when not compared."),
    ("licenses_b", STRINGS, "Licenses declared for sources_b; null when not compared."),
    ("example_a", STR, "The largest record of this audit that is shared; null when there is none."),
    ("example_b", STR, "Its copy in the other audit; null when there is none."),
)  # fmt: skip

RECORD_CHANGES = table(
    "record_changes", "one record that is not the same in two audits, or is a copy in the later one only",
    ("record_id", "change"),
    ("record_id", STR, "The record: in the later audit, or in the earlier one where it was removed."),
    ("source_id", STR, "Source of the record."),
    ("change", STR, "What became of it; moved is the same text under another id (vocabulary RecordChange)."),
    ("record_before", STR, "The record of the earlier audit it is set beside; null for added ones."),
    ("size_bytes", INT, "Length of its text in bytes."),
    ("newly_duplicated", STR, "exact or near: it is a copy, and was none before (vocabulary CopyKind); else null."),
)  # fmt: skip

OVERLAPS = table(
    "overlaps", "two sources that share verified copies", ("source_a", "source_b"),
    ("source_a", STR, "The source with the smaller id."),
    ("source_b", STR, "The other source."),
    ("records_a", INT, "Records of source_a that have a verified copy in source_b."),
    ("records_b", INT, "Records of source_b that have a verified copy in source_a."),
    ("bytes_a", INT, "Bytes of those records of source_a."),
    ("bytes_b", INT, "Bytes of those records of source_b."),
    ("share_a", FLOAT, "bytes_a as a share of source_a's bytes."),
    ("share_b", FLOAT, "bytes_b as a share of source_b's bytes."),
    ("share_records_a", FLOAT, "records_a as a share of source_a's records."),
    ("share_records_b", FLOAT, "records_b as a share of source_b's records."),
    ("is_large_part", BOOL, "Is one of the four shares at least overlap_min_share?"),
    ("decisive_bytes_a", INT, "bytes_a where it is a large part, else of those records of overlap_min_shingles."),
    ("decisive_bytes_b", INT, "The same of source_b: only these say that one source took from the other."),
    ("exact_records", INT, "Records of source_a with an exact copy in source_b."),
    ("near_records", INT, "Records of source_a with only near copies in source_b."),
    ("max_jaccard", FLOAT, "Highest verified Jaccard similarity between the two."),
    ("example_a", STR, "A record of source_a with the largest copy, by size then id."),
    ("example_b", STR, "Its copy in source_b."),
)  # fmt: skip

COMMON_SOURCES = 64
"""Sources of one text up to which all pairs of them are listed as overlaps."""

COMMON_TEXTS = table(
    "common_texts", f"one text, picture or recording that stands in over {COMMON_SOURCES} sources", ("record_id",),
    ("record_id", STR, "The first record that has it."),
    ("sources", INT, "Sources that hold it."),
    ("records", INT, "Records that have it."),
    ("following", INT, "Sources that are compared only with those that lead: up to two of each license."),
    ("unlisted_pairs", INT, "Pairs of these, which are listed as overlaps only if they share other content as well."),
)  # fmt: skip
