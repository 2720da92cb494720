"""SARIF 2.1.0 (OASIS): the findings as results, for code hosts and editors.

A finding about a file points to it, and to its row where the evidence names one; any other points to the files of its
source. What a decision closes stays in the list, suppressed.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from corpus_audit.document.gaps import Json
from corpus_audit.export.inputs import ExportFile, ExportInputs, Row
from corpus_audit.vocabulary import FileFormat, Language, Severity, Verdict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[str, str] = {Severity.CRITICAL: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINE_FORMATS = frozenset({FileFormat.JSONL})
_ROW = re.compile(r"row (\d+)")
_FILES_SHOWN = 10
"""Locations of a finding about a whole source: code hosts refuse results with many."""


def export_sarif(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the findings as one SARIF log with one run."""
    text = json.dumps(sarif_log(inputs), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    return (ExportFile("findings.sarif", text.encode()),)


def sarif_log(inputs: ExportInputs) -> Json:
    """Return the log: every rule that failed with its help, every finding with its places."""
    rules = {row["rule_id"]: row for row in inputs.rules.to_pylist()}
    findings = inputs.findings.to_pylist()
    failed = sorted({finding["rule_id"] for finding in findings})
    places = _Places(inputs)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "corpus-audit",
                        "version": inputs.tool_version,
                        "rules": [_rule(rules[rule_id]) for rule_id in failed],
                    }
                },
                "automationDetails": {"id": f"corpus-audit/{inputs.manifest.dataset.id}/{inputs.audit_id}"},
                "columnKind": "utf16CodeUnits",
                "properties": {"verdict": inputs.verdict["verdict"], "coverage": inputs.coverage.read().en},
                "invocations": [
                    {
                        "executionSuccessful": inputs.verdict["verdict"] != Verdict.INCOMPLETE,
                        "startTimeUtc": inputs.started_at,
                        "endTimeUtc": inputs.finished_at,
                    }
                ],
                "results": [
                    _result(inputs, finding, rules[finding["rule_id"]], failed, places) for finding in findings
                ],
            }
        ],
    }


def _rule(rule: Row) -> Json:
    return {
        "id": rule["rule_id"],
        "shortDescription": {"text": rule["title"]},
        "fullDescription": {"text": rule["why"]},
        "help": {"text": rule["remedy"]},
        "defaultConfiguration": {"level": _LEVELS[rule["severity"]]},
        "properties": {"tags": [rule["pack"], rule["failure_kind"]]},
    }


def _result(inputs: ExportInputs, finding: Row, rule: Row, rule_ids: list[str], places: "_Places") -> dict[str, Any]:
    status = inputs.closed.get(finding["finding_id"])
    problem = inputs.describe(rule, (finding,), Language.ENGLISH, 1)
    return {
        "ruleId": finding["rule_id"],
        "ruleIndex": rule_ids.index(finding["rule_id"]),
        "level": _LEVELS[finding["severity"]],
        "message": {"text": f"{problem}. {rule['remedy']}"},
        "locations": places.of(finding),
        "partialFingerprints": {"findingId/v1": finding["finding_id"]},
        "suppressions": [{"kind": "external", "status": "accepted", "justification": status}] if status else [],
    }


class _Places:
    """Where a finding is: in a file of its evidence, else in the files of its source."""

    def __init__(self, inputs: ExportInputs) -> None:
        self._files: dict[str, list[str]] = {}
        self._line_files: set[str] = set()
        for row in inputs.rows("files"):
            self._files.setdefault(row["source_id"], []).append(row["file"])
            if row["format"] in _LINE_FORMATS:
                self._line_files.add(row["file"])
        self._all = [file for files in self._files.values() for file in files]

    def of(self, finding: Row) -> list[Json]:
        """Return the SARIF locations of a finding."""
        evidence = json.loads(finding["evidence"])
        source = finding["source_id"]
        logical = [{"name": source, "kind": "resource"}] if source else []
        parts = finding["subject"].split(" / ")
        named = evidence.get("file") or next((file for file in self._all if file in parts), None)
        if named is None:
            files = (self._files.get(source, []) if source else self._all)[:_FILES_SHOWN]
            return [_location(file, None, logical) for file in files]
        found = _ROW.search(f"{evidence.get('place', '')} {finding['subject']}")
        line = int(found[1]) + 1 if found and named in self._line_files else None
        return [_location(named, line, logical)]


def _location(file: str, line: int | None, logical: list[dict[str, str]]) -> Json:
    artifact: Json = {"artifactLocation": {"uri": quote(file)}}
    if line is not None:
        artifact["region"] = {"startLine": line}
    return {"physicalLocation": artifact} | ({"logicalLocations": logical} if logical else {})
