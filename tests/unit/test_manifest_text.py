"""Manifests that people read: what is written out, the JSON Schema, the documentation and the example."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.json_schema import manifest_json_schema
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.manifest.syntax import read_yaml
from corpus_audit.vocabulary import Answer, Purpose

REPOSITORY = Path(__file__).parents[2]
GUIDE = (REPOSITORY / "docs" / "manifest.md").read_text(encoding="utf-8")
EXAMPLE = REPOSITORY / "examples" / "small-corpus"
SCHEMA = jsonschema.Draft202012Validator(manifest_json_schema())


def manifest(**parts: Any) -> Manifest:
    return Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d"}, **parts})


def documented() -> str:
    block, *_ = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    return str(block)


# --- dump -------------------------------------------------------------------------------------------------------------


def test_gaps_that_matter_are_written_out() -> None:
    fields = json.loads(dump_manifest(manifest(sources=[{"id": "s"}]), "json"))
    gap = "not-recorded"
    asked = ("version", "title", "description", "issuer", "intended_uses", "release", "languages")
    assert fields["dataset"] == {"id": "d", **dict.fromkeys(asked, gap)}
    assert fields["sources"] == [
        {
            "id": "s",
            "kind": gap,
            "origin": {"url": gap},
            "collector": gap,
            "collection": {"method": gap, "from": gap, "until": gap},
            "license": {"expression": gap},
            "personal_information": {"present": gap},
            "opt_outs": {"checked": gap},
            "synthetic": {"generated": gap},
        }
    ]


def test_a_file_is_one_line() -> None:
    files = [{"path": f"{n}.txt", "size_bytes": n, "sha256": "0" * 64, "fields": {"text": "body"}} for n in range(3)]
    text = dump_manifest(manifest(sources=[{"id": "s", "files": files}]), "yaml")
    assert f"- {{path: 0.txt, size_bytes: 0, sha256: '{'0' * 64}', fields: {{text: body}}}}\n" in text


@pytest.mark.parametrize(
    "title",
    [
        "no",
        "1.10",
        "null",
        "~",
        "2024-01-01",
        "a: b",
        "- a",
        "#",
        "'",
        '"',
        "é\u2028\ufeff\U0001f600",
        " x ",
        "a\n\nb\n",
        "\t",
        "<<",
        "!tag",
        "&a",
    ],
)
@pytest.mark.parametrize("style", ["yaml", "json"])
def test_any_words_come_back_as_they_were(style: Any, title: str) -> None:
    if not title.strip():
        title = f"x{title}"
    written = manifest(dataset={"id": "d", "title": title, "release": "no"})
    assert parse_manifest(dump_manifest(written, style).encode(), f".{style}") == written


def test_the_same_words_twice_do_not_become_an_alias() -> None:
    evidence = {"kind": "url", "url": "https://example.org"}
    written = manifest(sources=[{"id": "s", "license": {"evidence": [evidence, evidence]}}])
    assert parse_manifest(dump_manifest(written, "yaml").encode()) == written


# --- JSON Schema ------------------------------------------------------------------------------------------------------


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(manifest_json_schema())


def test_the_schema_documents_every_field() -> None:
    schema = manifest_json_schema()
    parts = [schema, *schema["$defs"].values()]
    assert all(field.get("description") for part in parts for field in part.get("properties", {}).values())
    assert "title" not in schema["$defs"]["Source"]["properties"]["id"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"manifest_version": "2"},
        {"dataset": {}},
        {"dataset": {"id": "a b"}},
        {"dataset": {"id": "d", "release": "maybe"}},
        {"dataset": {"id": "d", "licence": "MIT"}},
        {"sources": [{"id": "s", "files": [{"path": "a", "sha256": "xyz"}]}]},
        {"sources": [{"id": "s", "files": [{"path": "a", "size_bytes": -1}]}]},
        {"sources": [{"id": None}]},
        {"sources": {}},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(wrong: dict[str, Any]) -> None:
    assert not SCHEMA.is_valid({"manifest_version": "1", "dataset": {"id": "d"}, **wrong})


@pytest.mark.parametrize("gap", [None, "not-recorded"])
def test_the_schema_accepts_gaps(gap: str | None) -> None:
    source = {"id": "s", "kind": gap, "license": gap, "derived_from": gap, "files": [{"path": "a", "sha256": gap}]}
    SCHEMA.validate({"manifest_version": 1, "dataset": {"id": "d"}, "sources": [source], "models": gap})


# --- documentation ----------------------------------------------------------------------------------------------------


def test_the_documented_example_is_complete() -> None:
    example = parse_manifest(documented().encode())
    assert example.dataset.release is Answer.NO
    assert example.dataset.version == "2026.1"
    used = {name for source in example.sources for name in source.model_fields_set}
    assert used == set(type(example.sources[0]).model_fields)
    SCHEMA.validate(read_yaml(documented()).value)


def test_the_documented_problems_are_told_in_these_words() -> None:
    lines = ["manifest_version: 1", "dataset: {id: d}", "sources:"]
    lines += [f"- id: s{n}" for n in range(4)] + ["#"] * 31
    lines += ["  files:", "  - path: a", "    sha256: x", "#", "#", "#", "#", "#", "- title: t"]
    told = set(re.findall(r"^    (/sources.*)$", GUIDE, re.MULTILINE))
    with pytest.raises(ManifestError, match="2 problems") as caught:
        parse_manifest("\n".join(lines).encode())
    assert set(caught.value.problems) == told


# --- the example ------------------------------------------------------------------------------------------------------


def test_the_example_declares_its_files_as_they_are() -> None:
    described = load_manifest(EXAMPLE / "manifest.yaml").manifest
    files = {file.path: file for source in described.sources for file in source.files}
    on_disk = {path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*") if path.is_file()}
    assert files.keys() == on_disk - {"manifest.yaml", "README.md"}
    for path, file in files.items():
        content = (EXAMPLE / path).read_bytes()
        assert (file.size_bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_example_is_meant_to_show_conflicts() -> None:
    described = load_manifest(EXAMPLE / "manifest.yaml").manifest
    assert Purpose.COMMERCIAL_TRAINING in described.dataset.intended_uses
    licenses = {source.id: source.license.expression for source in described.sources}
    assert licenses == {"handbook": "MIT", "forum": "CC-BY-NC-4.0", "contacts": "CC-BY-4.0", "weather": "CC0-1.0"}
    contacts = next(source for source in described.sources if source.id == "contacts")
    assert contacts.personal_information.present is Answer.NO
    assert b"@example.edu" in (EXAMPLE / contacts.files[0].path).read_bytes()
