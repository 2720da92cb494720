"""Parameters of real audits: what they change, what the report says of it, and what an audit's identity holds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit import Audit, audit
from corpus_audit.config.parameters import parse_assignments, parse_choices
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import Verdict
from e2e.small_corpus import describe, standing_clock

PERSON = "write to canary.person@mail-of-a-person.net or call +49 30 901820 soon"


def write_manifest(root: Path, sources: list[object], **sections: object) -> Path:
    manifest = {"manifest_version": 1, "dataset": {"id": "small"}, "sources": sources, **sections}
    path = root / "manifest.yaml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path


def people(root: Path, **sections: object) -> Path:
    rows = "".join(json.dumps({"text": text}) + "\n" for text in (PERSON, "nobody is in here at all", "order ZQ-77123"))
    return write_manifest(root, [describe(root, "people", {"rows.jsonl": rows.encode()})], **sections)


def audited(manifest: Path, **parameters: object) -> Audit:
    store = manifest.parent / "store"
    return audit(manifest, store, workers=1, parameters=parse_choices(parameters), clock=standing_clock)


@pytest.fixture(scope="module")
def by_default(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Return the audit of people with all parameters as they are by default."""
    return audited(people(tmp_path_factory.mktemp("by-default")))


def audited_again(before: Audit, **parameters: object) -> Audit:
    """Return the audit of the same data, in the same store, with other parameters."""
    return audited(before.folder.store.parent / "manifest.yaml", **parameters)


def report_of(finished: Audit) -> dict[str, Any]:
    return json.loads(finished.report.with_suffix(".json").read_text(encoding="utf-8"))


def types_of(report: dict[str, Any]) -> set[str]:
    return {row["entity_type"] for row in report["personal_information"]["by_source"]["listed"]}


def limits_of(report: dict[str, Any]) -> dict[str, dict[str, object]]:
    return {limit["code"]: limit for limit in report["limits"]}


def test_a_detector_that_is_switched_off_is_said_and_keeps_the_audit_from_passing(by_default):
    before, after = by_default, audited_again(by_default, **{"detectors.off": ["PHONE_NUMBER"]})
    assert before.folder.audit_id != after.folder.audit_id
    assert types_of(report_of(before)) - types_of(report_of(after)) == {"PHONE_NUMBER"}
    report = report_of(after)
    assert limits_of(report)["detectors-off"]["values"] == ["PHONE_NUMBER"]
    assert "PHONE_NUMBER" not in limits_of(report)["detectors-cover-only"]["values"]
    assert report["audit"]["detectors_off"] == ["PHONE_NUMBER"]
    assert "detectors-off" in {reason["code"] for reason in report["verdict"]["reasons"]}
    assert after.verdict in (Verdict.FAIL, Verdict.INCOMPLETE)
    assert "phone number" in after.report.read_text(encoding="utf-8")


def test_spans_below_the_minimum_score_are_counted_and_not_judged(by_default):
    before, after = report_of(by_default), report_of(audited_again(by_default, minimum_score=1.0))
    found = {(row["entity_type"], row["spans"]) for row in before["personal_information"]["by_source"]["listed"]}
    low = {(row["entity_type"], row["spans"]) for row in after["texts"]["below_minimum_score"]["listed"]}
    assert found
    assert low <= found
    assert (
        low | {(row["entity_type"], row["spans"]) for row in after["personal_information"]["by_source"]["listed"]}
        == found
    )
    assert limits_of(after)["below-minimum-score"]["count"] == sum(spans for _type, spans in low)


def test_a_report_says_where_each_value_was_set_and_another_place_is_no_other_audit(tmp_path):
    """The same values from another place go on with the audit, which keeps the places it was begun with."""
    manifest = people(tmp_path, audit={"parameters": {"seed": 7, "minimum_score": 0.1}})
    chosen = parse_assignments(["seed=9", "name_records=200"])
    finished = audit(manifest, tmp_path / "store", workers=1, parameters=chosen, clock=standing_clock)
    origins = report_of(finished)["audit"]["parameter_origins"]
    assert {name: origin for name, origin in origins.items() if origin != "default"} == {
        "seed": "command-line",
        "name_records": "command-line",
        "minimum_score": "manifest",
    }
    page = finished.report.read_text(encoding="utf-8")
    assert "Seed (seed) 9 (default 1, set on the command line)" in page
    assert "(minimum_score) 0.1 (default 0, set in the manifest)" in page
    again = audited(manifest, seed=9)
    assert again.folder.audit_id == finished.folder.audit_id
    assert report_of(again)["audit"]["parameter_origins"] == origins


def test_the_manifest_goes_before_the_default_and_the_command_before_the_manifest(tmp_path):
    manifest = people(tmp_path, audit={"parameters": {"seed": 7, "shingle_size": 6}})
    parameters = read_identity(audited(manifest, seed=9).folder).parameters
    assert (parameters.seed, parameters.shingle_size, parameters.num_perm) == (9, 6, 128)


def test_a_looser_bound_of_a_critical_rule_is_seen_and_measures_nothing_anew(by_default):
    name = "rule:baseline.dataset-measured.min_value"
    before, after = by_default, audited_again(by_default, **{name: 0})
    measured = {
        marker.outputs["records.parquet"] for marker in (a.folder.marker("measure-00000") for a in (before, after))
    }
    assert len(measured) == 1
    report = report_of(after)
    (rule,) = (rule for rule in report["rules"] if rule["rule_id"] == "baseline.dataset-measured")
    assert rule["bounds"] == [{"argument": "min_value", "of_pack": 1.0, "used": 0.0, "is_loosened": True}]
    assert [reason["rules"] for reason in report["verdict"]["reasons"] if reason["code"] == "bounds-loosened"] == [
        {"baseline.dataset-measured": 0}
    ]
    assert {"name": name, "value": "0", "default": "", "origin": "program"} in report["audit"]["changed_parameters"]
    assert "min_value 0 (set by a program)" in after.report.read_text(encoding="utf-8")


def sentences(first: int, last: int) -> bytes:
    texts = (
        f"Sentence {n} of the book of tides says that pier {n * 7} lies {n * 13} steps from here."
        for n in range(first, last)
    )
    return "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()


@pytest.mark.parametrize(("others", "is_conflict"), [(1000, True), (0, False)])
def test_short_records_conflict_where_they_are_a_large_part_of_a_source(tmp_path, others, is_conflict):
    """90 short sentences of a CC BY-SA source are all of a CC0 source; or a few among many of both."""
    shared = (0, 90) if is_conflict else (400, 425)
    small = sentences(*shared) if is_conflict else sentences(400, 800)
    sources = [
        describe(
            tmp_path, "shared-alike", {"a.jsonl": sentences(0, 425 + others)}, license={"expression": "CC-BY-SA-4.0"}
        ),
        describe(tmp_path, "free", {"b.jsonl": small}, license={"expression": "CC0-1.0"}),
    ]
    manifest = write_manifest(tmp_path, sources)
    report = report_of(audited(manifest))
    (overlap,) = report["overlaps"]["pairs"]["listed"]
    assert overlap["exact_records"] == shared[1] - shared[0]
    assert overlap["terms_conflict"] == ("conflicting" if is_conflict else "too-short")
    rules = {finding["rule_id"] for finding in report["findings"]}
    assert ("baseline.overlap-terms-compatible" in rules) is is_conflict
    assert (
        any(row["restriction"] == "stricter-license" for row in report["propagated_restrictions"]["listed"])
        is is_conflict
    )


DETECTOR = """
import re
from corpus_audit.measure.detection.detector import Match, Detector, Pattern
from corpus_audit.vocabulary import SpanKind

DETECTOR = Detector(
    SpanKind.PERSONAL_INFORMATION,
    "BADGE_NUMBER",
    (Pattern("ZQ-[0-9]{5}", re.compile(rb"ZQ-[0-9]{5}")),),
    lambda candidate: Match(candidate.value, 0.9, "shape"),
)
"""


def install(folder: Path, version: str = "1.2.0") -> None:
    """Write a small distribution as an installer would: a module, and its metadata with an entry point."""
    folder.mkdir()
    (folder / "badges.py").write_text(DETECTOR, encoding="utf-8")
    described = folder / f"badge_detector-{version}.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: badge-detector\nVersion: {version}\n", encoding="utf-8"
    )
    (described / "entry_points.txt").write_text(
        "[corpus_audit.detectors]\nbadges = badges:DETECTOR\n", encoding="utf-8"
    )


def run_installed(*command: object, packages: tuple[Path, ...]) -> str:
    """Run Python with packages installed; return what it printed."""
    paths = os.pathsep.join([*map(str, packages), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert done.stdout, done.stderr
    return done.stdout


def run_audit(manifest: Path, *packages: Path) -> Path:
    """Run the command with the packages installed; return the folder of its audit."""
    store = manifest.parent / "store"
    command = ("-m", "corpus_audit.cli", "audit", manifest, "--store", store, "--workers", "2", "--format", "json")
    told = json.loads(run_installed(*command, packages=packages))
    return store / "audits" / str(told["audit_id"])


BEGIN = """
import sys
from pathlib import Path
from corpus_audit.pipeline import ingest

print(ingest(*map(Path, sys.argv[1:])).audit_id)
"""


def begin_audit(manifest: Path, *packages: Path) -> str:
    """Run the first stage of an audit with the packages installed; return the audit's id."""
    return run_installed("-c", BEGIN, manifest, manifest.parent / "store", packages=packages).split()[-1]


def test_a_detector_of_another_package_finds_spans_and_is_named(tmp_path):
    manifest = people(tmp_path)
    install(tmp_path / "site")
    folder = run_audit(manifest, tmp_path / "site")
    report = json.loads((folder / "report" / "report.json").read_text(encoding="utf-8"))
    found = report["personal_information"]["by_source"]["listed"]
    assert [row["records"] for row in found if row["entity_type"] == "BADGE_NUMBER"] == [1]
    assert "BADGE_NUMBER" in limits_of(report)["detectors-cover-only"]["values"]
    (used,) = report["audit"]["installed_detectors"]
    assert (used["entity_type"], used["distribution"], used["version"]) == ("BADGE_NUMBER", "badge-detector", "1.2.0")
    identity = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert [row["distribution"] for row in identity["detectors"]] == ["badge-detector"]
    page = (folder / "report" / "report.html").read_text(encoding="utf-8")
    assert "badge-detector" in page
    assert "ZQ-77123" not in page + json.dumps(report)
    install(tmp_path / "newer", "1.3.0")
    assert begin_audit(manifest, tmp_path / "site") == folder.name
    others = begin_audit(manifest, tmp_path / "newer"), begin_audit(manifest)
    assert len({folder.name, *others}) == 3, "detectors are part of what makes an audit the same one"
