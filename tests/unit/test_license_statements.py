"""Where descriptions state licenses: evidence, other fields, the text of a card; and what may be shown of a name."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit.manifest.gaps import gaps_of
from corpus_audit.manifest.load import load_manifest
from corpus_audit.rights.card_text import read_card_text
from corpus_audit.rights.description_statements import read_license_statements
from corpus_audit.rights.shown_names import shown_names

FRONT = "---\nlicense: cc-by-4.0\n---\n"


def named(body: str) -> list[str]:
    return [found.stated for found in read_card_text(FRONT + body)]


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        ("This dataset is released under the CC BY-NC 4.0 license.", "CC BY-NC 4.0 license"),
        ("The data is made available under a [CC-BY-SA-4.0](https://x.org) license, as ever.", "CC-BY-SA-4.0 license"),
        ("Our new corpus is freely distributed under MIT License. See below.", "MIT License"),
        ("**License:** Apache 2.0", "Apache 2.0"),
        (
            "License: https://creativecommons.org/licenses/by-nc/4.0/.",
            "https://creativecommons.org/licenses/by-nc/4.0/",
        ),
        ("## Licensing Information\n\nCC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
        ("### License\n\n- ODbL-1.0\n", "ODbL-1.0"),
        ("# Licence\nLicensed under Apache 2.0 or MIT", "Apache 2.0 or MIT"),
    ],
)
def test_what_a_card_says_of_its_data(body: str, stated: str) -> None:
    assert named(body) == [stated]


@pytest.mark.parametrize(
    "body",
    [
        "We train with PyTorch, which is licensed under BSD-3-Clause.",
        "Other corpora are released under CC BY-NC 4.0.",
        "## License\n\nSee the LICENSE file. Please read it.\n\n## Citation\n\nMIT",
        "The dataset is released under terms that its authors set.",
        "See https://creativecommons.org/licenses/by-nc/4.0/ for what such licenses are.",
    ],
)
def test_what_a_card_says_of_other_works_is_not_taken(body: str) -> None:
    assert named(body) == []


def test_the_line_is_that_of_the_file() -> None:
    assert [found.line for found in read_card_text(f"{FRONT}\n# A\n\nLicense: MIT\n")] == [7]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("free  for\nall", "free for all"),
        ("ask jane.q@contoso.com", "ask ***"),
        ("https://jane:pw@contoso.com/a?token=1#x", "https://contoso.com/a"),
        ("© 2024 Jane Doe", "***"),
        ("x" * 81, "x" * 80 + "…"),
        ("jane.q@contoso.com " * 100, None),
        ("", ""),
    ],
)
def test_what_is_shown_of_an_unknown_name(name: str, shown: str | None) -> None:
    (found,) = shown_names([name])
    assert found == shown if shown is not None else "contoso" not in found
    assert len(found) <= 81


def statements(path: Path) -> list[tuple[str, str, str, str]]:
    rows = read_license_statements(load_manifest(path)).to_pylist()
    return [(row["kind"], row["stated"], row["document"], row["pointer"]) for row in rows]


def write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content))
    return path


def native(**more: Any) -> dict[str, Any]:
    return {"manifest_version": "1", "dataset": {"id": "d"}, **more}


def test_a_manifest_states_its_license_and_the_addresses_of_its_evidence(tmp_path: Path) -> None:
    evidence = [{"kind": "url", "url": "https://example.org/terms"}, {"kind": "text", "file": "LICENSE"}]
    manifest = native(sources=[{"id": "s", "license": {"expression": "MIT", "evidence": evidence}}])
    assert statements(write(tmp_path / "manifest.yaml", manifest)) == [
        ("declared", "MIT", "manifest.yaml", "/sources/0/license/expression"),
        ("address", "https://example.org/terms", "manifest.yaml", "/sources/0/license/evidence/0/url"),
    ]


def test_a_license_that_a_description_contradicts_elsewhere_is_a_statement(tmp_path: Path) -> None:
    described = {
        "Unique Dataset Identifier": "tides",
        "Dataset Name": "Tides",
        "Collection": "Harbours",
        "Licenses": [{"License": "CC-BY-4.0", "License URL": ""}],
        "Creators": ["An archive"],
        "Languages": ["English"],
        "Text Sources": ["harbours"],
        "Inferred Metadata": {"GitHub License": "CC-BY-NC-4.0"},
    }
    found = statements(write(tmp_path / "tides.json", json.dumps({"tides": described})))
    assert [(kind, stated) for kind, stated, *_ in found] == [("declared", "CC-BY-4.0"), ("field", "CC-BY-NC-4.0")]
    assert found[1][3].endswith("/Inferred Metadata/GitHub License")


@pytest.mark.parametrize("correction", ["CC0-1.0", {"expression": "CC0-1.0"}])
def test_a_corrected_license_says_so(tmp_path: Path, correction: Any) -> None:
    write(tmp_path / "card" / "README.md", "---\nlicense: cc-by-4.0\npretty_name: Tides\n---\nLicense: MIT\n")
    include = [{"path": "card", "corrections": [{"set": {"license": correction}}]}]
    found = statements(write(tmp_path / "manifest.yaml", native(include=include)))
    assert found[0][:3] == ("corrected", "CC0-1.0", "manifest.yaml")


class TestPerRecord:
    """A manifest that says that every record states its own license."""

    def expressions(self, path: Path) -> dict[str, str]:
        return {source.id: source.license.expression for source in load_manifest(path).manifest.sources}

    def test_a_license_may_be_written_as_its_expression_alone(self, tmp_path: Path) -> None:
        sources = [{"id": "a", "license": "per-record"}, {"id": "b", "license": "MIT"}, {"id": "c", "license": None}]
        path = write(tmp_path / "manifest.yaml", native(sources=sources))
        assert self.expressions(path) == {"a": "per-record", "b": "MIT", "c": "not-recorded"}

    def test_what_a_dataset_says_counts_for_sources_that_declare_none(self, tmp_path: Path) -> None:
        sources = [{"id": "a"}, {"id": "b", "license": "MIT"}]
        manifest = native(sources=sources) | {"dataset": {"id": "d", "license": "per-record"}}
        path = write(tmp_path / "manifest.yaml", manifest)
        assert self.expressions(path) == {"a": "per-record", "b": "MIT"}
        asked = {gap.source_id for gap in gaps_of(load_manifest(path)) if gap.question.field.endswith("expression")}
        assert asked == set()

    def test_an_included_dataset_speaks_for_its_own_sources(self, tmp_path: Path) -> None:
        inner = native(sources=[{"id": "a"}]) | {"dataset": {"id": "inner", "license": "per-record"}}
        write(tmp_path / "inner" / "manifest.yaml", inner)
        path = write(tmp_path / "manifest.yaml", native(include=[{"path": "inner"}], sources=[{"id": "own"}]))
        assert self.expressions(path) == {"own": "not-recorded", "a": "per-record"}
