"""What nobody recorded becomes a question, with the reason why it is open."""

from collections.abc import Collection
from typing import Any

import pytest

from corpus_audit.manifest.gaps import QUESTIONS, find_gaps
from corpus_audit.manifest.model import Manifest
from corpus_audit.vocabulary import WHOLE_DATASET

ANSWERED = {
    "id": "s",
    "kind": "web-crawl",
    "origin": {"url": "https://example.org"},
    "collector": "C",
    "collection": {"method": "m", "from": "2024", "until": "2025"},
    "license": {"expression": "MIT", "evidence": [{"kind": "metadata"}]},
    "personal_information": {"present": "no"},
    "opt_outs": {"checked": "yes"},
    "synthetic": {"generated": "no"},
    "files": [{"path": "a"}],
}
DATASET = {
    "id": "d",
    "version": "1",
    "issuer": "I",
    "intended_uses": ["internal-training"],
    "release": "no",
    "languages": ["en"],
}


def gaps(
    source: dict[str, Any],
    unusable: Collection[tuple[str, str]] = (),
    targets: frozenset[str] | None = None,
    dataset: dict[str, Any] | None = None,
) -> dict[tuple[str, str], str]:
    tree = {"manifest_version": "1", "dataset": dataset or DATASET, "sources": [source]}
    found = find_gaps(Manifest.model_validate(tree), unusable, lambda _source_id: targets)
    return {(gap.source_id, gap.question.field): str(gap.reason) for gap in found}


def test_where_everything_is_recorded_nothing_is_asked() -> None:
    assert gaps(ANSWERED) == {}


def test_where_nothing_is_recorded_everything_is_asked_but_what_follows_from_an_answer() -> None:
    asked = gaps({"id": "s"}, dataset={"id": "d"})
    everything = {question.field for questions in QUESTIONS.values() for question in questions}
    assert everything - {field for _, field in asked} == {
        "source.personal_information.legal_basis",
        "source.synthetic.generators",
    }
    assert {owner for owner, field in asked if field.startswith("dataset.")} == {WHOLE_DATASET}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"collection": {"method": "m", "from": "2024"}}, "source.collection.from"),
        ({"personal_information": {"present": "yes"}}, "source.personal_information.legal_basis"),
        ({"synthetic": {"generated": "yes"}}, "source.synthetic.generators"),
        ({"files": []}, "source.files"),
    ],
)
def test_an_answer_may_open_a_question(change: dict[str, Any], field: str) -> None:
    assert gaps(ANSWERED | change) == {("s", field): "left-out"}


def test_a_published_package_needs_no_collector() -> None:
    assert (
        gaps(ANSWERED | {"kind": "software-package", "collector": "not-recorded", "collection": {"method": "m"}}) == {}
    )


def test_the_reason_tells_a_format_that_cannot_say_it_from_an_answer_that_was_none() -> None:
    open_source = ANSWERED | {"collector": "not-recorded", "origin": {}, "files": []}
    found = gaps(
        open_source, {("s", "source.origin.url"), ("t", "file.path")}, frozenset({"source.origin.url", "file.path"})
    )
    assert found == {
        ("s", "source.collector"): "cannot-say",
        ("s", "source.origin"): "unusable",
        ("s", "source.files"): "left-out",
    }
