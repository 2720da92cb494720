"""Our reading of the license names that the Data Provenance Initiative met, where its files are at hand."""

import json
import runpy
from pathlib import Path

import pytest

from corpus_audit.rights.licenses import resolve_license
from corpus_audit.vocabulary import LicenseState

REPOSITORY = Path(__file__).parents[2]
THEIR_FILES = REPOSITORY.parent / "shared" / "data" / "dpi"

pytestmark = pytest.mark.skipif(not THEIR_FILES.is_dir(), reason="the Data Provenance Initiative's files are not here")


@pytest.fixture
def script():
    return runpy.run_path(str(REPOSITORY / "scripts" / "compare_license_classes.py"))


@pytest.fixture
def comparisons(script):
    return script["compare"](read("license_classes.json"))


def read(name):
    return json.loads((THEIR_FILES / name).read_text(encoding="utf-8"))


def test_every_difference_is_explained_and_every_explanation_needed(script, comparisons):
    assert len(comparisons) == 66
    assert list(script["problems"](comparisons)) == []


def test_the_page_is_fresh(script, comparisons):
    assert script["PAGE"].read_text(encoding="utf-8") == script["render"](comparisons)


def test_a_class_that_does_not_resolve_permits_nothing(comparisons):
    for comparison in comparisons:
        if comparison.state != LicenseState.RESOLVED:
            assert comparison.ours == ("unknown", "unknown", "unknown")


def declared_licenses():
    for path in sorted((THEIR_FILES / "summaries").glob("*.json")):
        for dataset in json.loads(path.read_text(encoding="utf-8")).values():
            for declared in dataset["Licenses"]:
                yield from (declared.get("License") or "", declared.get("License URL") or "")


def paraphrases():
    return [name for names in read("license_paraphrases.json").values() for name in names]


def test_every_declared_license_resolves_or_says_why():
    declared = [*declared_licenses(), *paraphrases()]
    assert len(declared) > 400
    for text in declared:
        resolved = resolve_license(text)
        assert (resolved.state == LicenseState.RESOLVED) == (resolved.reason == "")
        assert bool(resolved.licenses) == (resolved.state == LicenseState.RESOLVED)


def test_most_of_their_spellings_are_known():
    states = [resolve_license(text).state for text in paraphrases()]
    assert states.count(LicenseState.UNRECOGNISED) / len(states) < 0.2
