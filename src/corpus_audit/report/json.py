"""The report as JSON: for programs, and enough for every other rendering; tables hold what it leaves out."""

import json
from typing import Any

from corpus_audit.report.model import Report


def render_json(report: Report) -> str:
    """Return the report as JSON: a row of a list a line, the same bytes for the same report.

    Keys are in the order of the model, and what was found beside a rule in the order of the rule: what is read back
    makes the same page. Raises ValueError for infinities and NaN, which JSON does not have.
    """
    return _lines(report.model_dump(mode="json"), "") + "\n"


def _lines(value: Any, indent: str) -> str:
    """Return a value with each row of its lists, and each field around them, on a line."""
    within = f"{indent} "
    if isinstance(value, dict) and value:
        fields = (f"{within}{_one_line(name)}: {_lines(each, within)}" for name, each in value.items())
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return "[\n" + ",\n".join(f"{within}{_one_line(each)}" for each in value) + f"\n{indent}]"
    return _one_line(value)


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def parse_report(content: str | bytes) -> Report:
    """Return the report that ``render_json`` wrote; raises pydantic's ValidationError for any other content."""
    return Report.model_validate_json(content)
