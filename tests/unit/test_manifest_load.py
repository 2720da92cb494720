"""A manifest is read whole, or every problem with it is listed with its place."""

import json
import os
import re
from pathlib import Path

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest import load, tree
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.vocabulary import Answer

HEAD = "manifest_version: 1\ndataset: {id: d}\n"


def problems(text: str | bytes, suffix: str = "") -> tuple[str, ...]:
    with pytest.raises(ManifestError) as caught:
        parse_manifest(text.encode() if isinstance(text, str) else text, suffix)
    return caught.value.problems


def yaml(text: str) -> Manifest:
    return parse_manifest(text.encode())


def test_a_file_gives_the_manifest_and_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    loaded = load_manifest(path)
    assert loaded.manifest.dataset.id == "d"
    assert loaded.received == b"\xef\xbb\xbf" + HEAD.encode()


def test_json_and_yaml_say_the_same() -> None:
    described = {
        "manifest_version": "1",
        "dataset": {"id": "d", "release": "no"},
        "sources": [{"id": "s", "files": [{"path": "a"}]}],
    }
    text = json.dumps(described)
    assert (
        parse_manifest(text.encode(), ".json")
        == parse_manifest(text.encode(), ".yaml")
        == parse_manifest(text.encode())
    )


# --- what YAML usually gets wrong -------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["yes", "no", "'no'", '"no"'])
def test_an_answer_stays_an_answer(word: str) -> None:
    manifest = yaml(f"manifest_version: 1\ndataset: {{id: d, release: {word}}}")
    assert manifest.dataset.release is Answer(word.strip("'\""))


@pytest.mark.parametrize(
    "written",
    ["1.10", "2024-01-31", "010", "0x1F", "1e3", "1_000", "12:30:45", ".inf", "5", "NO", "Off", "<<", "=", "1" * 40],
)
def test_a_version_is_kept_as_it_is_written(written: str) -> None:
    assert yaml(f"manifest_version: 1\ndataset:\n  id: d\n  version: {written}").dataset.version == written


@pytest.mark.parametrize("written", ["1.10", "1e400", "7", "9" * 5000, "-0.0"])
def test_a_json_number_is_kept_as_it_is_written(written: str) -> None:
    assert yaml(f'{{"manifest_version": 1, "dataset": {{"id": "d", "version": {written}}}}}').dataset.version == written


@pytest.mark.parametrize("gap", ["", "~", "null", "not-recorded"])
def test_a_gap_is_the_same_as_leaving_out(gap: str) -> None:
    source = f"id: s\n  kind: {gap}\n  derived_from: {gap}\n  license: {gap}"
    assert yaml(f"{HEAD}sources:\n- {source}\n  files:\n  - path: a\n    size_bytes: {gap}") == yaml(
        HEAD + "sources: [{id: s, files: [{path: a}]}]"
    )


def test_norwegian_is_a_language() -> None:
    assert yaml("manifest_version: 1\ndataset: {id: d, languages: [no, en]}").dataset.languages == ("no", "en")


# --- problems ---------------------------------------------------------------------------------------------------------

BROKEN = """\
manifest_version: 1
dataset:
  id: d
  licence: MIT
  release: maybe
sources:
  - id: s
    licence: MIT
    kind: 017
    license:
      evidence:
        - {kind: text}
    files:
      - {path: a, sha256: xyz}
      - path: ../b
        size_bytes: -1
      - {path: a, size_bytes: 1.5}
      - {sha256: null}
  - just words
models: {id: m}
"""

TOLD = """\
/dataset/licence (line 4): is not a field: did you mean 'license'?
/dataset/release (line 5): must be yes, no, not-applicable or not-recorded, not maybe
/sources/0/licence (line 8): is not a field: did you mean 'license'?
/sources/0/kind (line 9): must be public-dataset, licensed, private-dataset, web-crawl, user-data, synthetic, \
self-collected, software-package, other or not-recorded
/sources/0/license/evidence/0 (line 12): lacks 'file': name the file that holds the text
/sources/0/files/0/sha256 (line 14): must be 64 hex digits
/sources/0/files/1/path (line 15): leaves its folder with '..': give a path inside the root
/sources/0/files/1/size_bytes (line 16): must be 0 or more
/sources/0/files/2/size_bytes (line 17): must be a whole number
/sources/0/files/2/path (line 17): repeats the path of entry 0: each must be there once
/sources/0/files/3 (line 18): lacks 'path': add it
/sources/1 (line 19): must be a mapping of fields: use id, title, kind, origin, collector, supplier, collection, \
license, personal_information, opt_outs, synthetic, processed_by, derived_from, processing, folders, ignore, \
disclosure, fields, splits, files
/models (line 20): must be a list
"""


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    assert problems(BROKEN) == tuple(TOLD.splitlines())


def test_json_has_the_same_problems_at_its_own_lines() -> None:
    head = '{"manifest_version": "1",\n "dataset": {"id": "d",\n "relaese": "no"},\n\n'
    broken = head + '"sources": [{"id": "\\ud83d\\ude00 \\"]["}]}'
    assert problems(broken) == (
        "/dataset/relaese (line 3): is not a field: did you mean 'release'?",
        "/sources/0/id (line 5): must be 1 to 128 letters, digits, '.', '-' or '_', beginning with a letter or digit",
    )


def test_of_many_words_only_those_like_what_was_written_are_named() -> None:
    statement = "{field: 2.3.domain, text: All of it}"
    (told,) = problems(f"{HEAD}disclosure: {{summary: {{statements: [{statement}]}}}}\n")
    assert told.endswith("words that may stand here: did you mean 2.3.domains or 2.3.comments?")


def test_repeated_ids_are_told_beside_other_problems() -> None:
    told = problems(f"{HEAD}sources:\n- id: s\n- id: s\n- id: t\n  kind: x\n")
    assert [p.split(":")[0] for p in told] == ["/sources/1/id (line 5)", "/sources/2/kind (line 7)"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the manifest: must be a mapping of fields"),
        ("# nothing", "the manifest: must be a mapping of fields"),
        ("null", "the manifest (line 1): must be a mapping of fields"),
        ("[]", "the manifest (line 1): must be a mapping of fields"),
        ("a: b: c", "the manifest (line 1): is not valid YAML (mapping values are not allowed in this context)"),
        ("a:\n  - [1,\n", "the manifest (line 3): is not valid YAML"),
        ('{"a": 1,}', "the manifest (line 1): is not valid JSON"),
        (b"a: 1\nb: \xff\xfe", "the manifest (line 2): is not UTF-8: save the file as UTF-8"),
        (HEAD.encode("utf-16"), "the manifest (line 1): is not UTF-8"),
        (b"\x00" * 100, "the manifest: holds a character that YAML does not allow"),
        ("a: 1\n---\nb: 2", "the manifest (line 2): is followed by a second document"),
        ("? [a]\n: b", "the manifest (line 1): has a key that is not a word"),
        ("%TAG ! tag:x,2000:\n---\na: !b c", "/a (line 3): has a tag: leave it out"),
        ('{"\\ud800": 1}', "the manifest (line 1): holds half of a surrogate pair"),
        (
            '{"manifest_version": "1", "dataset": {"id": "d", "title": "\\udc00"}}',
            "/dataset/title (line 1): holds half of a surr",
        ),
    ],
)
def test_what_is_no_manifest_at_all(text: str | bytes, told: str) -> None:
    assert any(problem.startswith(told) for problem in problems(text))


@pytest.mark.parametrize("suffix", ["", ".yaml", ".json"])
@pytest.mark.parametrize("opening", ["[", '{"a":', "- ", "{a: ", "? "])
def test_no_nesting_exhausts_the_stack(opening: str, suffix: str) -> None:
    assert len(problems(opening * 100_000, suffix)) == 1


MODEL_IS_NO_MAPPING = (
    "/models/0 (line 3): must be a mapping of fields: "
    "use id, version, name, role, built_on, license, origin, filing_number, on_market"
)


def test_python_objects_are_never_made() -> None:
    told = problems(HEAD + "models: !!python/object/apply:os.system ['exit 1']")
    assert told == ("/models (line 3): has a tag: leave it out", MODEL_IS_NO_MAPPING)


def test_aliases_are_not_expanded() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else 'x'}]" for n in range(9))
    told = problems(HEAD + levels)
    assert any(p == "/l0 (line 3): has an anchor: write the value out wherever it is needed" for p in told)
    assert any(p == "/l8/8 (line 11): is an alias: write the value out" for p in told)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("manifest_version: 1\ndataset:\n  id: d\n  title: a\n  title: b\n", 5),
        ("manifest_version: 1\ndataset:\n  id: d\n  title: a\n  title: null\n", 5),
        ('{"manifest_version": 1,\n"dataset": {"id": "d",\n"title": "a", "t\\u0069tle": "b"}}', 3),
        ('{"manifest_version": 1,\n"dataset": {"id": "d",\n"title": null, "title": null}}', 3),
    ],
)
def test_a_key_that_is_there_twice_is_told(text: str, line: int) -> None:
    assert problems(text) == (f"/dataset/title (line {line}): is there twice: keep one of them",)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_told_once(number: str) -> None:
    told = problems(f'{{"manifest_version": 1, "dataset": {{"id": {number}}}}}')
    assert told == ("/dataset/id (line 1): is not a number that JSON allows: leave the field out",)


def test_nothing_personal_or_long_is_repeated() -> None:
    address, long = "jane.doe@example.org", "w" * 50
    text = f"""\
manifest_version: {address}
dataset: {{id: {address}, release: {address}, {address}: 1, "{long}": 1, issuer: [{address}]}}
sources:
- id: {address}
  kind: {address}
  folders: [/home/{address}]
  origin: {{url: '{address}'}}
  collection: {{from: '{address}'}}
  files: [{{path: '/{address}', sha256: '{address}', size_bytes: '{address}', {address}: 1}}]
  personal_information: {{present: {long}, legal_basis: {address}}}
"""
    told = "\n".join(problems(text))
    assert len(told.splitlines()) == 16
    assert not re.search("jane|doe|example|www", told)


def test_a_flood_of_problems_is_cut_off() -> None:
    for flood in ("[1" + ",1" * 50_000 + "]", '[{"id": "s", "files": [{}' + ",{}" * 50_000 + "]}]"):
        with pytest.raises(ManifestError, match=r"at least 1,000 problems") as caught:
            parse_manifest(f'{{"manifest_version": 1, "dataset": {{"id": "d"}}, "sources": {flood}}}'.encode())
        assert len(caught.value.problems) == 1_000


def test_a_flood_of_fields_is_one_problem() -> None:
    fields = ",".join(f'"k{n}": 1' for n in range(10_000))
    told = problems(f'{{"manifest_version": 1, "dataset": {{"id": "d"}}, "sources": [{{{fields}}}]}}')
    assert told[0] == "/sources/0 (line 1): has more than 64 fields: use the fields of a manifest"
    assert len(told) <= 2


@pytest.mark.parametrize("text", ["[" + "0," * 200 + "0]", '{"a": [' + "0," * 200 + "0]}"])
def test_values_are_counted_before_they_fill_the_memory(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_VALUES", 100)
    monkeypatch.setattr("corpus_audit.manifest.syntax.MAX_VALUES", 100)
    assert "values: split the dataset" in problems(text)[0]


# --- files that are none ----------------------------------------------------------------------------------------------


def test_a_manifest_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(load.MAX_BYTES + 1)  # a sparse file: it takes no room
    with pytest.raises(ManifestError, match="larger than 256 MiB"):
        load_manifest(path)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        os.mkfifo,
        lambda path: path.symlink_to(path),
        lambda path: path.symlink_to("/dev/zero"),
    ],
    ids=["missing", "folder", "pipe", "loop", "device"],
)
def test_what_is_not_a_file_is_refused_at_once(tmp_path: Path, make: object) -> None:
    path = tmp_path / "manifest.yaml"
    make(path)  # type: ignore[operator]
    with pytest.raises(ManifestError, match=r"give the path of a YAML or JSON file|holds no description"):
        load_manifest(path)


def test_a_path_with_a_nul_is_refused() -> None:
    with pytest.raises(ManifestError, match="not a path"):
        load_manifest(Path("a\0b"))


@pytest.mark.parametrize("text", ["not-recorded", None])
def test_a_snapshot_without_anything_seen_is_refused_however_the_gap_is_written(text: str | None) -> None:
    snapshot = {"kind": "robots.txt", "host": "example.org", "text": text}
    source = {"id": "s", "opt_outs": {"snapshots": [snapshot]}}
    tree = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [source]}
    told = "/sources/0/opt_outs/snapshots/0 (line 1): lacks 'file' or 'text': give what was seen"
    assert problems(json.dumps(tree), ".json") == problems(json.dumps(tree), ".yaml") == (told,)
