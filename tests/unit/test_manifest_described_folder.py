"""Drafts of folders that a description lies in, where they are written, and fields said once for many files."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus_audit.cli.drafted import drafted_lines
from corpus_audit.corpus.paths import path_matcher
from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.described_folder import make_draft
from corpus_audit.manifest.draft import Draft
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.manifest.path_patterns import FILE_PATTERN, FOLDER_PATTERN
from corpus_audit.manifest.placing import place_manifest
from corpus_audit.vocabulary import FileFormat

CARD = "---\nlicense: mit\nlanguage: en\n---\n# A card\n"
ROW = json.dumps({"id": "1", "question": "why", "answer": "because"}) + "\n"


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


def paths(draft: Draft) -> dict[str, list[str]]:
    return {source.id: [file.path for file in source.files] for source in draft.manifest.sources}


def test_a_folder_with_a_card_is_drafted_from_it(tmp_path: Path) -> None:
    root = write(tmp_path / "notes", {"README.md": CARD, "data/a.jsonl": ROW, "LICENSE": "MIT", "more/b.txt": "b"})
    draft = make_draft(root)
    (source,) = draft.manifest.sources
    assert draft.description == "README.md"
    assert (source.license.expression, source.folders) == ("mit", (".",))
    assert paths(draft) == {"notes": ["data/a.jsonl", "LICENSE", "more/b.txt"]}
    assert source.files[0].sha256 == hashlib.sha256(ROW.encode()).hexdigest()
    assert source.files[0].fields.text == ("question", "answer")
    assert path_matcher(source.ignore)("README.md")
    assert draft.manifest.dataset.title == "notes"
    assert parse_manifest(dump_manifest(draft.manifest, "yaml").encode()) == draft.manifest


def test_what_a_description_states_is_kept(tmp_path: Path) -> None:
    package = {
        "name": "p",
        "title": "A package",
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [{"path": "a.csv", "hash": "sha256:" + "0" * 64, "schema": {"fields": [{"name": "note"}]}}],
    }
    root = write(tmp_path, {"datapackage.json": json.dumps(package), "a.csv": "note\nx\n"})
    (source,) = make_draft(root).manifest.sources
    (file,) = source.files
    assert (file.sha256, file.size_bytes, file.fields.text, file.format) == ("0" * 64, 7, ("note",), FileFormat.CSV)


def test_a_readme_that_is_no_card_is_a_file(tmp_path: Path) -> None:
    draft = make_draft(write(tmp_path / "d", {"README.md": "# Only words\n", "a.txt": "a"}))
    assert (draft.description, paths(draft)) == (None, {"d": ["README.md", "a.txt"]})


def test_cards_in_sub_folders_describe_their_own(tmp_path: Path) -> None:
    files = {"one/README.md": CARD, "one/a.jsonl": ROW, "two/README.md": CARD, "two/b.jsonl": ROW, "three/c.txt": "c"}
    draft = make_draft(write(tmp_path, files))
    assert paths(draft) == {"three": ["three/c.txt"], "one": ["one/a.jsonl"], "two": ["two/b.jsonl"]}
    assert draft.description == "one/README.md, two/README.md"
    assert draft.manifest.dataset.languages == ("en",)
    assert path_matcher(draft.manifest.sources[1].ignore)("one/README.md")
    assert set(draft.roles) == {"one/a.jsonl", "two/b.jsonl"}


def test_a_page_that_looks_like_a_card_beside_no_data_is_a_document(tmp_path: Path) -> None:
    draft = make_draft(write(tmp_path, {"code/README.md": "---\ntags: [a]\n---\n# A page\n", "code/a.py": "a = 1"}))
    assert (draft.description, paths(draft)) == (None, {"code": ["code/README.md", "code/a.py"]})


@pytest.mark.parametrize("name", ["manifest.yaml", "above.yaml"])
def test_a_draft_above_its_data_has_paths_from_there(name: str, tmp_path: Path) -> None:
    root = write(tmp_path / "x" / "data", {"a.txt": "a"})
    output = (root if name == "manifest.yaml" else tmp_path) / name
    placed, told = place_manifest(make_draft(root).manifest, root, output)
    output.write_text(dump_manifest(placed, "yaml"))
    (file,) = load_manifest(output).manifest.sources[0].files
    assert (output.parent / file.path).is_file()
    assert told is None


def test_a_draft_beside_its_data_says_its_root(tmp_path: Path) -> None:
    root = write(tmp_path / "data", {"a.txt": "a"})
    manifest = make_draft(root).manifest
    assert place_manifest(manifest, root, tmp_path / "elsewhere" / "m.yaml") == (manifest, root)
    assert place_manifest(manifest, root, None) == (manifest, None)


# --- fields once for a source -----------------------------------------------------------------------------------------


def test_files_with_the_same_fields_have_them_said_once(tmp_path: Path) -> None:
    other = json.dumps({"text": "another"}) + "\n"
    files = {"d/a.jsonl": ROW, "d/b.jsonl": ROW, "d/deep/c.jsonl": ROW, "d/e.jsonl": other, "d/f.txt": "f"}
    (source,) = make_draft(write(tmp_path, files)).manifest.sources
    (shared,) = source.fields
    assert (shared.text, shared.files) == (("question", "answer"), ("**/*.jsonl",))
    assert [file.fields.text for file in source.files] == [(), (), (), ("text",), ()]
    claimed = claim_tables(Manifest(manifest_version="1", dataset={"id": "d"}, sources=(source,)))  # type: ignore[arg-type]
    named = dict(zip(claimed.files["file"].to_pylist(), claimed.files["text_fields"].to_pylist(), strict=True))
    assert named == {
        "d/a.jsonl": ["question", "answer"],
        "d/b.jsonl": ["question", "answer"],
        "d/deep/c.jsonl": ["question", "answer"],
        "d/e.jsonl": ["text"],
        "d/f.txt": [],
    }


SHARED = """
manifest_version: "1"
dataset: {id: d}
sources:
- id: s
  fields:
  - {files: "eval/*.jsonl", text: question}
  - {text: body, license: terms}
  files:
  - {path: eval/a.jsonl}
  - {path: train/b.parquet}
  - {path: train/c.csv.gz, fields: {text: own}}
  - {path: shards/d.tar}
  - {path: train/e.json}
  - {path: train/f.json, format: text}
  - {path: LICENSE}
"""


def test_the_first_fields_that_fit_hold_for_a_file_without_its_own() -> None:
    files = claim_tables(parse_manifest(SHARED.encode())).files.to_pylist()
    assert {row["file"]: (row["text_fields"], row["license_field"]) for row in files} == {
        "eval/a.jsonl": (["question"], None),
        "train/b.parquet": (["body"], "terms"),
        "train/c.csv.gz": (["own"], None),
        "shards/d.tar": (["body"], "terms"),
        "train/e.json": (["body"], "terms"),
        "train/f.json": ([], None),
        "LICENSE": ([], None),
    }


def test_patterns_of_fields_are_seen_from_the_root_of_a_mixture(tmp_path: Path) -> None:
    write(tmp_path, {"part/manifest.yaml": SHARED, "part/eval/a.jsonl": ROW})
    whole = 'manifest_version: "1"\ndataset: {id: w}\ninclude: [{path: part/manifest.yaml}]\n'
    files = claim_tables(load_manifest(write(tmp_path, {"whole.yaml": whole}) / "whole.yaml").manifest).files
    named = dict(zip(files["file"].to_pylist(), files["text_fields"].to_pylist(), strict=True))
    assert named["part/eval/a.jsonl"] == ["question"]


# --- what is told -----------------------------------------------------------------------------------------------------


def test_a_draft_tells_what_it_took_for_what(tmp_path: Path) -> None:
    prose = "some words that somebody wrote once"
    files = {"d/a.jsonl": ROW, "d/b.jsonl": ROW, "d/n.csv": "id,label\n1,0\n", "d/g.csv": f"k,remarks\n1,{prose}\n"}
    assert list(drafted_lines(make_draft(write(tmp_path, files)))) == [
        "d/a.jsonl and 1 more like it:",
        "  text: question, answer",
        "  id: id",
        "d/g.csv:",
        "  text: remarks (a guess: the longest prose)",
        "  measure: k",
        "d/n.csv:",
        "  NO TEXT FOUND: name it in 'fields', or its rows are not read",
        "  id: id",
        "  label: label",
    ]


# --- patterns where paths belong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("data/*.parquet", True),
        ("data/?.parquet", True),
        ("data/[ab].parquet", True),
        ("data/{a,b}.parquet", True),
        ("pages/[id].tsx", False),
        ("pages/[slug].tsx", False),
        ("data/a.parquet", False),
        ("data/missing.parquet", False),
    ],
)
def test_a_path_that_is_a_pattern_is_told(path: str, is_told: bool, tmp_path: Path) -> None:
    write(tmp_path, {"data/a.parquet": "", "pages/[id].tsx": ""})
    manifest = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [{"id": "s", "files": [{"path": path}]}]}
    loaded = load_manifest(write(tmp_path, {"m.json": json.dumps(manifest)}) / "m.json")
    told = [(problem.pointer, problem.detail) for problem in loaded.problems]
    assert told == ([("/sources/0/files/0/path", FILE_PATTERN)] if is_told else [])


def test_a_folder_or_a_file_of_evidence_that_is_a_pattern_is_told(tmp_path: Path) -> None:
    evidence = [{"kind": "text", "file": "LICENSE*"}]
    source = {"id": "s", "folders": ["data/*", "data"], "license": {"evidence": evidence}}
    manifest = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [source]}
    write(tmp_path, {"data/a.txt": "", "m.json": json.dumps(manifest)})
    told = {problem.pointer: problem.detail for problem in load_manifest(tmp_path / "m.json").problems}
    assert told == {"/sources/0/folders/0": FOLDER_PATTERN, "/sources/0/license/evidence/0/file": FILE_PATTERN}
