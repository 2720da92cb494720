"""Manifests that include others: what becomes of each part, what is corrected, and what cannot be put together."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.gaps import gaps_of
from corpus_audit.manifest.load import MAX_INCLUDE_DEPTH, load_manifest
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.parts import ManifestPart
from corpus_audit.manifest.rebase_paths import PATH_FIELDS, PATTERN_FIELDS
from corpus_audit.store import sha256_of_file
from unit.adapters.samples import CROISSANT

Write = Callable[..., Path]

NOTES = {
    "manifest_version": "1",
    "dataset": {"id": "notes", "languages": ["en"]},
    "models": [{"id": "m", "version": "1"}],
    "sources": [
        {
            "id": "notes",
            "license": {"expression": "MIT", "evidence": [{"kind": "text", "file": "LICENSE"}]},
            "derived_from": ["books", "elsewhere"],
            "folders": ["."],
            "ignore": ["**/*.tmp"],
            "files": [{"path": "a.txt", "size_bytes": 1}],
        },
        {"id": "books", "files": [{"path": "b/c.txt"}]},
    ],
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a manifest of some includes, and the files beside it; return the manifest's path."""

    def write(includes: Any, files: dict[str, Any] | None = None, **fields: Any) -> Path:
        own = {"manifest_version": "1", "dataset": {"id": "mixture"}, "include": includes, **fields}
        for name, content in {"manifest.yaml": own, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content))
        return tmp_path / "manifest.yaml"

    return write


def refused(path: Path) -> tuple[str, ...]:
    with pytest.raises(ManifestError) as caught:
        load_manifest(path)
    return caught.value.problems


def origin(loaded: LoadedManifest, pointer: str) -> tuple[str, str]:
    (found,) = [origin for origin in loaded.origins if origin.pointer == pointer]
    return found.document, found.received_pointer


def test_the_sources_of_every_format_become_one_manifest(write: Write) -> None:
    described = {f"croissant/{name}": text for name, text in CROISSANT.files.items()}
    path = write(
        [{"path": "notes/manifest.json"}, {"path": "croissant"}],
        {"notes/manifest.json": NOTES, "croissant/croissant.json": CROISSANT.content, **described},
        sources=[{"id": "own"}],
    )
    loaded = load_manifest(path)
    assert [source.id for source in loaded.manifest.sources] == ["own", "notes", "books", "Harbour-notes"]
    assert [[file.path for file in source.files] for source in loaded.manifest.sources] == [
        [],
        ["notes/a.txt"],
        ["notes/b/c.txt"],
        ["croissant/data/notes.csv", "croissant/parts/1.jsonl"],
    ]
    assert loaded.manifest.dataset.languages == ("en", "de")
    assert [model.id for model in loaded.manifest.models] == ["m"]
    assert [document.name for document in loaded.documents] == [
        "manifest.yaml",
        "notes/manifest.json",
        "croissant/croissant.json",
    ]
    assert loaded.problems == ()
    assert load_manifest(path).manifest == Manifest.model_validate(loaded.manifest.model_dump(by_alias=True))


def test_every_path_of_a_part_is_seen_from_the_root(write: Write) -> None:
    (notes, _) = load_manifest(write([{"path": "n[1]/m.json"}], {"n[1]/m.json": NOTES})).manifest.sources
    assert notes.folders == ("n[1]",)
    assert notes.ignore == ("n[[]1]/**/*.tmp",)
    assert notes.license.evidence[0].file == "n[1]/LICENSE"


def kinds_of_part(part: type[ManifestPart]) -> Iterator[type[ManifestPart]]:
    for kind in part.__subclasses__():
        yield kind
        yield from kinds_of_part(kind)


def test_the_fields_that_hold_paths_are_all_known() -> None:
    found = {
        field.alias or name
        for part in kinds_of_part(ManifestPart)
        if part.__module__.startswith("corpus_audit.manifest.")
        for name, field in part.model_fields.items()
        if re.search("_check_(path|folder)", f"{field.annotation} {field.metadata}")
    }
    assert found - {"folder"} == PATH_FIELDS | PATTERN_FIELDS  # an include's own 'folder' is gone when it is moved


def test_a_prefix_keeps_equal_ids_apart(write: Write) -> None:
    path = write(
        [{"path": "a/m.json", "prefix": "a"}, {"path": "b/m.json", "prefix": "b"}],
        {"a/m.json": NOTES, "b/m.json": NOTES},
    )
    sources = load_manifest(path).manifest.sources
    assert [source.id for source in sources] == ["a.notes", "a.books", "b.notes", "b.books"]
    assert sources[0].derived_from == ("a.books", "elsewhere")


def test_a_folder_can_be_named_for_the_paths(write: Write) -> None:
    path = write([{"path": "cards/m.json", "folder": "data/notes"}], {"cards/m.json": NOTES})
    assert load_manifest(path).manifest.sources[0].files[0].path == "data/notes/a.txt"


def test_where_every_value_came_from_can_be_told(write: Write) -> None:
    fields = {"license": {"expression": "CC-BY-4.0"}, "collector": "Office"}
    correction = {"source": "notes", "set": fields, "reason": "as the office wrote"}
    path = write([{"path": "n/m.json", "corrections": [correction]}], {"n/m.json": NOTES})
    loaded = load_manifest(path)
    assert loaded.manifest.sources[0].license.expression == "CC-BY-4.0"
    assert origin(loaded, "/sources/0/files/0/path") == ("n/m.json", "/sources/0/files/0/path")
    assert origin(loaded, "/sources/0/collector") == ("manifest.yaml", "/include/0/corrections/0/set/collector")
    (corrected,) = [found for found in loaded.origins if found.pointer == "/sources/0/license/expression"]
    assert corrected[1:] == (
        "manifest.yaml",
        "/include/0/corrections/0/set/license/expression",
        "n/m.json",
        "/sources/0/license/expression",
        "as the office wrote",
    )


def test_a_correction_that_contradicts_what_is_stated_stays_in_sight(write: Write) -> None:
    stated = CROISSANT.content | {"distribution": [], "recordSet": []}
    correction = {"set": {"license": {"expression": "MIT"}, "supplier": "Archive"}}
    path = write([{"path": "c.json", "corrections": [correction]}], {"c.json": stated})
    *_, told = load_manifest(path).problems
    assert (told.code, told.document, told.pointer, told.field) == (
        "conflict",
        "c.json",
        "/license",
        "source.license.expression",
    )


def test_what_was_corrected_is_no_question_any_more(write: Write) -> None:
    asked = {
        (gap.source_id, gap.question.field): str(gap.reason)
        for gap in gaps_of(
            load_manifest(
                write(
                    [{"path": "c.json", "corrections": [{"set": {"opt_outs": {"checked": "no"}}}]}],
                    {"c.json": CROISSANT.content},
                    sources=[{"id": "own"}],
                )
            )
        )
    }
    assert ("Harbour-notes", "source.opt_outs.checked") not in asked
    assert asked["Harbour-notes", "source.synthetic.generated"] == "cannot-say"
    assert asked["own", "source.synthetic.generated"] == "left-out"


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        ({"source": "nobody", "set": {"title": "x"}}, "/include/0/corrections/0/source: is no source of n/m.json"),
        ({"set": {"id": "x"}}, "/include/0/corrections/0/set/id: cannot be corrected"),
        ({"set": {"licence": "MIT"}}, "/include/0/corrections/0/set/licence: is not a field: did you mean 'license'?"),
        ({"set": {"kind": "maybe"}}, "/include/0/corrections/0/set/kind: must be public-dataset"),
        ({"set": {"folders": ["../x"]}}, "/include/0/corrections/0/set/folders/0: leaves its folder"),
        ({"set": {}}, "/include/0/corrections/0/set (line"),
        ({"set": ["title"]}, "/include/0/corrections/0/set (line"),
    ],
)
def test_a_correction_that_cannot_be_made_is_told(correction: Any, told: str, write: Write) -> None:
    path = write([{"path": "n/m.json", "corrections": [correction]}], {"n/m.json": NOTES})
    assert any(problem.startswith(told) for problem in refused(path)), refused(path)


def test_corrections_may_not_contradict_each_other(write: Write) -> None:
    corrections = [{"set": {"title": "a"}}, {"source": "books", "set": {"title": "b"}}]
    told = refused(write([{"path": "n/m.json", "corrections": corrections}], {"n/m.json": NOTES}))
    assert told == ("/include/0/corrections/1/set/title: is set to something else by a correction before: keep one",)


def test_parts_that_cannot_be_joined_are_all_told(write: Write) -> None:
    person = NOTES | {"sources": [], "subjects": [{"id": "7", "minor": "no"}], "subjects_table": {"path": "p.csv"}}
    other = person | {"subjects": [{"id": "7", "minor": "yes"}]}
    path = write(
        [{"path": f"{name}.json"} for name in ("n/a", "m/b", "c", "d/d", "absent", "broken")],
        {"n/a.json": NOTES, "m/b.json": NOTES, "c.json": person, "d/d.json": other, "broken.json": "{"},
    )
    told = "\n".join(refused(path))
    assert "/include/1: has a source 'notes' like another part: give this include a 'prefix'" in told
    assert "/include/3: gives a person the id that another part gives to another person" in told
    assert "/include/3: has a 'subjects_table' beside that of another part" in told
    assert "/include/4: absent.json: The manifest" in told
    assert "/include/5: broken.json: the manifest (line 1): is not valid JSON" in told


def test_models_that_differ_and_files_of_two_sources_are_reported(write: Write) -> None:
    other = NOTES | {"models": [{"id": "m", "version": "2"}]}
    path = write(
        [{"path": "a.json", "prefix": "a"}, {"path": "b.json", "prefix": "b"}], {"a.json": NOTES, "b.json": other}
    )
    assert [(problem.document, problem.pointer) for problem in load_manifest(path).problems] == [
        ("b.json", "/models/0"),
        ("b.json", "/sources/0/files/0/path"),
        ("b.json", "/sources/1/files/0/path"),
    ]


def test_a_circle_is_told_and_not_walked(write: Write) -> None:
    inner = {"manifest_version": "1", "dataset": {"id": "d"}, "include": [{"path": "b.json"}]}
    path = write([{"path": "a.json"}], {"a.json": inner, "b.json": inner | {"include": [{"path": "a.json"}]}})
    (told,) = refused(path)
    assert told.endswith("includes itself, by manifest.yaml > a.json > b.json > a.json: end the circle")


def test_manifests_are_not_nested_without_end(write: Write) -> None:
    def chain(step: int) -> dict[str, Any]:
        return {"manifest_version": "1", "dataset": {"id": "d"}, "include": [{"path": f"{step + 1}.json"}]}

    steps = {f"{step}.json": chain(step) for step in range(MAX_INCLUDE_DEPTH + 1)}
    steps[f"{MAX_INCLUDE_DEPTH + 1}.json"] = {"manifest_version": "1", "dataset": {"id": "d"}}
    (told,) = refused(write([{"path": "0.json"}], steps))
    assert told.endswith("levels deep: include it further up")
    assert load_manifest(write([{"path": "2.json"}], steps)).manifest.include == ()


@pytest.mark.parametrize("path", ["../outside.json", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.json"])
def test_nothing_outside_the_folder_can_be_included(path: str, write: Write) -> None:
    assert refused(write([{"path": path}]))[0].startswith("/include/0/path (line")


def test_no_link_leads_out_of_the_folder(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "m.json"
    outside.write_text(json.dumps(NOTES))
    path = write([{"path": "link.json"}])
    (path.parent / "link.json").symlink_to(outside)
    assert refused(path) == (
        "/include/0: link.json: leads out of the manifest's folder by a link: copy it into the folder",
    )


def test_an_include_may_be_pinned_to_its_bytes(write: Write) -> None:
    path = write([{"path": "n.json"}], {"n.json": NOTES})
    right = sha256_of_file(path.parent / "n.json")
    assert load_manifest(write([{"path": "n.json", "sha256": right}])).manifest.sources
    assert "its bytes are not those" in refused(write([{"path": "n.json", "sha256": "0" * 64}]))[0]


def test_a_mixture_is_another_one_when_a_part_changes(write: Write) -> None:
    path = write([{"path": "n.json"}], {"n.json": NOTES})
    before = load_manifest(path).sha256
    assert load_manifest(path).sha256 == before
    (path.parent / "n.json").write_text(json.dumps(NOTES) + "\n")
    assert load_manifest(path).sha256 != before


def test_included_yaml_says_the_same_as_json(write: Write) -> None:
    as_json = load_manifest(write([{"path": "n/n.json"}], {"n/n.json": NOTES})).manifest
    as_yaml = load_manifest(write([{"path": "n/n.yaml"}], {"n/n.yaml": yaml.safe_dump(NOTES)})).manifest
    assert as_json == as_yaml
