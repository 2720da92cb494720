"""A manifest in JSON is read source by source; whatever is wrong with one is left to who reads it as a tree."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.model import DataFile, Manifest, Source
from corpus_audit.manifest.native import parse_as_tree, parse_manifest
from corpus_audit.manifest.packed import Packed
from corpus_audit.manifest.streaming import stream_manifest

FILE = '{"path": "a.txt", "size_bytes": 3, "sha256": null}'
SOURCE = f'{{"id": "s", "title": "not-recorded", "files": [{FILE}, {{"path": "b.txt", "fields": {{"text": "t"}}}}]}}'
WHOLE = f'{{"manifest_version": "1", "dataset": {{"id": "d"}}, "sources": [{SOURCE}]}}'

MOST_BYTES_A_FILE = 400
"""With its text of 150; as a tree and as models a file takes 570."""


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"\n\t {WHOLE} \r\n",
        WHOLE.replace(" ", ""),
        WHOLE.replace(",", " ,\n").replace(":", "\t:"),
        '{"manifest_version": 1, "dataset": {"id": "d"}}',
        '{"manifest_version": 1, "dataset": {"id": "d"}, "sources": [ ]}',
        '{"manifest_version": 1, "dataset": {"id": "d"}, "sources": null}',
        '{"manifest_version": 1, "dataset": {"id": "d"}, "sources": [{"id": "s", "files": [\n]}]}',
        '{"manifest_version": 1, "dataset": {"id": "d"}, "sources": [{"files": null, "id": "s"}, {"id": "t"}]}',
    ],
)
def test_what_is_valid_is_read_in_a_stream(text: str) -> None:
    assert stream_manifest(text) == parse_as_tree(text.encode(), is_json=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "1",
        WHOLE[:-1],
        WHOLE + "1",
        WHOLE + "}",
        WHOLE.replace("]}", "],}"),
        WHOLE.replace("}]}", "},]}"),
        WHOLE.replace("[{", "[,{", 1),
        WHOLE.replace("}, {", "} {"),
        WHOLE.replace(": [", " ["),
        WHOLE.replace('"sources"', "sources"),
        WHOLE.replace('"sources"', "1"),
        WHOLE.replace('"sources"', '"sources": [], "sources"'),
        WHOLE.replace('"sources"', '"dataset": {"id": "d"}, "sources"'),
        WHOLE.replace('"files"', '"files": null, "files"'),
        WHOLE.replace('"path"', '"path": "c", "path"'),
        WHOLE.replace(": 3", ": NaN"),
        WHOLE.replace(": 3", ": -1"),
        WHOLE.replace(": 3", ": 3.0"),
        WHOLE.replace("a.txt", "b.txt"),
        WHOLE.replace("a.txt", "../a.txt"),
        WHOLE.replace("a.txt", "\\ud800"),
        WHOLE.replace("size_bytes", "size"),
        WHOLE.replace("[{", "[null, {", 1),
        WHOLE.replace("[{", "[[], {", 1),
        WHOLE.replace(SOURCE, f"{SOURCE}, {SOURCE}"),
        WHOLE.replace('"id": "s"', '"id": "s", "deep": ' + "[" * 10_000 + "]" * 10_000),
        WHOLE.replace('"id": "s"', '"id": "s", ' + ", ".join(f'"f{n}": null' for n in range(70))),
    ],
)
def test_what_is_wrong_is_left_to_who_reads_it_as_a_tree(text: str) -> None:
    assert stream_manifest(text) is None
    with pytest.raises(ManifestError) as told:
        parse_as_tree(text.encode(), is_json=True)
    with pytest.raises(ManifestError) as found:
        parse_manifest(text.encode(), ".json")
    assert (str(found.value), found.value.problems) == (str(told.value), told.value.problems)


def some_files(count: int) -> tuple[DataFile, ...]:
    more: list[dict[str, Any]] = [{}, {"size_bytes": 1}, {"fields": {"text": ["a", "b"]}, "split": "train"}]
    return tuple(DataFile.model_validate({"path": f"{n}.txt", **more[n % len(more)]}) for n in range(count))


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250])
def test_packed_files_are_what_they_were(count: int) -> None:
    files = some_files(count)
    packed = Packed(DataFile, iter(files))
    assert packed == files
    assert files == packed
    assert hash(packed) == hash(files)
    assert list(packed.values("path")) == [file.path for file in files]
    assert [file.model_fields_set for file in packed] == [file.model_fields_set for file in files]
    assert [packed[n] for n in (-1, count // 2) if count] == [files[n] for n in (-1, count // 2) if count]
    assert packed[1:-1:7] == files[1:-1:7]
    assert pickle.loads(pickle.dumps(packed)) == packed
    assert packed != (*files, DataFile(path="z"))
    assert (packed in ((), "not-recorded")) is (count == 0)
    with pytest.raises(IndexError):
        packed[count]


def test_a_source_packs_its_files_and_says_them_as_a_list() -> None:
    files = some_files(3)
    source = Source(id="s", files=files)
    assert isinstance(source.files, Packed)
    assert source == source.model_copy(update={"files": files})
    assert source.model_dump(exclude_unset=True)["files"] == tuple(f.model_dump(exclude_unset=True) for f in files)
    assert Source.model_validate_json(source.model_dump_json(by_alias=True)) == source
    assert json.loads(source.model_dump_json(exclude={"files"})).get("files") is None
    assert list(source.paths) == list(source.model_copy(update={"files": files}).paths) == ["0.txt", "1.txt", "2.txt"]


def test_what_is_held_of_a_file_that_is_read_is_bounded() -> None:
    """In a process of its own: other threads of this one would be counted."""
    script = Path(__file__).with_name("held_of_manifests.py")
    ran = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)
    assert 100 < float(ran.stdout) < MOST_BYTES_A_FILE


def test_manifests_are_equal_however_their_files_are_held() -> None:
    whole = parse_manifest(WHOLE.encode())
    unpacked = tuple(source.model_copy(update={"files": tuple(source.files)}) for source in whole.sources)
    assert whole.model_copy(update={"sources": unpacked}) == whole
    assert isinstance(whole, Manifest)
