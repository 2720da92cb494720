"""A manifest's claims as tables."""

from dataclasses import fields
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit import schemas
from corpus_audit.manifest.claims import Claims, claim_tables
from corpus_audit.manifest.model import Manifest
from corpus_audit.vocabulary import NOT_RECORDED

SOURCES = [
    {
        "id": "web",
        "kind": "web-crawl",
        "origin": {"url": "https://example.org", "contract": "C-1"},
        "collection": {"method": "crawled", "from": "2024-01", "until": "2024-02"},
        "license": {
            "expression": "MIT",
            "evidence": [
                {"kind": "url", "url": "https://example.org/license"},
                {"kind": "text", "file": "web/LICENSE"},
                {"kind": "metadata"},
            ],
        },
        "personal_information": {
            "present": "yes",
            "entity_types": ["PERSON", "EMAIL_ADDRESS"],
            "legal_basis": "consent",
        },
        "synthetic": {"generated": "yes", "generators": ["m-undescribed", "m-described"]},
        "processing": ["second", "first"],
        "folders": ["web/b", "web/a"],
        "ignore": ["**/*.bak"],
        "files": [
            {"path": "web/z", "size_bytes": 1, "sha256": "ab" * 32, "format": "jsonl", "fields": {"text": "body"}},
            {"path": "web/a"},
        ],
    },
    {"id": "archive", "origin": {"contract": "C-2"}},
    {"id": "hand", "origin": {"description": "written by hand"}},
]


def claims(**parts: Any) -> Claims:
    tree = {"manifest_version": "1", "dataset": {"id": "d", "release": "no", "languages": ["en"]}, **parts}
    return claim_tables(Manifest.model_validate(tree))


def rows(table: pa.Table, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in table.to_pylist()}


@pytest.mark.parametrize("parts", [{}, {"sources": SOURCES, "models": [{"id": "m-described"}]}], ids=["empty", "full"])
@pytest.mark.parametrize("name", [field.name for field in fields(Claims)])
def test_tables_have_their_schema_and_order(name: str, parts: dict[str, Any]) -> None:
    table = getattr(claims(**parts), name)
    declared = getattr(schemas, f"CLAIMED_{name.upper()}")
    assert table.schema.equals(declared.schema)
    keys = [tuple(row[column] for column in declared.key) for row in table.to_pylist()]
    assert keys == sorted(set(keys))


def test_the_dataset_is_one_row() -> None:
    (row,) = claims().dataset.to_pylist()
    assert row == {
        "dataset_id": "d",
        "version": NOT_RECORDED,
        "title": NOT_RECORDED,
        "description": NOT_RECORDED,
        "issuer": NOT_RECORDED,
        "intended_uses": [],
        "release": "no",
        "languages": ["en"],
    }


def test_a_source_that_says_nothing_is_not_recorded() -> None:
    row = rows(claims(sources=[{"id": "s"}]).sources, "source_id")["s"]
    numbers = {name: value for name, value in row.items() if not isinstance(value, str | list)}
    assert numbers == {"license_evidence": 0}
    assert {value for name, value in row.items() if isinstance(value, str)} == {"s", NOT_RECORDED}
    assert all(value == [] for value in row.values() if isinstance(value, list))


def test_a_source_that_says_much_says_it_all() -> None:
    row = rows(claims(sources=SOURCES).sources, "source_id")["web"]
    assert row["license_declared"] == "MIT"
    assert row["license_evidence"] == 3
    assert row["license_evidence_files"] == ["web/LICENSE"]
    assert row["license_evidence_urls"] == ["https://example.org/license"]
    assert row["personal_information_types"] == ["EMAIL_ADDRESS", "PERSON"]
    assert (row["collected_from"], row["collected_until"]) == ("2024-01", "2024-02")
    assert row["generator_models"] == ["m-described", "m-undescribed"]
    assert row["processing"] == ["second", "first"]


@pytest.mark.parametrize(
    ("source_id", "origin"), [("web", "https://example.org"), ("archive", "C-2"), ("hand", "written by hand")]
)
def test_the_origin_is_the_most_exact_there_is(source_id: str, origin: str) -> None:
    assert rows(claims(sources=SOURCES).sources, "source_id")[source_id]["origin"] == origin


def test_files_keep_the_place_of_their_declaration() -> None:
    files = rows(claims(sources=SOURCES).files, "file")
    assert files["web/a"]["pointer"] == "/sources/0/files/1"
    assert files["web/a"]["size_bytes"] is files["web/a"]["sha256"] is files["web/a"]["format"] is None
    assert files["web/z"]["pointer"] == "/sources/0/files/0"
    assert (files["web/z"]["format"], files["web/z"]["text_fields"]) == ("jsonl", ["body"])


def test_a_model_that_is_only_named_is_not_declared() -> None:
    models = rows(claims(sources=SOURCES, models=[{"id": "m-described", "role": "generator"}]).models, "model_id")
    assert {name: row["declared"] for name, row in models.items()} == {"m-described": True, "m-undescribed": False}
    assert models["m-described"]["role"] == "generator"
    assert models["m-undescribed"]["version"] == models["m-undescribed"]["license_declared"] == NOT_RECORDED


def test_what_is_told_becomes_rows_and_counts() -> None:
    told = {
        "models": [{"name": "b 1.0"}, {"name": "a 2.0", "depends_on": ["y", "x", "y"], "url": "https://example.org/a"}],
        "content_review": {"manual": {"sampled": 4000, "rejected": 12}, "keywords": 10_000},
        "ethics_review": {"listed": "yes", "approval": "E-7", "expires_at": "2027-01-01"},
        "rights_contact": {"name": "the rights desk"},
    }
    crawlers = [
        {"name": "Bot", "purpose": "training"},
        {"name": "Other", "purpose": "search", "behaviour": "keeps out"},
    ]
    source = {
        "id": "web",
        "disclosure": {
            "protection": {"copyright": "yes"},
            "crawl": {"crawlers": crawlers, "domains": [{"name": "example.org"}]},
            "content_review": {"before_collection": {"sampled": 10, "rejected": 0}},
        },
    }
    found = claims(disclosure=told, sources=[source])
    (whole,) = found.disclosure.to_pylist()
    assert (whole["trained_models"], whole["keywords"], whole["rights_contact"]) == (2, 10_000, "the rights desk")
    assert (whole["manual_sampled"], whole["manual_rejected"], whole["automatic_sampled"]) == (4000, 12, None)
    assert (whole["ethics_listed"], whole["ethics_approval"], whole["provider"]) == ("yes", "E-7", NOT_RECORDED)
    (web,) = found.source_disclosures.to_pylist()
    assert (web["copyright"], web["patent"], web["rights_holders"]) == ("yes", NOT_RECORDED, [])
    assert (web["crawlers"], web["crawler_purposes"], web["crawler_behaviours"]) == (["Bot", "Other"], 2, 1)
    assert (web["crawl_domains"], web["before_sampled"], web["after_sampled"]) == (1, 10, None)
    assert [model["trained_model"] for model in found.trained_models.to_pylist()] == ["a 2.0", "b 1.0"]
    assert found.trained_models.to_pylist()[0]["depends_on"] == ["x", "y"]


@pytest.mark.parametrize(
    "disclosure",
    [
        {"models": [{"name": "a"}, {"name": "a"}]},
        {"content_review": {"manual": {"sampled": 1, "rejected": 2}}},
        {"content_review": {"keywords": -1}},
    ],
)
def test_what_is_told_twice_or_cannot_be_is_refused(disclosure: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"disclosure"):
        claims(disclosure=disclosure)
