"""Folders that save_to_disk of the datasets package wrote, as descriptions: one source, and splits as splits."""

import json
from pathlib import Path

import pytest

from corpus_audit.corpus.paths import path_matcher
from corpus_audit.manifest.described_folder import make_draft
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.vocabulary import NOT_RECORDED, ClaimProblemCode, FileFormat
from unit.saved_datasets import LICENSE, datasets, rows_of, saved_split, write_leaked

ARROW = "data-00000-of-00001.arrow"
SPLITS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_leaked(tmp_path_factory.mktemp("saved") / "notes")


def splits_of(manifest: Manifest) -> dict[str, str | None]:
    (source,) = manifest.sources
    return {file.path: file.split for file in source.files}


def test_the_splits_of_a_saved_dataset_are_one_source(saved: Path) -> None:
    loaded = load_manifest(saved)
    (source,) = loaded.manifest.sources
    assert (loaded.format, source.id, loaded.problems) == ("save-to-disk", "notes", ())
    assert splits_of(loaded.manifest) == {f"{split}/{ARROW}": split for split in SPLITS}
    assert {file.format for file in source.files} == {FileFormat.ARROW}
    assert {file.fields.text for file in source.files} == {("text",)}


def test_what_dataset_info_says_becomes_claims_with_their_places(saved: Path) -> None:
    loaded = load_manifest(saved)
    (source,) = loaded.manifest.sources
    assert (source.license.expression, source.origin.url) == (LICENSE, "https://example.org/notes")
    assert source.origin.description == "@misc{notes}"
    assert loaded.manifest.dataset.description == "Notes of a harbour office."
    (origin,) = (found for found in loaded.origins if found.pointer == "/sources/0/license/expression")
    assert (origin.document, origin.received_pointer) == ("train/dataset_info.json", "/license")


def test_its_documents_are_received_and_are_no_records(saved: Path) -> None:
    loaded = load_manifest(saved)
    (source,) = loaded.manifest.sources
    about = {"dataset_dict.json", *(f"{s}/{name}" for s in SPLITS for name in ("dataset_info.json", "state.json"))}
    assert {document.name for document in loaded.documents} == about
    assert source.folders == (".",)
    assert all(map(path_matcher(source.ignore), about))
    assert not path_matcher(source.ignore)(f"train/{ARROW}")


def test_a_change_of_any_document_is_another_manifest(tmp_path: Path) -> None:
    folder = write_leaked(tmp_path / "notes")
    before = load_manifest(folder).sha256
    info = folder / "test" / "dataset_info.json"
    info.write_text(info.read_text().replace(LICENSE, "CC-BY-NC-4.0"))
    loaded = load_manifest(folder)
    (problem,) = loaded.problems
    assert loaded.sha256 != before
    assert (problem.code, problem.document, problem.pointer) == (
        ClaimProblemCode.CONFLICT,
        "test/dataset_info.json",
        "/license",
    )


def test_one_split_that_was_saved_by_itself(tmp_path: Path) -> None:
    whole = datasets.Dataset.from_list([{"text": text} for text in rows_of("test", 3)], split="test")
    whole.save_to_disk(tmp_path / "alone", num_shards=2)
    loaded = load_manifest(tmp_path / "alone")
    shards = [f"data-0000{n}-of-00002.arrow" for n in range(2)]
    assert splits_of(loaded.manifest) == dict.fromkeys(shards, "test")
    assert [document.name for document in loaded.documents] == ["dataset_info.json", "state.json"]


def test_without_a_split_that_is_recorded_none_is_claimed(tmp_path: Path) -> None:
    saved_split(rows_of("x", 3)).save_to_disk(tmp_path / "alone")
    assert splits_of(load_manifest(tmp_path / "alone").manifest) == {ARROW: None}


def test_without_its_state_a_split_is_what_lies_there(tmp_path: Path) -> None:
    folder = write_leaked(tmp_path / "notes")
    (folder / "test" / "state.json").unlink()
    loaded = load_manifest(folder)
    assert splits_of(loaded.manifest)[f"test/{ARROW}"] == "test"
    assert [(str(p.code), p.document, p.pointer) for p in loaded.problems] == [
        ("missing", "dataset_dict.json", "/splits/2")
    ]


@pytest.mark.parametrize("name", ["../train", "/etc", "a/b", ""])
def test_a_split_is_a_folder_of_the_dataset(name: str, tmp_path: Path) -> None:
    (tmp_path / "dataset_dict.json").write_text(json.dumps({"splits": [name]}))
    loaded = load_manifest(tmp_path)
    assert loaded.manifest.sources[0].files == ()
    assert len(loaded.documents) == 1


def test_documents_behind_a_link_that_leads_out_are_not_read(tmp_path: Path) -> None:
    write_leaked(tmp_path / "elsewhere")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "dataset_dict.json").write_text(json.dumps({"splits": ["train"]}))
    (tmp_path / "notes" / "train").symlink_to(tmp_path / "elsewhere" / "train")
    assert len(load_manifest(tmp_path / "notes").documents) == 1


def test_nested_features_are_found(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "why"}, {"role": "assistant", "content": "because"}]
    row = {"id": 1, "messages": turns, "meta": {"url": "https://example.org"}}
    datasets.Dataset.from_list([row]).save_to_disk(tmp_path / "talk")
    (file,) = load_manifest(tmp_path / "talk").manifest.sources[0].files
    assert file.fields.url == "/meta/url"
    assert "/messages/*/content" in file.fields.text


def test_what_the_package_fills_in_by_itself_is_no_claim(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in rows_of("row", 5)))
    loaded = datasets.load_dataset("json", data_files={"train": str(rows)}, cache_dir=str(tmp_path / "cache"))
    loaded.save_to_disk(tmp_path / "notes")
    manifest = load_manifest(tmp_path / "notes").manifest
    (source,) = manifest.sources
    assert (manifest.dataset.id, manifest.dataset.version, manifest.dataset.description) == (
        "notes",
        NOT_RECORDED,
        NOT_RECORDED,
    )
    assert (source.id, source.license.expression, source.origin.url) == ("notes", NOT_RECORDED, None)


def test_init_completes_it_with_sizes_and_checksums(saved: Path) -> None:
    draft = make_draft(saved)
    (source,) = draft.manifest.sources
    assert draft.description == "dataset_dict.json"
    assert splits_of(draft.manifest) == {f"{split}/{ARROW}": split for split in SPLITS}
    assert all(file.sha256 and file.size_bytes for file in source.files)
    assert source.license.expression == LICENSE


def test_init_from_the_folder_above(saved: Path) -> None:
    (source,) = make_draft(saved.parent).manifest.sources
    assert {file.path: file.split for file in source.files} == {f"notes/{s}/{ARROW}": s for s in SPLITS}
    assert path_matcher(source.ignore)("notes/train/state.json")


def test_splits_that_were_saved_one_by_one_are_one_source(tmp_path: Path) -> None:
    for split in SPLITS:
        saved_split(rows_of(split, 3)).save_to_disk(tmp_path / "notes" / split)
    manifest = make_draft(tmp_path / "notes").manifest
    (source,) = manifest.sources
    assert (source.id, source.license.expression) == ("notes", LICENSE)
    assert splits_of(manifest) == {f"{split}/{ARROW}": split for split in SPLITS}
    assert set(source.folders) == set(SPLITS)
    assert path_matcher(source.ignore)("test/state.json")


def test_splits_under_other_licenses_stay_sources(tmp_path: Path) -> None:
    saved_split(rows_of("train", 3)).save_to_disk(tmp_path / "notes" / "train")
    saved_split(rows_of("test", 3), "MIT").save_to_disk(tmp_path / "notes" / "test")
    sources = make_draft(tmp_path / "notes").manifest.sources
    assert {source.id: source.license.expression for source in sources} == {"train": LICENSE, "test": "MIT"}
    assert {file.split for source in sources for file in source.files} == {"train", "test"}


def test_a_saved_dataset_deeper_in_a_folder_has_no_documents_among_its_records(tmp_path: Path) -> None:
    write_leaked(tmp_path / "corpus" / "books" / "notes")
    (source,) = make_draft(tmp_path / "corpus").manifest.sources
    assert {file.path: file.split for file in source.files} == {f"books/notes/{s}/{ARROW}": s for s in SPLITS}
    assert path_matcher(source.ignore)("books/notes/dataset_dict.json")


def test_a_card_beside_it_is_read_and_its_documents_are_no_records(tmp_path: Path) -> None:
    folder = write_leaked(tmp_path / "notes")
    (folder / "README.md").write_text("---\nlicense: mit\nlanguage: en\n---\n")
    draft = make_draft(folder)
    assert draft.description == "README.md"
    assert splits_of(draft.manifest) == {f"{split}/{ARROW}": split for split in SPLITS}


def test_a_readme_that_is_no_card_does_not_hide_it(tmp_path: Path) -> None:
    folder = write_leaked(tmp_path / "notes")
    (folder / "README.md").write_text("# Notes\n")
    assert load_manifest(folder).format == "save-to-disk"
