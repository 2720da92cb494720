"""JUnit XML: a test suite for each pack, a test for each rule, for what reads test results.

A rule that failed is a failure unless decisions close all its findings; one that judged nothing, or was not evaluated,
is skipped; one that broke is an error. A last suite says whether everything declared was read.
"""

from collections import defaultdict
from xml.etree import ElementTree as ET

from corpus_audit.export.inputs import ExportFile, ExportInputs, Row
from corpus_audit.vocabulary import CoverageState, Language, RuleState

_SHOWN = 20
"""Problems of a failed rule that are told."""

_ELEMENTS = {
    RuleState.FAILED: "failure",
    RuleState.ERRORED: "error",
    RuleState.NOT_EVALUATED: "skipped",
    RuleState.NOTHING_TO_JUDGE: "skipped",
}


_MESSAGES = {RuleState.NOTHING_TO_JUDGE: "Nothing to judge."}


def export_junit(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the rules and what became of them as one XML file."""
    root = ET.Element("testsuites", name=f"corpus-audit {inputs.manifest.dataset.id}")
    findings: dict[str, list[Row]] = defaultdict(list)
    for finding in inputs.findings.to_pylist():
        findings[finding["rule_id"]].append(finding)
    by_pack: dict[str, list[Row]] = defaultdict(list)
    for rule in inputs.rules.to_pylist():
        by_pack[rule["pack"]].append(rule)
    for pack, rules in by_pack.items():
        suite = ET.SubElement(root, "testsuite", name=pack, timestamp=inputs.finished_at[:19])
        for rule in rules:
            _add_rule(suite, rule, findings[rule["rule_id"]], inputs)
        _count(suite)
    _add_coverage(root, inputs)
    ET.indent(root, " ")
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return (ExportFile("junit.xml", content),)


def _add_rule(suite: ET.Element, rule: Row, findings: list[Row], inputs: ExportInputs) -> None:
    case = ET.SubElement(suite, "testcase", name=rule["title"], classname=rule["rule_id"])
    element = _ELEMENTS.get(rule["state"])
    still_open = [finding for finding in findings if finding["finding_id"] not in inputs.closed]
    if element is None:
        return
    if element == "failure" and findings and not still_open:
        ET.SubElement(case, "skipped", message=f"Decisions close all {len(findings)} findings.")
        return
    shown = [inputs.describe(rule, (finding,), Language.ENGLISH, 1) for finding in still_open[:_SHOWN]]
    more = [f"and {len(still_open) - _SHOWN} more"] if len(still_open) > _SHOWN else []
    message = _MESSAGES.get(rule["state"]) or f"{rule['severity']}: {len(still_open)} of {rule['rows_evaluated']} rows"
    found = ET.SubElement(case, element, message=rule["state_reason"] or message)
    if element != "skipped":
        found.set("type", rule["severity"])
        found.text = "\n".join([*shown, *more, rule["remedy"]])


def _add_coverage(root: ET.Element, inputs: ExportInputs) -> None:
    read = inputs.coverage
    suite = ET.SubElement(root, "testsuite", name="coverage", timestamp=inputs.finished_at[:19])
    case = ET.SubElement(suite, "testcase", name="Everything declared was read", classname="coverage")
    unread = [row["source_id"] for row in inputs.rows("coverage") if not CoverageState(row["state"]).is_covered]
    if unread:
        failure = ET.SubElement(case, "failure", message=f"{read.read().en}.", type="incomplete")
        failure.text = "\n".join(unread[:_SHOWN])
    _count(suite)


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for element, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{element}"))))
