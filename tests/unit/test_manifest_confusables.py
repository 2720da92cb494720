"""Names that are not what they look like are told at their place, in whatever format they come."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.confusables import find_lookalikes
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.manifest.model import Manifest

CYRILLIC_A, CYRILLIC_O = "\u0430", "\u043e"


def manifest(**source: Any) -> Manifest:
    return Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d"}, "sources": [{"id": "s"} | source]})


def load(folder: Path, document: Any, name: str = "m.json") -> LoadedManifest:
    (folder / name).write_text(json.dumps(document))
    return load_manifest(folder / name)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": f"G{CYRILLIC_O}ogle Books"},
        {"collector": f"W{CYRILLIC_A}yback"},
        {"license": {"expression": "\u039cIT"}},
        {"license": {"expression": "MIT\u200b"}},
        {"supplier": "Ex\u00adample"},
        {"files": [{"path": f"d{CYRILLIC_A}ta/a.csv"}]},
    ],
)
def test_a_name_that_is_not_what_it_looks_like_is_found(fields: dict[str, Any]) -> None:
    assert [found.place[:2] for found in find_lookalikes(manifest(**fields))] == [("sources", 0)]


@pytest.mark.parametrize(
    "title",
    [
        "Википедия",
        "维基百科 zh-Hans",
        "ويكيبيديا",
        "Ελληνική Wikipedia",
        "Wikipedia на русском",
        "हिन्दी",
        "Ærø 2024 é",
        "日本語Wikipedia",
        "👩\u200d💻 code",
        "می\u200cخواهم",
    ],
)
def test_names_in_any_script_are_ordinary(title: str) -> None:
    assert list(find_lookalikes(manifest(title=title, files=[{"path": f"{title}/a.txt"}]))) == []


def test_it_is_told_where_it_was_written(tmp_path: Path) -> None:
    name = f"Wikip{CYRILLIC_A}dia"
    native = {"manifest_version": "1", "dataset": {"id": "d", "issuer": name}, "sources": [{"id": "s", "title": name}]}
    told = [(p.pointer, p.field, p.source_id) for p in load(tmp_path, native).problems]
    assert told == [("/dataset/issuer", "dataset.issuer", "(dataset)"), ("/sources/0/title", "source.title", "s")]
    described = {"@context": {"@vocab": "https://schema.org/"}, "@type": "Dataset", "name": name, "license": "MIT"}
    loaded = load(tmp_path, described)
    assert ("/name", "dataset.title") in {(p.pointer, p.field) for p in loaded.problems}
    assert name not in "".join(problem.detail for problem in loaded.problems)


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u202a"])
def test_what_turns_the_reading_direction_is_refused_in_any_text(character: str, tmp_path: Path) -> None:
    native = {"manifest_version": "1", "dataset": {"id": "d", "description": f"a{character}b"}}
    with pytest.raises(ManifestError) as caught:
        load(tmp_path, native)
    assert caught.value.problems == (
        "/dataset/description (line 1): holds a character that turns the reading direction: leave it out",
    )
