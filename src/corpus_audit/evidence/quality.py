"""Quality proxies per source and overall: lengths, damage, entropy, and rejects of the published heuristics."""

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, Lists, evidence_table
from corpus_audit.evidence.means import mean
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import WHOLE_DATASET

MOST_RULES = 5

# Every record twice: once in its source, once in the dataset.
_SCOPED = f"(SELECT source_id FROM claimed_sources UNION ALL SELECT '{WHOLE_DATASET}')"  # noqa: S608 - constant

_LENGTH_COUNTS = """
    SELECT source_id, characters, COUNT(*) AS records FROM records WHERE entropy_bits IS NOT NULL
    GROUP BY source_id, characters
"""

_LENGTHS = f"""
    SELECT source_id,
           MIN(CASE WHEN 10 * reached >= total THEN characters END) AS characters_p10,
           MIN(CASE WHEN 2 * reached >= total THEN characters END) AS characters_median,
           MIN(CASE WHEN 10 * reached >= 9 * total THEN characters END) AS characters_p90,
           MAX(characters) AS characters_most
    FROM (SELECT source_id, characters,
                 SUM(records) OVER (PARTITION BY source_id ORDER BY characters) AS reached,
                 SUM(records) OVER (PARTITION BY source_id) AS total
          FROM (SELECT source_id, characters, records FROM length_counts
                UNION ALL
                SELECT '{WHOLE_DATASET}', characters, SUM(records) FROM length_counts GROUP BY characters) AS counted
         ) AS ordered
    GROUP BY source_id
"""  # noqa: S608 - constant

_TEXTS = f"""
    SELECT COALESCE(source_id, '{WHOLE_DATASET}') AS source_id,
           COUNT(*) AS records,
           {mean("entropy_bits")} AS mean_entropy_bits,
           COUNT(CASE WHEN replacement_characters > 0 OR mojibake > 0 THEN 1 END) AS damaged_records,
           COUNT(CASE WHEN control_characters > 0 THEN 1 END) AS control_character_records,
           {mean("compressed_share")} AS mean_compressed_share,
           {mean("boilerplate_line_share")} AS mean_boilerplate_share,
           {mean("repeated_line_share")} AS mean_repeated_line_share,
           COUNT(gopher_rejects) AS records_judged,
           COUNT(CASE WHEN cardinality(gopher_rejects) > 0 THEN 1 END) / NULLIF(COUNT(gopher_rejects), 0)
               AS gopher_rejected_share,
           COUNT(CASE WHEN cardinality(c4_rejects) > 0 THEN 1 END) / NULLIF(COUNT(c4_rejects), 0) AS c4_rejected_share
    FROM records
    WHERE entropy_bits IS NOT NULL
    GROUP BY GROUPING SETS ((source_id), ())
    HAVING COUNT(*) > 0
"""  # noqa: S608 - constants


def _frequent_rules(name: str, rejects: str) -> Lists:
    """Return the rules that reject most, most frequent first, by source and over all."""
    return Lists(
        name,
        ("source_id",),
        "rule",
        f"""
        SELECT source_id, rule, position
        FROM (SELECT source_id, value AS rule,
                     ROW_NUMBER() OVER (PARTITION BY source_id ORDER BY COUNT(*) DESC, value) AS position
              FROM (SELECT source_id, value FROM {rejects}
                    UNION ALL SELECT '{WHOLE_DATASET}', value FROM {rejects}) AS rejected
              GROUP BY source_id, value) AS counted
        WHERE position <= {MOST_RULES}
        """,  # noqa: S608 - constants
    )


def find_quality(engine: Engine, _circumstances: Circumstances) -> None:
    """Make visible the sums that the table needs."""
    engine.execute(f"CREATE TABLE length_counts AS {_LENGTH_COUNTS}")
    engine.add_arrow("scoped_texts", engine.fetch(_TEXTS))
    for heuristic in ("gopher", "c4"):
        rejects = f"{heuristic}_rejected"
        engine.add_values(rejects, "records", f"{heuristic}_rejects", ("source_id",))
        _frequent_rules(f"{heuristic}_rules", rejects).add(engine)


_SOURCE_OR_ALL = "Source; (dataset) for the dataset as a whole."


QUALITY = evidence_table(
    "quality", "one source: proxies of the quality of its texts", ("source_id",),
    ("source_id", STR, _SOURCE_OR_ALL),
    ("records", INT, "Records with text."),
    ("duplicate_share", FLOAT, "Bytes of exact and near copies as a share of all text; 0 without text."),
    ("characters_p10", INT, "Length in code points that a tenth of the records do not exceed; null without any."),
    ("characters_median", INT, "Length that half of the records do not exceed; null without any."),
    ("characters_p90", INT, "Length that nine tenths of the records do not exceed; null without any."),
    ("characters_most", INT, "Length of the longest record; null without any."),
    ("mean_entropy_bits", FLOAT, "Mean Shannon entropy in bits a byte; null without any."),
    ("damaged_records", INT, "Records with U+FFFD or with text that looks like UTF-8 read in another encoding."),
    ("damaged_share", FLOAT, "damaged_records as a share of records."),
    ("control_character_records", INT, "Records with control characters other than tab and line ends."),
    ("mean_compressed_share", FLOAT, "Mean size after LZ4 as a share of the size before; null without any."),
    ("mean_boilerplate_share", FLOAT, "Mean share of boilerplate lines; null without any."),
    ("mean_repeated_line_share", FLOAT, "Mean share of lines seen before in the same text; null without any."),
    ("records_judged", INT, "Records whose words are set apart by spaces, so that the heuristics apply."),
    ("gopher_rejected_share", FLOAT, "Share of those that the rules of Gopher reject; null when none is judged."),
    ("gopher_rules", STRINGS, "Rules of Gopher that reject most of them, the most frequent first, at most five."),
    ("c4_rejected_share", FLOAT, "Share of those that the rules of C4 reject; null when none is judged."),
    ("c4_rules", STRINGS, "Rules of C4 that reject most of them, the most frequent first."),
    label=_("sources, and the dataset as a whole"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.RECORDS,),
    prepare=find_quality,
    sql=f"""
    SELECT scopes.source_id,
           COALESCE(texts.records, 0) AS records,
           COALESCE(copies.copied_bytes / NULLIF(sizes.text_bytes, 0), 0.0) AS duplicate_share,
           characters_p10, characters_median, characters_p90, characters_most,
           texts.mean_entropy_bits,
           COALESCE(texts.damaged_records, 0) AS damaged_records,
           COALESCE(texts.damaged_records / NULLIF(texts.records, 0), 0.0) AS damaged_share,
           COALESCE(texts.control_character_records, 0) AS control_character_records,
           texts.mean_compressed_share, texts.mean_boilerplate_share, texts.mean_repeated_line_share,
           COALESCE(texts.records_judged, 0) AS records_judged,
           texts.gopher_rejected_share, texts.c4_rejected_share,
           COALESCE(gopher.listed, no_types.value) AS gopher_rules,
           COALESCE(c4.listed, no_types.value) AS c4_rules
    FROM {_SCOPED} AS scopes
    CROSS JOIN no_types
    LEFT JOIN scoped_texts AS texts ON texts.source_id = scopes.source_id
    LEFT JOIN ({_LENGTHS}) AS lengths ON lengths.source_id = scopes.source_id
    LEFT JOIN gopher_rules AS gopher ON gopher.source_id = scopes.source_id
    LEFT JOIN c4_rules AS c4 ON c4.source_id = scopes.source_id
    LEFT JOIN (
        SELECT COALESCE(source_id, '{WHOLE_DATASET}') AS source_id, SUM(copied_bytes) AS copied_bytes
        FROM copy_totals GROUP BY GROUPING SETS ((source_id), ())
    ) AS copies ON copies.source_id = scopes.source_id
    LEFT JOIN (
        SELECT COALESCE(source_id, '{WHOLE_DATASET}') AS source_id, SUM(text_bytes) AS text_bytes
        FROM record_totals GROUP BY GROUPING SETS ((source_id), ())
    ) AS sizes ON sizes.source_id = scopes.source_id
    """,  # noqa: S608 - constants
)  # fmt: skip
