"""One index of all audits' signatures: its answers do not depend on how its runs were made, merged or damaged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.dedup.bands import Bands
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex, key_schema
from corpus_audit.dedup.store_index import IndexedAudit, Run, StoreIndex, find_matches
from corpus_audit.dedup.store_index import index as index_module
from corpus_audit.dedup.store_index import rows as rows_module
from corpus_audit.dedup.store_index import runs as runs_module
from corpus_audit.dedup.store_index.matches import MEMBERS
from corpus_audit.dedup.store_index.rows import DamagedRowsError
from corpus_audit.dedup.store_index.runs import differing_audits, write_run
from corpus_audit.store import write_table

BANDS = Bands(3, 4)
Match = tuple[str, int, int, bool]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks, stretches, parts and levels so small that a few hundred rows need several of each."""
    monkeypatch.setattr(rows_module, "BLOCK_ROWS", 16)
    monkeypatch.setattr(rows_module, "STRETCH", 4)
    monkeypatch.setattr(runs_module, "PART_ROWS", 64)
    monkeypatch.setattr(index_module, "_LEVEL_0_ROWS", 300)


def signatures(folder: Path, number: int, texts: list[int]) -> SignatureIndex:
    """Return the own index of an audit of some texts; texts with the same hundreds collide in the first band."""
    folder.mkdir(parents=True)
    index = SignatureIndex(folder)
    contents = np.arange(len(texts))
    digests = [int(text).to_bytes(4) * 8 for text in texts]
    ids = [f"{number:016x}:{content}" for content in contents]
    rows = pa.table([contents, ids, np.full(len(texts), 40), pa.array(digests, pa.binary(32))], schema=CONTENTS.schema)
    write_table(index.contents_path, CONTENTS, rows)
    keys = np.random.default_rng(texts).integers(-(2**62), 2**62, (BANDS.count, len(texts)))
    keys[0] = np.array(texts) // 100 * 7919 - 2**40
    pq.write_table(pa.table([contents, *keys], schema=key_schema(BANDS)), index.bands_path)
    return index


def sources(folder: Path, audits: int = 20) -> dict[IndexedAudit, SignatureIndex]:
    """Return audits that each share an equal text and a bucket with the next."""
    return {
        IndexedAudit(f"audit-{n:02}", f"{n:064x}"): signatures(
            folder / str(n), n, [n * 100 + 5, n * 100 + 6, (n + 1) * 100 + 5, *range(90_000 + n * 50, 90_020 + n * 50)]
        )
        for n in range(audits)
    }


def matches_of(own: Run, index: StoreIndex, wanted: list[IndexedAudit], folder: Path) -> list[Match]:
    found = find_matches(own, index.holding(wanted), {a: n for n, a in enumerate(wanted)}, folder)
    rows = [row for part in range(found.partitions) for row in found.take(part).to_pylist()]
    found.delete()
    return sorted((wanted[r["audit"]].audit_id, r["content"], r["other"], r["is_exact"]) for r in rows)


@pytest.fixture
def audits(tmp_path: Path) -> dict[IndexedAudit, SignatureIndex]:
    return sources(tmp_path / "audits")


@pytest.fixture
def own(tmp_path: Path) -> Run:
    """Return an audit with the text 705, another of its bucket, and one that no other audit has."""
    (tmp_path / "own").mkdir()
    texts = signatures(tmp_path / "own-signatures", 99, [705, 788, 1_000_000])
    return write_run(tmp_path / "own", {IndexedAudit("own", "0" * 64): texts})


def one_by_one(index: StoreIndex, audits: dict[IndexedAudit, SignatureIndex]) -> None:
    for audit, signed in audits.items():
        index.add({audit: signed})


EXPECTED = [
    ("audit-06", 0, 2, False),
    ("audit-06", 0, 2, True),
    ("audit-06", 1, 2, False),
    ("audit-07", 0, 0, False),
    ("audit-07", 0, 0, True),
    ("audit-07", 0, 1, False),
    ("audit-07", 1, 0, False),
    ("audit-07", 1, 1, False),
]


def test_answers_are_the_same_however_runs_were_made(
    tmp_path: Path, own: Run, audits: dict[IndexedAudit, SignatureIndex]
) -> None:
    wanted = list(audits)
    once, merged, twice = (StoreIndex(tmp_path / name) for name in ("once", "merged", "twice"))
    once.add(audits)
    assert matches_of(own, once, wanted, tmp_path / "m1") == EXPECTED
    one_by_one(merged, audits)
    assert len(merged.runs()) == 20
    merged.merge()
    assert len(merged.runs()) < 8
    assert matches_of(own, merged, wanted, tmp_path / "m2") == EXPECTED
    one_by_one(twice, audits)
    twice.add(audits)  # another process added the same meanwhile
    assert matches_of(own, twice, wanted, tmp_path / "m3") == EXPECTED
    assert len(twice.superseded()) == 20
    assert matches_of(own, once, [a for a in wanted if a.audit_id != "audit-07"], tmp_path / "m4") == EXPECTED[:3]


def test_an_audit_in_no_run_is_missing_and_never_passed_over(
    tmp_path: Path, own: Run, audits: dict[IndexedAudit, SignatureIndex]
) -> None:
    index, (first, *others) = StoreIndex(tmp_path / "index"), list(audits)
    index.add({audit: audits[audit] for audit in others})
    assert index.missing(audits) == [first]
    remade = IndexedAudit(others[0].audit_id, "f" * 64)
    assert index.missing([remade]) == [remade], "its signatures were made again since"
    with pytest.raises(Exception, match="1 audits are not in the index"):
        matches_of(own, index, list(audits), tmp_path / "m")


def test_what_was_changed_is_noticed_and_dropped(
    tmp_path: Path, own: Run, audits: dict[IndexedAudit, SignatureIndex]
) -> None:
    index = StoreIndex(tmp_path / "index")
    for half in (list(audits)[:10], list(audits)[10:]):
        index.add({audit: audits[audit] for audit in half})
    holding_7 = next(run for run in index.runs() if list(audits)[7] in run.audits)
    path = holding_7.files[rows_module.RowKind.BANDS].path
    content = bytearray(path.read_bytes())
    content[8::16] = bytes(len(content[8::16]))
    path.write_bytes(content)
    with pytest.raises(DamagedRowsError):
        matches_of(own, index, list(audits), tmp_path / "m1")
    index.drop_damaged()
    assert index.missing(audits) == list(audits)[:10]
    (run,) = index.runs()
    marker = run.folder / "run.json"
    marker.write_text(marker.read_text().replace("audit-19", "audit-77"))
    assert index.runs() == []
    assert [folder for folder, _ in index.unreadable()] == [run.folder]


def test_a_deleted_audit_leaves_every_run(tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex]) -> None:
    index, gone = StoreIndex(tmp_path / "index"), list(audits)[7]
    index.add(audits)
    rows_before = index.runs()[0].rows
    index.forget(lambda audit: audit == gone)
    (after,) = index.runs()
    assert set(after.audits) == set(audits) - {gone}
    assert after.rows == rows_before - 23 * (1 + BANDS.count)
    assert list(differing_audits(after, audits)) == []
    index.forget(lambda audit: True)
    assert index.runs() == []
    assert list(index.folder.iterdir()) == []


def test_rows_that_are_not_those_of_the_audit_are_named(
    tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex]
) -> None:
    index, (one, other, *_) = StoreIndex(tmp_path / "index"), list(audits)
    index.add({one: audits[one], other: audits[one]})
    (run,) = index.runs()
    assert list(differing_audits(run, audits)) == [other]


def test_of_a_bucket_of_many_some_are_taken_the_same_in_any_layout(tmp_path: Path) -> None:
    many = {
        IndexedAudit(f"audit-{n}", f"{n:064x}"): signatures(tmp_path / str(n), n, list(range(500, 600)))
        for n in range(3)
    }
    (tmp_path / "own").mkdir()
    own = write_run(tmp_path / "own", {IndexedAudit("own", "0"): signatures(tmp_path / "mine", 9, [599, 42])})
    once, apart = StoreIndex(tmp_path / "once"), StoreIndex(tmp_path / "apart")
    once.add(many)
    one_by_one(apart, many)
    found = matches_of(own, once, list(many), tmp_path / "m1")
    assert found == matches_of(own, apart, list(many), tmp_path / "m2")
    assert [other for audit, _, other, exact in found if audit == "audit-1" and not exact] == list(range(MEMBERS))
    assert ("audit-1", 0, 99, True) in found


def test_two_processes_may_publish_and_merge_the_same(
    tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex], own: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = StoreIndex(tmp_path / "index")
    one_by_one(index, audits)
    one_by_one(index, audits)
    assert len(index.runs()) == 20
    original = runs_module.merge_runs

    def while_another_merges(*given: object) -> Run:
        monkeypatch.setattr(index_module, "merge_runs", original)
        StoreIndex(index.folder).merge()
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(index_module, "merge_runs", while_another_merges)
    index.merge()
    assert matches_of(own, index, list(audits), tmp_path / "m") == EXPECTED
    assert not [path for path in index.folder.iterdir() if path.name.startswith(".")]


def test_an_index_that_was_deleted_while_it_is_read_is_noticed(
    tmp_path: Path, own: Run, audits: dict[IndexedAudit, SignatureIndex]
) -> None:
    index = StoreIndex(tmp_path / "index")
    index.add(audits)
    holding = index.holding(list(audits))
    shutil.rmtree(index.folder)
    with pytest.raises(FileNotFoundError):
        find_matches(own, holding, {a: n for n, a in enumerate(audits)}, tmp_path / "m")


@pytest.mark.parametrize("suffix", [".rows", ".blocks"])
def test_a_run_without_one_of_its_files_is_damaged(
    tmp_path: Path, own: Run, audits: dict[IndexedAudit, SignatureIndex], suffix: str
) -> None:
    index = StoreIndex(tmp_path / "index")
    one_by_one(index, audits)
    broken = index.runs()[0]
    broken.files[rows_module.RowKind.BANDS].path.with_suffix(suffix).unlink()
    with pytest.raises(DamagedRowsError, match="is missing"):
        matches_of(own, index, list(audits), tmp_path / "m1")
    index.merge()
    assert index.missing(audits) == list(broken.audits), "it was dropped, and is made again from its audits"
    one_by_one(index, {audit: audits[audit] for audit in index.missing(audits)})
    assert matches_of(own, index, list(audits), tmp_path / "m2") == EXPECTED


def test_a_deleted_audit_leaves_a_damaged_run_too(tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex]) -> None:
    index, gone = StoreIndex(tmp_path / "index"), list(audits)[7]
    index.add(audits)
    index.runs()[0].files[rows_module.RowKind.BANDS].path.unlink()
    index.forget(lambda audit: audit == gone)
    assert index.runs() == []


def test_a_run_that_goes_while_it_is_checked_is_none_to_drop(
    tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = StoreIndex(tmp_path / "index")
    index.add(audits)
    check = runs_module.check_run

    def while_another_removes(run: Run) -> None:
        index_module.remove_run(run.folder)
        check(run)

    monkeypatch.setattr(index_module, "check_run", while_another_removes)
    index.drop_damaged()
    assert index.runs() == []


def test_runs_are_made_before_others_are_kept_waiting_and_bring_nothing_back(
    tmp_path: Path, audits: dict[IndexedAudit, SignatureIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    index, locked = StoreIndex(tmp_path / "index"), False
    gone = list(audits)[7]

    @contextmanager
    def publishing() -> Iterator[None]:
        nonlocal locked
        locked = True
        yield
        locked = False

    def unlocked(*given: object) -> Run:
        assert not locked
        return write_run(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(index_module, "write_run", unlocked)
    for audit, signed in audits.items():
        index.add({audit: signed}, publishing)

    @contextmanager
    def after_another_forgot() -> Iterator[None]:
        index.forget(lambda audit: audit == gone)
        yield

    index.merge(after_another_forgot)
    assert index.missing(audits) == [gone]
