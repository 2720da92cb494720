"""The license that counts for each source, its terms, and contradicting statements of the description."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.evidence.record_licenses import find_record_licenses, judge_licenses
from corpus_audit.rights.license_table import license_table, purpose_table, source_license_row
from corpus_audit.rights.purposes import PurposeAnswer, least_answer, permits_expression
from corpus_audit.rights.source_licenses import DescribedSource, LicenseStatement, decide_licenses
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import STR, STRINGS
from corpus_audit.vocabulary import NOASSERTION, LicenseState, LicenseStatementKind, Purpose

_DECLARED_LICENSES = """
    SELECT license_declared FROM claimed_sources
    UNION
    SELECT license_declared FROM claimed_models
"""
_STATEMENTS = "SELECT source_id, kind, stated, document, pointer FROM license_statements ORDER BY source_id, number"
_TEXTS = "SELECT source_id, file, licenses FROM license_texts ORDER BY source_id, file"
_PER_RECORD = f"""
    SELECT DISTINCT judged.source_id, judged.license_expression
    FROM judged_record_licenses AS judged
    WHERE judged.source_license_state = '{LicenseState.PER_RECORD}'
"""  # noqa: S608 - constant
_SOURCE_LICENSES = pa.schema([pa.field("source_id", pa.string()), *schemas.LICENSES.schema])
_ANSWERS = pa.schema(
    {
        "source_id": pa.string(),
        "purpose": pa.string(),
        "permitted": pa.string(),
        "reasons": pa.list_(pa.string()),
        "conditions": pa.list_(pa.string()),
    }
)

LICENSE_TABLES = (
    schemas.LICENSES.name,
    "contradicting_licenses",
    "source_licenses",
    "source_answers",
    "purpose_answers",
    "record_license_statements",
    "record_license_names",
    "judged_record_licenses",
)
"""What find_licenses makes visible."""


def find_licenses(engine: Engine) -> list[str]:
    """Register the resolved licenses, the one that counts for each source, and the terms of record licenses.

    Returns the expressions of all sources and records.
    """
    declared = [str(name) for name in engine.fetch(_DECLARED_LICENSES)["license_declared"].to_pylist()]
    licenses = license_table(declared)
    engine.add_arrow(schemas.LICENSES.name, licenses)
    sources = engine.fetch("SELECT source_id, license_declared, derived_from FROM claimed_sources").to_pylist()
    statements, texts = (engine.fetch(sql).to_pylist() for sql in (_STATEMENTS, _TEXTS))
    decided = decide_licenses(describe_sources(sources, statements, texts))
    contradictions = pa.Table.from_pylist(decided.contradictions, schema=LICENSE_CONTRADICTIONS.schema)
    engine.add_arrow("contradicting_licenses", contradictions)
    _add_source_licenses(engine, sources, decided.expressions, {})
    of_records = find_record_licenses(engine)
    uses = {str(use) for use in engine.fetch("SELECT value FROM claimed_uses")["value"].to_pylist()}
    judge_licenses(engine, [purpose for purpose in Purpose if purpose in uses])
    single = _licenses_of_records(engine)
    _add_source_licenses(engine, sources, decided.expressions, single)
    _add_answers(engine, sources, decided.expressions, single)
    of_sources = {part for source_id, own in decided.expressions.items() for part in single.get(source_id, {own})}
    known = {str(expression) for expression in licenses["license_expression"].to_pylist()}
    engine.add_arrow("purpose_answers", purpose_table({*known, *of_sources, *of_records, NOASSERTION}))
    return sorted({*of_sources, *of_records})


def describe_sources(
    sources: Iterable[Mapping[str, Any]], statements: Iterable[Mapping[str, Any]], texts: Iterable[Mapping[str, Any]]
) -> list[DescribedSource]:
    """Return what is said of each source's license: rows of CLAIMED_SOURCES, LICENSE_STATEMENTS and LICENSE_TEXTS.

    Statements and texts are sorted by their keys.
    """
    stated: dict[str, list[LicenseStatement]] = defaultdict(list)
    for row in statements:
        place = f"{row['document']} {row['pointer']}".strip()
        stated[row["source_id"]].append(LicenseStatement(LicenseStatementKind(row["kind"]), row["stated"], place))
    for row in texts:
        for text in _as_declared(row["licenses"]):
            stated[row["source_id"]].append(LicenseStatement(LicenseStatementKind.TEXT, text, row["file"]))
    return [_described_source(source, stated[source["source_id"]]) for source in sources]


def _described_source(source: Mapping[str, Any], statements: list[LicenseStatement]) -> DescribedSource:
    own = (LicenseStatementKind.DECLARED, LicenseStatementKind.CORRECTED)
    declared = next((statement for statement in statements if statement.kind in own), None)
    return DescribedSource(
        source_id=source["source_id"],
        declared=declared or LicenseStatement(LicenseStatementKind.DECLARED, source["license_declared"], ""),
        others=tuple(statement for statement in statements if statement.kind not in own),
        derived_from=tuple(source["derived_from"]),
    )


def _as_declared(licenses: Iterable[str]) -> list[str]:
    """Return the licenses of a text: one that does not say whether later versions hold is taken as if they did."""
    found = set(licenses)
    return sorted(license_ for license_ in found if license_.replace("-only", "-or-later") not in found - {license_})


def _licenses_of_records(engine: Engine) -> dict[str, set[str]]:
    """Return the expressions of the records of each source whose license is that of its records."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in engine.fetch(_PER_RECORD).to_pylist():
        found[row["source_id"]].add(row["license_expression"])
    return found


def _add_source_licenses(
    engine: Engine,
    sources: Iterable[Mapping[str, Any]],
    expressions: Mapping[str, str],
    single: Mapping[str, set[str]],
) -> None:
    rows = []
    for source in sources:
        expression = expressions[source["source_id"]]
        row = source_license_row(source["license_declared"], expression, single.get(source["source_id"], {expression}))
        rows.append({"source_id": source["source_id"], **row})
    engine.add_arrow("source_licenses", pa.Table.from_pylist(rows, schema=_SOURCE_LICENSES))


def _add_answers(
    engine: Engine,
    sources: Iterable[Mapping[str, Any]],
    expressions: Mapping[str, str],
    single: Mapping[str, set[str]],
) -> None:
    rows = []
    for source_id in (source["source_id"] for source in sources):
        for purpose in Purpose:
            answer = _answer(sorted(single.get(source_id, {expressions[source_id]})), purpose)
            rows.append({"source_id": source_id, "purpose": purpose, **vars(answer)})
    engine.add_arrow("source_answers", pa.Table.from_pylist(rows, schema=_ANSWERS))


def _answer(expressions: list[str], purpose: Purpose) -> PurposeAnswer:
    """Return what several licenses, each of other records, say together about a purpose."""
    answers = [permits_expression(expression, purpose) for expression in expressions]
    return answers[0] if len(answers) == 1 else least_answer(answers)


LICENSE_CONTRADICTIONS = evidence_table(
    "license_contradictions", "one statement of a source's license that is not its declared license",
    ("source_id", "kind", "stated", "stated_place"),
    ("source_id", STR, "Source."),
    ("kind", STR, "Where the other statement stands (vocabulary LicenseStatementKind)."),
    ("declared", STR, "License as declared, shortened."),
    ("declared_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("declared_place", STR, "Where it is declared: document and JSON pointer."),
    ("stated", STR, "The other statement, shortened."),
    ("stated_expression", STR, "SPDX expression it resolves to."),
    ("stated_place", STR, "Where it stands: document and JSON pointer, a file, or another source."),
    ("terms_relation", STR, "How its terms stand to the declared ones (vocabulary LicenseRelation)."),
    ("weight", STR, "What it takes away from the declared terms (vocabulary InheritedWeight)."),
    ("purposes_lost", STRINGS, "Purposes that the declared license permits and this one does not."),
    ("deciding_expression", STR, "SPDX expression that counts for the source until one statement is corrected."),
    label=_("other statements of a license"),
    inputs=(schemas.CLAIMED_MODELS, schemas.CLAIMED_SOURCES, schemas.LICENSE_STATEMENTS, schemas.LICENSE_TEXTS,),
    sql="SELECT * FROM contradicting_licenses",
)  # fmt: skip
