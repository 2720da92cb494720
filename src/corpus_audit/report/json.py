"""The report as JSON: for programs, and complete enough for every other rendering."""

import json

from corpus_audit.report.model import Report


def render_json(report: Report) -> str:
    """Return the report as JSON: sorted keys, one value a line, the same bytes for the same report."""
    document = report.model_dump(mode="json")
    return json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def parse_report(content: str | bytes) -> Report:
    """Return the report that ``render_json`` wrote; raises pydantic's ValidationError for any other content."""
    return Report.model_validate_json(content)
