"""Whatever is given as a manifest is read, or refused with a list of problems; nothing else ever happens."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.json_schema import manifest_json_schema
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.native import parse_as_tree, parse_manifest
from corpus_audit.manifest.streaming import stream_manifest
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_SOURCES
from corpus_audit.vocabulary import CLAIMS_SOURCE
from generative.manifest_strategies import ANYTHING, TREES

SUFFIXES = st.sampled_from(["", ".json", ".yaml"])
PROBLEM = re.compile(r"(the manifest|(/[A-Za-z0-9_.…-]+)+)( \(line [1-9]\d*\))?: [^\n]+")
SCHEMA = jsonschema.Draft202012Validator(manifest_json_schema())


def read(received: bytes, suffix: str = "") -> Manifest | None:
    """Return the manifest, or None after looking at the problems."""
    try:
        return parse_manifest(received, suffix)
    except ManifestError as error:
        problems = error.problems
    assert problems
    assert [problem for problem in problems if not PROBLEM.fullmatch(problem)] == []
    return None


@settings(max_examples=300, deadline=None)
@given(received=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), suffix=SUFFIXES)
@example(received=b"\xef\xbb\xbf", suffix=".json")
@example(received=b"{" * 2000, suffix="")
@example(received=b'{"a": "\\ud800"}', suffix="")
@example(received=b"%YAML 9.9\n---\na", suffix="")
@example(received=b"\xff\xfea\x00", suffix="")
def test_any_bytes(received: bytes, suffix: str) -> None:
    read(received, suffix)


@settings(max_examples=300, deadline=None)
@given(value=ANYTHING, indent=st.sampled_from([None, 1]))
def test_any_tree(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert read(text.encode(), ".json") is None


@settings(max_examples=200, deadline=None)
@given(tree=TREES)
def test_a_valid_tree_is_read_and_its_text_reads_the_same(tree: Any) -> None:
    manifest = read(json.dumps(tree).encode(), ".json")
    assert manifest is not None
    assert read(yaml.safe_dump(tree, allow_unicode=True).encode(), ".yaml") == manifest
    for style, suffix in (("json", ".json"), ("yaml", ".yaml")):
        assert read(dump_manifest(manifest, style).encode(), suffix) == manifest  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(tree=TREES, indent=st.sampled_from([None, 1]), colon=st.sampled_from([":", " : "]))
def test_a_valid_text_is_read_in_a_stream_as_its_tree_is(tree: Any, indent: int | None, colon: str) -> None:
    text = json.dumps(tree, indent=indent, separators=(",", colon))
    assert stream_manifest(text) == parse_as_tree(text.encode(), is_json=True)


@settings(max_examples=300, deadline=None)
@given(tree=TREES, data=st.data())
def test_what_is_read_in_a_stream_is_never_refused_as_a_tree(tree: Any, data: st.DataObject) -> None:
    text = json.dumps(tree)
    start = data.draw(st.integers(0, len(text)))
    damage = data.draw(st.sampled_from([",", "[", "]", "{", "}", ":", '"', "null", "NaN", " ", "1", '"sources":[],']))
    text = text[:start] + damage + text[start + data.draw(st.integers(0, 3)) :]
    streamed = stream_manifest(text)
    if streamed is not None:
        assert streamed == parse_as_tree(text.encode(), is_json=True)


@settings(max_examples=200, deadline=None)
@given(tree=TREES)
def test_the_schema_accepts_what_is_valid_and_what_is_written(tree: Any) -> None:
    SCHEMA.validate(tree)
    manifest = read(json.dumps(tree).encode())
    assert manifest is not None
    SCHEMA.validate(json.loads(dump_manifest(manifest, "json")))


@settings(max_examples=100, deadline=None)
@given(tree=TREES)
def test_claims_have_a_row_for_everything(tree: Any) -> None:
    manifest = read(json.dumps(tree).encode())
    assert manifest is not None
    claims = claim_tables(manifest)
    assert claims.sources.schema == CLAIMED_SOURCES.schema
    assert claims.sources["source_id"].to_pylist() == sorted(source.id for source in manifest.sources)
    assert claims.files.schema == CLAIMED_FILES.schema
    keys = [(row["source_id"], row["file"]) for row in claims.files.to_pylist() if row["source_id"] != CLAIMS_SOURCE]
    assert keys == sorted((source.id, file.path) for source in manifest.sources for file in source.files)


@settings(max_examples=300, deadline=None)
@given(tree=TREES, data=st.data())
def test_a_damaged_tree_is_read_or_refused_by_place(tree: Any, data: st.DataObject) -> None:
    damaged = copy.deepcopy(tree)
    place = damaged
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(ANYTHING)
            break
        place = place[key]
    read(json.dumps(damaged).encode(), data.draw(SUFFIXES))


@settings(max_examples=300, deadline=None)
@given(tree=TREES, suffix=SUFFIXES, data=st.data())
def test_damaged_text_is_read_or_refused(tree: Any, suffix: str, data: st.DataObject) -> None:
    text = bytearray(json.dumps(tree).encode() if suffix == ".json" else yaml.safe_dump(tree).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        text[start : start + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read(bytes(text), suffix)


@pytest.mark.parametrize("style", ["json", "yaml"])
def test_damage_is_really_met(style: str) -> None:
    """The reader above does tell a damaged manifest from a whole one."""
    whole = dump_manifest(Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d"}}), style)  # type: ignore[arg-type]
    assert read(whole.encode()) is not None
    assert read(whole.replace("dataset", "datasets").encode()) is None
