"""Leakage: records of a validation or test split that are copies of records of a training split, in any source."""

# ruff: noqa: S608 - nothing but constants of this module reaches the SQL

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, Lists, evidence_table
from corpus_audit.schemas.copies import COMPARED_WHOLE
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import LeakageState, Modality, SplitRole

EXAMPLES = 3

_ROLES = pa.schema([pa.field("split", pa.string()), pa.field("split_role", pa.string())])

_TABLES = {
    # Each file by what its split is for: other where none is recorded, or its name does not tell.
    "file_roles": f"""
        SELECT files.source_id, files.file, files.split, COALESCE(split_role, '{SplitRole.OTHER}') AS split_role
        FROM files LEFT JOIN split_roles ON split_roles.split = files.split
    """,
    "evaluation_copies": f"""
        SELECT copied_records.record_id, copied_records.content, file_roles.source_id, split
        FROM copied_records
        JOIN file_roles ON file_roles.source_id = copied_records.source_id AND file_roles.file = copied_records.file
        WHERE split_role = '{SplitRole.EVALUATION}'
    """,
    # Each content that an evaluation record copies, and how closely.
    "evaluation_contents": """
        SELECT mine.content, content_copies.other, jaccard, is_exact
        FROM (SELECT DISTINCT content FROM evaluation_copies) AS mine
        JOIN content_copies ON content_copies.content = mine.content
    """,
    # Those of them that stand outside evaluation splits, with the first record that holds each.
    "other_contents": f"""
        SELECT copied_records.content, split_role, MIN(copied_records.record_id) AS first_record
        FROM (SELECT DISTINCT other FROM evaluation_contents) AS wanted
        JOIN copied_records ON copied_records.content = wanted.other
        JOIN file_roles ON file_roles.source_id = copied_records.source_id AND file_roles.file = copied_records.file
        WHERE split_role <> '{SplitRole.EVALUATION}'
        GROUP BY copied_records.content, split_role
    """,
    # Each evaluation record with its closest copy: one of a training split before one of another.
    "leaks": f"""
        SELECT source_id, split, record_id, first_record, is_exact, split_role
        FROM (
            SELECT evaluation_copies.*, first_record, is_exact, split_role,
                   ROW_NUMBER() OVER (
                       PARTITION BY evaluation_copies.record_id
                       ORDER BY CASE WHEN split_role = '{SplitRole.TRAINING}' THEN 0 ELSE 1 END,
                                is_exact DESC, jaccard DESC, first_record
                   ) AS closeness
            FROM evaluation_copies
            JOIN evaluation_contents ON evaluation_contents.content = evaluation_copies.content
            JOIN other_contents ON other_contents.content = evaluation_contents.other
        ) AS ranked
        WHERE closeness = 1
    """,
    "leak_counts": f"""
        SELECT source_id, split,
               SUM(CASE WHEN split_role = '{SplitRole.TRAINING}' AND is_exact = 1 THEN 1 ELSE 0 END) AS exact_records,
               SUM(CASE WHEN split_role = '{SplitRole.TRAINING}' AND is_exact = 0 THEN 1 ELSE 0 END) AS near_records,
               SUM(CASE WHEN split_role = '{SplitRole.TRAINING}' THEN 0 ELSE 1 END) AS unassigned_records
        FROM leaks GROUP BY source_id, split
    """,
    # Groups in which not every pair was compared, where a training record stands in them.
    "large_groups": f"""
        SELECT clusters.cluster_id
        FROM clusters
        JOIN copied_records ON copied_records.record_id = clusters.record_id
        JOIN file_roles ON file_roles.source_id = copied_records.source_id AND file_roles.file = copied_records.file
        GROUP BY clusters.cluster_id
        HAVING COUNT(DISTINCT copied_records.content) > {COMPARED_WHOLE}
           AND SUM(CASE WHEN split_role = '{SplitRole.TRAINING}' THEN 1 ELSE 0 END) > 0
    """,
    "uncompared_counts": f"""
        SELECT evaluation_copies.source_id, evaluation_copies.split,
               COUNT(DISTINCT evaluation_copies.record_id) AS uncompared_records
        FROM evaluation_copies
        JOIN clusters ON clusters.record_id = evaluation_copies.record_id
        JOIN large_groups ON large_groups.cluster_id = clusters.cluster_id
        LEFT JOIN leaks
               ON leaks.record_id = evaluation_copies.record_id AND leaks.split_role = '{SplitRole.TRAINING}'
        WHERE leaks.record_id IS NULL
        GROUP BY evaluation_copies.source_id, evaluation_copies.split
    """,
    "split_records": f"""
        SELECT file_roles.source_id, file_roles.split, COUNT(records.record_id) AS records,
               COALESCE(SUM(CASE WHEN modality = '{Modality.TEXT}' AND shingles = 0 THEN 1 ELSE 0 END), 0)
                   AS empty_records
        FROM file_roles
        LEFT JOIN records ON records.source_id = file_roles.source_id AND records.file = file_roles.file
        WHERE split_role = '{SplitRole.EVALUATION}'
        GROUP BY file_roles.source_id, file_roles.split
    """,
    "training_total": f"""
        SELECT COUNT(*) AS training_records
        FROM records
        JOIN file_roles ON file_roles.source_id = records.source_id AND file_roles.file = records.file
        WHERE split_role = '{SplitRole.TRAINING}'
    """,
}
"""What leads to the counts, in the order in which one reads the other."""

_NUMBERED = f"""
    SELECT source_id, split, record_id, first_record,
           ROW_NUMBER() OVER (PARTITION BY source_id, split ORDER BY is_exact DESC, record_id) AS position
    FROM leaks WHERE split_role = '{SplitRole.TRAINING}'
"""

_EXAMPLES = tuple(
    Lists(
        name,
        ("source_id", "split"),
        column,
        f"SELECT source_id, split, {column}, position FROM ({_NUMBERED}) AS numbered WHERE position <= {EXAMPLES}",
    )
    for name, column in (("leak_examples", "record_id"), ("leak_examples_of_training", "first_record"))
)


def find_leaks(engine: Engine, _circumstances: Circumstances) -> None:
    """Make visible which evaluation records copy others; reads files, records, and copies and groups of them."""
    from corpus_audit.manifest.splits import role_of_split

    named = engine.fetch("SELECT DISTINCT split FROM files WHERE split IS NOT NULL ORDER BY split")
    rows = [{"split": name, "split_role": str(role_of_split(name))} for name in named["split"].to_pylist()]
    engine.add_arrow("split_roles", pa.Table.from_pylist(rows, schema=_ROLES))
    for name, sql in _TABLES.items():
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    for examples in _EXAMPLES:
        examples.add(engine)


SPLIT_LEAKAGE = evidence_table(
    "split_leakage", "one validation or test split of one source, held against the training splits of all sources",
    ("source_id", "split"),
    ("source_id", STR, "Source of the evaluation split."),
    ("split", STR, "Name of the evaluation split, as declared."),
    ("records", INT, "Records of the split."),
    ("empty_records", INT, "Those of them that are texts without a token, and are held against nothing."),
    ("training_records", INT, "Records of all training splits of the dataset."),
    ("leaked_records", INT, "Records of the split that are copies of a training record: exact_records + near_records."),
    ("leaked_share", FLOAT, "leaked_records as a share of records; 0 without records."),
    ("exact_records", INT, "Those with the same bytes as a training record."),
    ("near_records", INT, "Those with only verified near-duplicates among the training records."),
    ("unassigned_records", INT, "Records without a training copy that copy a file of no or another split."),
    (
        "uncompared_records", INT,
        "Records without a training copy whose group of copies holds training records, not every pair compared.",
    ),
    ("state", STR, "What follows (vocabulary LeakageState)."),
    ("examples", STRINGS, "The first three leaked records, exact duplicates before near ones."),
    ("training_examples", STRINGS, "For each of them, the training record that it is closest to."),
    label=_("validation and test splits"),
    inputs=(schemas.CLUSTERS, schemas.FILES, schemas.PAIRS, schemas.RECORDS),
    prepare=find_leaks,
    sql=f"""
    SELECT counted.*,
           CASE WHEN records = 0 THEN 0 ELSE leaked_records / CAST(records AS DOUBLE) END AS leaked_share,
           CASE WHEN leaked_records > 0 THEN '{LeakageState.LEAKED}'
                WHEN training_records = 0 OR records = empty_records OR uncompared_records > 0
                     THEN '{LeakageState.NOT_COMPARED}'
                ELSE '{LeakageState.NONE_FOUND}' END AS state
    FROM (
        SELECT split_records.source_id, split_records.split, records, empty_records, training_records,
               COALESCE(exact_records, 0) AS exact_records,
               COALESCE(near_records, 0) AS near_records,
               COALESCE(unassigned_records, 0) AS unassigned_records,
               COALESCE(uncompared_records, 0) AS uncompared_records,
               COALESCE(exact_records, 0) + COALESCE(near_records, 0) AS leaked_records,
               COALESCE(leak_examples.listed, no_types.value) AS examples,
               COALESCE(leak_examples_of_training.listed, no_types.value) AS training_examples
        FROM split_records
        CROSS JOIN training_total
        CROSS JOIN no_types
        LEFT JOIN leak_counts
               ON leak_counts.source_id = split_records.source_id AND leak_counts.split = split_records.split
        LEFT JOIN uncompared_counts
               ON uncompared_counts.source_id = split_records.source_id
              AND uncompared_counts.split = split_records.split
        LEFT JOIN leak_examples
               ON leak_examples.source_id = split_records.source_id AND leak_examples.split = split_records.split
        LEFT JOIN leak_examples_of_training
               ON leak_examples_of_training.source_id = split_records.source_id
              AND leak_examples_of_training.split = split_records.split
    ) AS counted
    """,
)  # fmt: skip
