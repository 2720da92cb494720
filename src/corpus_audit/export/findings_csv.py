"""The findings as CSV for spreadsheets, with every formula neutralised."""

import csv
import io
from collections.abc import Iterator

from corpus_audit.export.inputs import ExportFile, ExportInputs, Row
from corpus_audit.vocabulary import Language

COLUMNS = (
    "finding_id", "problem_id", "severity", "failure_kind", "problem", "problem_zh", "pack", "rule_id", "title",
    "title_zh", "requirements", "evidence_table", "subject", "source_id", "evidence", "why", "remedy",
)  # fmt: skip

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), and the wide forms of it."""


def export_csv(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the findings as one CSV file (RFC 4180, UTF-8 with a byte order mark, which Excel needs)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutralise(cell) for cell in row] for row in _rows(inputs))
    return (ExportFile("findings.csv", text.getvalue().encode("utf-8-sig")),)


def neutralise(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before what could begin one."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000\ufeff").startswith(_STARTS_FORMULA) else cell


def _rows(inputs: ExportInputs) -> Iterator[list[str]]:
    rules = {row["rule_id"]: row for row in inputs.rules.to_pylist()}
    for finding in inputs.findings.to_pylist():
        rule = rules[finding["rule_id"]]
        values = _rule_texts(rule) | finding | _problem(inputs, rule, finding)
        yield [values[column] or "" for column in COLUMNS]


def _problem(inputs: ExportInputs, rule: Row, finding: Row) -> dict[str, str]:
    return {
        "problem": inputs.describe(rule, (finding,), Language.ENGLISH, 1),
        "problem_zh": inputs.describe(rule, (finding,), Language.CHINESE, 1),
    }


def _rule_texts(rule: Row) -> dict[str, str]:
    return {
        "title": rule["title"],
        "title_zh": rule["title_zh"],
        "why": rule["why"],
        "remedy": rule["remedy"],
        "requirements": " ".join(str(number) for number in rule["requirements"]),
    }
