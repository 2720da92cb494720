"""The manifest of a cleaned dataset: what stays of sources, files and people."""

from corpus_audit.manifest.derived import derived_manifest, supporting_files
from corpus_audit.manifest.model import Manifest

SHA = "a" * 64


def manifest() -> Manifest:
    return Manifest.model_validate(
        {
            "manifest_version": "1",
            "dataset": {"id": "d"},
            "sources": [
                {
                    "id": "kept",
                    "derived_from": ["older"],
                    "license": {"expression": "MIT", "evidence": [{"kind": "text", "file": "LICENSE"}]},
                    "files": [
                        {"path": "a.jsonl", "subjects": ["p1", "p2"]},
                        {"path": "gone.txt"},
                        {"path": "lost.txt"},
                    ],
                },
                {"id": "gone", "files": [{"path": "b.txt"}]},
                {"id": "empty"},
            ],
            "subjects": [{"id": "p1"}, {"id": "p2"}],
            "subjects_table": {"path": "people.csv"},
        }
    )


FILES = {("kept", "a.jsonl"): (7, SHA), ("kept", "gone.txt"): None, ("gone", "b.txt"): None}


def test_what_stays_is_described_anew() -> None:
    cleaned = derived_manifest(manifest(), FILES, "d (audit x)", {"kept": "3 rows left out"}, frozenset({"p1"}))
    assert cleaned.dataset.version == "cleaned"
    assert [source.id for source in cleaned.sources] == ["kept", "empty"]
    kept = cleaned.sources[0]
    assert [(file.path, file.size_bytes, file.sha256) for file in kept.files] == [
        ("a.jsonl", 7, SHA),
        ("lost.txt", None, None),
    ], "a file that was not there stays declared"
    assert kept.derived_from == ("older", "d (audit x)")
    assert kept.processing == ("3 rows left out",)
    assert kept.files[0].subjects == ("p2",)
    assert [person.id for person in cleaned.subjects] == ["p2"]


def test_supporting_files_are_those_beside_the_data() -> None:
    assert supporting_files(manifest()) == ["LICENSE", "people.csv"]
