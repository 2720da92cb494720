"""References made anew when their works changed: in one step, and never at the cost of an audit that is under way."""

import json

import pyarrow.parquet as pq
import pytest

from corpus_audit import pipeline, schemas
from corpus_audit.errors import ManifestError, StoreError
from corpus_audit.references import ReferenceStore
from corpus_audit.references.refreshing import refresh_reference
from corpus_audit.vocabulary import ReferenceKind

pytestmark = pytest.mark.slow

POEM = "The evening star rises over hill and valley while nobody at all is looking up at the wide sky"
ODE = "Above the silent harbour hangs a lamp that somebody forgot to put out when the last ship had left"


@pytest.fixture
def works(tmp_path):
    folder = tmp_path / "works"
    folder.mkdir()
    (folder / "poem.txt").write_text(POEM)
    return folder


@pytest.fixture
def refresh(works, tmp_path):
    """Return what makes the reference 'poems' anew from the folder of works."""

    def make(kind=ReferenceKind.PROTECTED_WORKS):
        return refresh_reference(tmp_path / "store", "poems", [str(works)], kind)

    return make


def items_of(reference):
    return pq.read_table(reference.path)["item"].to_pylist()


def test_a_reference_is_made_when_its_works_changed_and_only_then(refresh, works):
    first = refresh()
    assert first.was_made
    assert items_of(first.reference) == ["works/poem.txt"]
    (works / "poem.txt").write_text(POEM)
    before = first.reference.path.stat()
    again = refresh()
    assert not again.was_made
    assert again.reference.path.stat() == before
    (works / "ode.txt").write_text(ODE)
    changed = refresh()
    assert changed.was_made
    assert items_of(changed.reference) == ["works/ode.txt", "works/poem.txt"]
    assert refresh(ReferenceKind.OPT_OUT).reference.kind == ReferenceKind.OPT_OUT


def test_a_reference_is_never_less_because_a_work_cannot_be_read(refresh, works, tmp_path):
    before = refresh().reference
    (works / "more.jsonl").write_text(json.dumps({"text": ODE}) + "\n{broken\n")
    with pytest.raises(StoreError, match="stays as it was"):
        refresh()
    for path in works.iterdir():
        path.unlink()
    with pytest.raises(ManifestError):
        refresh()
    assert ReferenceStore(tmp_path / "store").open("poems").sha256 == before.sha256


def test_an_audit_that_is_under_way_ends_with_the_reference_it_began_with(refresh, works, tmp_path):
    store, corpus = tmp_path / "store", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "page.txt").write_text(f"{POEM}. {ODE}.")
    (corpus / "manifest.json").write_text(
        json.dumps({
            "manifest_version": "1",
            "dataset": {"id": "pages"},
            "sources": [{"id": "pages", "files": [{"path": "page.txt"}]}],
        })
    )  # fmt: skip
    refresh()
    audit = pipeline.ingest(corpus / "manifest.json", store)
    (works / "poem.txt").write_text(ODE)
    refresh()
    (works / "poem.txt").write_text(f"{ODE} again")
    refresh()
    pipeline.measure(audit, 0)
    hits = audit.read(pipeline.measure_folder(0), schemas.REFERENCE_HITS).to_pylist()
    assert [(hit["item"], hit["start_bytes"]) for hit in hits] == [("works/poem.txt", [0])]
    pipeline.deduplicate(audit)
    for text in (POEM, ODE):
        (works / "poem.txt").write_text(text)
        refresh()
    kept = [path.name for path in (store / "references" / "earlier").iterdir()]
    assert len(kept) == 1, "what no audit needs any more is not kept"
