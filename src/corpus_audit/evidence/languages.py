"""Languages detected in each source, beside those declared by the dataset and its records."""

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.evidence.means import mean
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

_TWO_LETTERS = """
    ara ar, arb ar, ben bn, chi zh, cmn zh, deu de, dut nl, eng en, fas fa, fra fr, fre fr, ger de, hin hi, ind id,
    ita it, jpn ja, kor ko, msa ms, nb no, nld nl, nn no, nno no, nob no, per fa, pol pl, por pt, rus ru, spa es,
    swe sv, tha th, tur tr, ukr uk, vie vi, yue zh, zho zh, zsm ms
"""
_SAME = dict(entry.split() for entry in _TWO_LETTERS.split(","))
"""Codes of three letters, and of languages that the classifier does not tell apart, by the code it gives."""

# A tag may go on with a script or a region: the language is what stands before the first dash.
_SPOKEN = "lower(regexp_extract({tag}, '^[A-Za-z]+', 0))"


_DECLARED = f"""
    SELECT DISTINCT COALESCE(same_languages.language, spoken.tag) AS language
    FROM (SELECT {_SPOKEN.format(tag="value")} AS tag FROM claimed_languages) AS spoken
    LEFT JOIN same_languages ON same_languages.tag = spoken.tag
"""  # noqa: S608 - constants

# What a record says of itself is compared only where the classifier could tell, and the record gives a tag.
_OBSERVED = f"""
    CREATE TABLE observed_languages AS
    SELECT source_id, language_observed, language_confidence,
           CASE WHEN language_observed <> 'und' AND length(said.tag) IN (2, 3)
                THEN COALESCE(same_languages.language, said.tag) END AS language_declared
    FROM (
        SELECT source_id, language_observed, language_confidence, {_SPOKEN.format(tag="language")} AS tag
        FROM records
        WHERE language_observed IS NOT NULL
    ) AS said
    LEFT JOIN same_languages ON same_languages.tag = said.tag
"""  # noqa: S608 - constants


def find_languages(engine: Engine, _circumstances: Circumstances) -> None:
    """Make visible what languages the records are in, and those that the dataset declares."""
    engine.add_arrow("same_languages", pa.table({"tag": list(_SAME), "language": list(_SAME.values())}))
    engine.add_arrow("declared_languages", engine.fetch(_DECLARED))
    engine.execute(_OBSERVED)


LANGUAGES = evidence_table(
    "languages", "one language in one source", ("source_id", "language"),
    ("source_id", STR, "Source."),
    ("language", STR, "Language that a classifier names (ISO 639), or und where it could not tell."),
    ("declared", STR, "yes or no: does the dataset declare it; not-recorded when it declares no language."),
    ("records_in_all", INT, "Records of the source with text."),
    ("records", INT, "Of those, records in this language."),
    ("record_share", FLOAT, "records as a share of records_in_all."),
    ("records_declared_otherwise", INT, "Of those, records that themselves declare another language."),
    ("mean_confidence", FLOAT, "Mean probability that the classifier gives."),
    ("state", STR, "declared, undeclared, undetermined (und), or not-recorded when the dataset declares none."),
    label=_("languages by source"),
    inputs=(schemas.RECORDS,),
    prepare=find_languages,
    sql=f"""
    SELECT found.source_id,
           found.language_observed AS language,
           CASE WHEN spoken.language IS NOT NULL THEN 'yes'
                WHEN declares.languages > 0 THEN 'no'
                ELSE 'not-recorded' END AS declared,
           found.records_in_all,
           found.records,
           found.records / found.records_in_all AS record_share,
           found.records_declared_otherwise,
           found.mean_confidence,
           CASE WHEN found.language_observed = 'und' THEN 'undetermined'
                WHEN spoken.language IS NOT NULL THEN 'declared'
                WHEN declares.languages > 0 THEN 'undeclared'
                ELSE 'not-recorded' END AS state
    FROM (
        SELECT source_id, language_observed,
               CAST(SUM(COUNT(*)) OVER (PARTITION BY source_id) AS BIGINT) AS records_in_all,
               COUNT(*) AS records,
               COUNT(CASE WHEN language_declared <> language_observed THEN 1 END) AS records_declared_otherwise,
               {mean("language_confidence")} AS mean_confidence
        FROM observed_languages
        GROUP BY source_id, language_observed
    ) AS found
    CROSS JOIN (SELECT COUNT(*) AS languages FROM declared_languages) AS declares
    LEFT JOIN declared_languages AS spoken ON spoken.language = found.language_observed
    """,  # noqa: S608 - constants
)  # fmt: skip
