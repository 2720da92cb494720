"""Splits by the names of files and folders, in manifests, and in drafts."""

from pathlib import Path
from typing import Any

import pytest

from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.described_folder import make_draft
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.manifest.splits import KEYWORDS, known_split, role_of_split, splits_by_name
from corpus_audit.vocabulary import SplitRole

ROW = '{"text": "a row of words"}\n'


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("train.jsonl", "train"),
        ("my_train_file.csv", "train"),
        ("data/train-00000-of-00002.parquet", "train"),
        ("data/validation_matched-00000-of-00001.parquet", "validation_matched"),
        ("data/holdout-00000-of-00001.parquet", "holdout"),
        ("data/validation/part-1.parquet", "validation"),
        ("en/dev/0.jsonl.gz", "validation"),
        ("test-clean/0.tar", "test"),
        ("eval.json", "test"),
        ("training2.csv", "train"),
        ("trainer.jsonl", None),
        ("latest.jsonl", None),
        ("words.parquet", None),
        ("data/data-00000-of-00001.arrow", None),
        ("tests/test_parser.py", None),
        ("src/test/java/Parser.java", None),
        ("test/notes.txt", None),
    ],
)
def test_a_path_tells_its_split(path: str, split: str | None) -> None:
    assert splits_by_name([path]).get(path) == split


def test_folders_of_pictures_tell_when_training_and_evaluation_lie_beside_each_other() -> None:
    paths = ["set/train/cat/1.png", "set/test/cat/2.png", "other/test/3.png"]
    assert splits_by_name(paths) == {"set/train/cat/1.png": "train", "set/test/cat/2.png": "test"}


def test_the_words_are_those_of_the_hub() -> None:
    data_files = pytest.importorskip("datasets.data_files")
    theirs = {word: str(split) for split, words in data_files.SPLIT_KEYWORDS.items() for word in words}
    assert {word: str(split) for word, split in KEYWORDS.items()} == theirs


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("train", SplitRole.TRAINING),
        ("train[:10%]", SplitRole.TRAINING),
        ("train.clean.360", SplitRole.TRAINING),
        ("validation_matched", SplitRole.EVALUATION),
        ("test_sft", SplitRole.EVALUATION),
        ("unsupervised", SplitRole.OTHER),
    ],
)
def test_a_name_tells_what_a_split_is_for(name: str, role: SplitRole) -> None:
    assert role_of_split(name) is role


def test_a_name_of_no_known_word_is_kept() -> None:
    assert known_split("unsupervised") is None


def claimed(source: str) -> dict[str, str | None]:
    text = f"manifest_version: 1\ndataset: {{id: d}}\nsources: [{source}]\n"
    return {row["file"]: row["split"] for row in claim_tables(parse_manifest(text.encode())).files.to_pylist()}


def test_a_file_says_its_split_or_its_source_does_by_patterns() -> None:
    files = "files: [{path: a/1.txt}, {path: a/2.txt, split: dev}, {path: b/1.txt}, {path: c/1.txt}]"
    splits = "splits: [{split: train, files: 'a/*'}, {split: test, files: ['b/**', 'a/*']}]"
    expected = {"a/1.txt": "train", "a/2.txt": "dev", "b/1.txt": "test", "c/1.txt": None}
    assert claimed(f"{{id: s, {splits}, {files}}}") == expected


Files = dict[str, str | None]


def drafted(folder: Path, *names: str) -> dict[str, Files]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(ROW)
    return {s.id: {file.path: file.split for file in s.files} for s in make_draft(folder).manifest.sources}


def test_folders_called_after_splits_are_one_source_of_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    assert drafted(folder, "train/a.jsonl", "test/a.jsonl", "val/a.jsonl", "LICENSE") == {
        "notes": {"LICENSE": None, "test/a.jsonl": "test", "train/a.jsonl": "train", "val/a.jsonl": "validation"}
    }
    (source,) = make_draft(folder).manifest.sources
    assert source.folders == (".",)


def test_other_folders_beside_splits_stay_sources(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    found = drafted(folder, "train/a.jsonl", "test/a.jsonl", "books/train-00000-of-00001.jsonl")
    assert found == {
        "books": {"books/train-00000-of-00001.jsonl": "train"},
        "notes": {"test/a.jsonl": "test", "train/a.jsonl": "train"},
    }
    assert make_draft(folder).manifest.sources[1].folders == ("test", "train")


def test_a_folder_called_test_without_a_training_split_is_a_source_like_others(tmp_path: Path) -> None:
    assert set(drafted(tmp_path / "code", "src/a.py", "test/b.py")) == {"src", "test"}


CARD = "---\nlicense: mit\nlanguage: en\n{configs}---\n"


@pytest.mark.parametrize(
    "data_files",
    [{"dev": "a.csv"}, {"dev": ["a.csv"]}, [{"split": "dev", "path": "a.csv"}], [{"split": "dev", "path": ["a.csv"]}]],
)
def test_a_card_states_splits(data_files: Any, tmp_path: Path) -> None:
    configs = f"configs: [{{config_name: d, data_files: {data_files}}}]\n"
    (tmp_path / "README.md").write_text(CARD.format(configs=configs))
    assert drafted(tmp_path, "a.csv")[_only(tmp_path)] == {"a.csv": "dev"}


def test_without_patterns_the_names_of_a_snapshot_tell(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD.format(configs=""))
    names = ("data/train-00000-of-00001.jsonl", "data/test-00000-of-00001.jsonl")
    assert drafted(tmp_path, *names)[_only(tmp_path)] == {names[1]: "test", names[0]: "train"}


def _only(folder: Path) -> str:
    (source,) = make_draft(folder).manifest.sources
    return source.id
