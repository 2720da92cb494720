"""Croissant descriptions: what lands where, what is wrong with real ones, and what is never done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.vocabulary import Answer, FileFormat
from unit.adapters.samples import CROISSANT, CROISSANT_CONTEXT, CROISSANT_SPLITS, HEX

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here")
Load = Callable[..., LoadedManifest]


def problems(loaded: LoadedManifest) -> set[tuple[str, str]]:
    return {(str(problem.code), problem.pointer) for problem in loaded.problems}


def described(**fields: Any) -> dict[str, Any]:
    complete = {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "n",
        "description": "d",
        "license": "MIT",
        "url": "https://example.org",
        "creator": {"name": "c"},
        "datePublished": "2026-01-01",
        "distribution": [file_object(contentUrl="a.csv")],
    }
    return {key: value for key, value in (complete | fields).items() if value is not None}


def file_object(**fields: Any) -> dict[str, Any]:
    return {"@type": "cr:FileObject", "@id": "f", "name": "f", "encodingFormat": "text/csv", "sha256": HEX} | fields


def test_a_complete_description_has_no_problems(load: Load) -> None:
    loaded = load(CROISSANT.content, files=CROISSANT.files)
    assert loaded.problems == ()
    (source,) = loaded.manifest.sources
    assert loaded.manifest.dataset.title == "Harbour notes"
    assert loaded.manifest.dataset.issuer == "Harbour Press"
    assert loaded.manifest.dataset.languages == ("en", "de")
    assert source.collector == "A. Clerk, B. Clerk"
    assert source.kind == "web-crawl"
    assert (source.collection.from_, source.collection.until) == ("2024-01-01", "2024-12-31")
    assert source.collection.ongoing is Answer.YES
    assert source.license.expression == "https://creativecommons.org/licenses/by/4.0/"
    assert [evidence.url for evidence in source.license.evidence] == [
        "https://creativecommons.org/licenses/by/4.0/",
        "http://purl.obolibrary.org/obo/DUO_0000042",
    ]
    assert source.derived_from == ("https://example.org/log-books", "Almanac", "Log book 7")
    assert source.personal_information.present is Answer.YES
    assert source.personal_information.entity_types == ("GENDER", "AGE", "LOCATION")


def test_files_are_those_beside_the_description(load: Load) -> None:
    (source,) = load(CROISSANT.content, files=CROISSANT.files).manifest.sources
    notes, part = source.files
    assert (notes.path, notes.size_bytes, notes.sha256, notes.format) == ("data/notes.csv", 12, HEX, FileFormat.CSV)
    assert (notes.fields.license, notes.fields.language, notes.fields.url) == ("license", "language", "url")
    assert (part.path, part.format) == ("parts/1.jsonl", FileFormat.JSONL)


def test_no_address_of_a_person_is_taken(load: Load) -> None:
    loaded = load(CROISSANT.content, files=CROISSANT.files)
    assert "a@example.org" not in loaded.manifest.model_dump_json()


@pytest.mark.parametrize("prefix", ["sc:", "schema:", "https://schema.org/", "http://schema.org/", ""])
def test_terms_count_by_their_meaning_not_their_spelling(prefix: str, load: Load) -> None:
    content = described() | {"name": None} | {f"{prefix}name": "Spelled"}
    assert load(content).manifest.dataset.title == "Spelled"


def test_a_term_may_be_renamed_by_the_context(load: Load) -> None:
    context = CROISSANT_CONTEXT | {"titel": "sc:name", "sc": "https://schema.org/"}
    assert load(described(name=None, titel="Umbenannt", **{"@context": context})).manifest.dataset.title == "Umbenannt"


@pytest.mark.parametrize("context", ["https://schema.org/", ["https://schema.org/", {"x": "y"}], {"a": "b", "b": "a"}])
def test_a_context_that_is_an_address_is_not_opened(context: Any, load: Load) -> None:
    assert load(described(**{"@context": context})).manifest.dataset.title == "n"


def test_version_0_8_points_by_name(load: Load) -> None:
    content = described(
        distribution=[file_object(**{"@id": None, "name": "notes", "contentUrl": "notes.csv"})],
        recordSet=[
            {"name": "r", "field": {"name": "note", "dataType": "sc:Text", "source": "#{notes/note}"}},
            {"name": "q", "field": {"name": "copy", "dataType": "sc:Text", "source": "#{r/note}"}},
        ],
    )
    loaded = load(content, files={"notes.csv": "note\n"})
    assert loaded.manifest.sources[0].files[0].fields.text == ("note",)
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("$.text", "text"),
        ("$[*].text", "text"),
        ("$[*].a.b", "/a/b"),
        ("$.talk[*].words", "/talk/*/words"),
        ("$['a.b']", "a.b"),
        ("$[*]['a/b'].c", "/a~1b/c"),
    ],
)
def test_a_json_path_becomes_the_name_of_a_field(path: str, field: str, load: Load) -> None:
    source = {"fileObject": {"@id": "f"}, "extract": {"jsonPath": path}}
    content = described(
        distribution=file_object(contentUrl="a.json"),
        recordSet={"@id": "r", "field": {"@id": "r/t", "dataType": "sc:Text", "source": source}},
    )
    assert load(content).manifest.sources[0].files[0].fields.text == (field,)


@pytest.mark.parametrize(
    "required", ["conformsTo", "name", "description", "license", "url", "creator", "datePublished", "distribution"]
)
def test_what_the_standard_requires_is_missed(required: str, load: Load) -> None:
    loaded = load(described(**{required: None, "citeAs": "x"}))
    assert [(str(p.code), p.field) for p in loaded.problems] == [("missing", f"dataset.{required}")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"sha256": "https://github.com/mlcommons/croissant/issues/80"}, ("invalid", "/distribution/0/sha256")),
        ({"contentSize": "1.2 GB"}, ("invalid", "/distribution/0/contentSize")),
        ({"contentUrl": "../../secret"}, ("invalid", "/distribution/0/contentUrl")),
        ({"contentUrl": "/etc/passwd"}, ("invalid", "/distribution/0/contentUrl")),
        ({"contentUrl": "https://example.org/b.csv"}, ("remote", "/distribution/0/contentUrl")),
        ({"contentUrl": "file:///etc/passwd"}, ("remote", "/distribution/0/contentUrl")),
        ({"contentUrl": None}, ("missing", "/distribution/0")),
        ({"encodingFormat": None}, ("missing", "/distribution/0")),
        ({"containedIn": {"@id": "nowhere"}}, ("dangling", "/distribution/0/containedIn/@id")),
        ({"@id": "two words"}, ("invalid", "/distribution/0/@id")),
    ],
)
def test_what_is_wrong_with_a_file_has_its_place(fields: dict[str, Any], problem: tuple[str, str], load: Load) -> None:
    content = described(distribution=[file_object(contentUrl="a.csv") | fields])
    assert problems(load(content, files={"a.csv": "x"})) == {problem}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"url": "javascript:alert(1)"}, ("invalid", "/url")),
        ({"inLanguage": "Klingon"}, ("undecided", "/inLanguage")),
        ({"isLiveDataset": "sometimes"}, ("undecided", "/isLiveDataset")),
        (
            {"rai:personalSensitiveInformation": "It may hold names."},
            ("undecided", "/rai:personalSensitiveInformation"),
        ),
        ({"rai:dataCollectionTimeframe": ["2025-01-01", "2024-01-01"]}, ("conflict", "/rai:dataCollectionTimeframe/1")),
        ({"rai:dataCollectionTimeframe": "31.12.2025"}, ("invalid", "/rai:dataCollectionTimeframe")),
        ({"description": "bell\x07"}, ("invalid", "/description")),
        ({"description": "x" * 20_001}, ("invalid", "/description")),
        ({"name": "half \ud800"}, ("invalid", "/name")),
        ({"@type": "sc:Thing"}, ("invalid", "/@type")),
    ],
)
def test_a_value_that_is_no_claim_is_left_out_and_reported(
    fields: dict[str, Any], problem: tuple[str, str], load: Load
) -> None:
    loaded = load(described(**fields))
    assert problem in problems(loaded)
    assert "alert" not in str([p.detail for p in loaded.problems])


def test_a_downloaded_file_stands_for_its_address(load: Load) -> None:
    content = described(distribution=[file_object(contentUrl="https://example.org/x/notes%20a.csv?v=1")])
    loaded = load(content, files={"notes a.csv": "x"})
    assert [file.path for file in loaded.manifest.sources[0].files] == ["notes a.csv"]


def test_what_an_archive_holds_is_left_to_the_archive(load: Load) -> None:
    content = described(
        distribution=[
            file_object(**{"@id": "z", "contentUrl": "all.zip", "encodingFormat": "application/zip"}),
            file_object(contentUrl="inside.csv", containedIn={"@id": "z"}),
            {"@type": "cr:FileSet", "name": "s", "encodingFormat": "text/csv", "includes": "*.csv", "containedIn": "z"},
        ]
    )
    loaded = load(content, files={"all.zip": "x", "other.csv": "x"})
    assert [file.path for file in loaded.manifest.sources[0].files] == ["all.zip"]
    assert loaded.problems == ()


def test_a_path_with_the_name_of_a_split_is_in_it(load: Load) -> None:
    loaded = load(CROISSANT_SPLITS.content, files=CROISSANT_SPLITS.files)
    assert {file.path: file.split for file in loaded.manifest.sources[0].files} == {
        "default/partial-test/0000.jsonl": "test",
        "default/retrain/0.jsonl": None,
        "default/test_extra/0.jsonl": "test_extra",
        "default/train/0000.jsonl": "train",
    }


def test_a_circle_of_containers_ends(load: Load) -> None:
    first = file_object(contentUrl="a.csv", containedIn={"@id": "b"})
    second = file_object(**{"@id": "b", "contentUrl": "b.csv", "containedIn": {"@id": "f"}})
    assert len(load(described(distribution=[first, second])).manifest.sources[0].files) == 2


def test_a_file_described_twice_is_a_conflict(load: Load) -> None:
    first = file_object(contentUrl="a.csv")
    loaded = load(described(distribution=[first, first | {"@id": "g", "contentUrl": "./a.csv"}]))
    assert problems(loaded) == {("conflict", "/distribution/1/contentUrl")}


@needs_shared
@pytest.mark.parametrize("folder", sorted(path.name for path in SHARED.glob("croissant/*")))
def test_a_published_description_is_read(folder: str) -> None:
    loaded = load_manifest(SHARED / "croissant" / folder / "metadata.json")
    raw = json.loads(loaded.received)
    assert loaded.format == "croissant"
    assert loaded.manifest.dataset.title == raw["name"]
    missing = {problem.field for problem in loaded.problems if problem.code == "missing"}
    assert ("dataset.license" in missing) == ("license" not in raw)
    fake = {
        f"/distribution/{number}/sha256"
        for number, part in enumerate(raw["distribution"])
        if not part.get("sha256", HEX).isalnum()
    }
    assert {p.pointer for p in loaded.problems if p.field == "file.sha256"} == fake


@needs_shared
@pytest.mark.parametrize(
    ("folder", "pointer", "code"),
    [
        ("distribution_bad_contained_in", "/distribution/0/containedIn/@id", "dangling"),
        ("distribution_bad_id", "/distribution/0/@id", "invalid"),
        ("distribution_missing_name", "/distribution/0", "missing"),
        ("distribution_missing_property_content_url", "/distribution/0", "missing"),
        ("metadata_bad_type", "/@type", "invalid"),
        ("metadata_missing_property_name", "", "missing"),
        ("mlfield_missing_source", "/recordSet/0/field/0", "missing"),
        ("recordset_wrong_join", "/recordSet/0", "invalid"),
    ],
)
def test_what_the_reference_implementation_refuses_is_a_problem_at_its_place(
    folder: str, pointer: str, code: str
) -> None:
    loaded = load_manifest(SHARED / "croissant_invalid" / folder / "metadata.json")
    assert (code, pointer) in problems(loaded)


@needs_shared
def test_valid_descriptions_have_no_problem_of_structure() -> None:
    structural = {"dangling", "conflict"}
    for path in sorted(SHARED.glob("croissant/*/metadata.json")):
        assert {str(problem.code) for problem in load_manifest(path).problems}.isdisjoint(structural), path
