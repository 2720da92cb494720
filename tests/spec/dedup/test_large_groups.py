"""Groups of copies that are larger than a bucket is compared whole: linear work, one cluster, the same bytes."""

import random
from itertools import combinations

import pytest

from corpus_audit.config import Parameters
from corpus_audit.dedup import buckets, candidates, clusters, run
from corpus_audit.dedup.leaders import LEADERS
from spec.dedup.conftest import Corpus

GROUPS, SIZE = 12, 60
MADE_BY = 16


def add_groups(corpus, groups=GROUPS, size=SIZE):
    """Add texts and their copies: shortened ones, ones with a word changed, some in other sources."""
    chance = random.Random(MADE_BY)
    for _ in range(groups):
        words = [f"w{chance.randrange(5000)}" for _word in range(80)]
        for member in range(size):
            copy = list(words)
            if member % 2:
                copy[chance.randrange(80)] = f"changed{chance.randrange(10**6)}"
            elif member:
                del copy[80 - chance.randrange(1, 8) :]
            corpus.add(f"source-{member % 3}", f"{chance.randrange(16**8):08x}", " ".join(copy))


def jaccard(one, other):
    return len(one & other) / len(one | other)


def shingles(text):
    words = text.split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Return a corpus of large groups, to which tests add nothing."""
    corpus = Corpus(tmp_path_factory.mktemp("large"))
    add_groups(corpus)
    return corpus


@pytest.fixture(scope="module")
def found_with_index(large):
    """Return what is found in the large groups, and the index that is left of it."""
    return large.deduplicate(), large.index()


@pytest.fixture
def found(found_with_index):
    return found_with_index[0]


def test_copies_are_in_one_cluster_and_no_link_is_wrong(large, found):
    sets = {record: shingles(text) for (_, record), text in large.texts.items()}
    near = [row for row in found.pairs if row["kind"] == "near"]
    assert all(row["jaccard"] == jaccard(sets[row["record_a"]], sets[row["record_b"]]) >= 0.8 for row in near)
    true = [pair for pair in combinations(sorted(sets), 2) if jaccard(*(sets[record] for record in pair)) >= 0.8]
    cluster = {row["record_id"]: row["cluster_id"] for row in found.clusters}
    together = [cluster.get(one) == cluster.get(other) is not None for one, other in true]
    assert sum(together) / len(together) >= 0.995
    for row in found.clusters:
        assert row["kind"] != "near" or row["jaccard"] == jaccard(
            sets[row["record_id"]], sets[row["representative_id"]]
        )


def test_signatures_of_an_odd_length_find_the_same_clusters(large, found):
    again = large.deduplicate(Parameters(num_perm=101))
    assert len({row["cluster_id"] for row in again.clusters}) == GROUPS
    assert {row["record_id"] for row in again.clusters} == {row["record_id"] for row in found.clusters}


def test_work_grows_with_the_records_and_not_with_their_groups(large, found):
    assert found.candidates <= LEADERS * len(large.texts)
    pairs_of_groups = GROUPS * SIZE * (SIZE - 1) // 2
    assert found.candidates < pairs_of_groups / 3


@pytest.mark.parametrize("partitions", [1, 7, 64])
def test_any_number_of_partitions_gives_the_same_bytes(large, found_with_index, partitions):
    assert (large.deduplicate(shards=3, partitions=partitions), large.index()) == found_with_index


def test_clusters_chosen_in_rounds_are_those_chosen_one_after_the_other(large, found, monkeypatch):
    monkeypatch.setattr(run, "cluster_contents", lambda engine: clusters.cluster_contents(engine, at_once=0))
    assert large.deduplicate() == found


def test_a_crowd_that_is_divided_is_the_same_in_any_number_of_partitions(corpus, monkeypatch):
    monkeypatch.setattr(candidates, "_CROWD", 160)
    add_groups(corpus, groups=2, size=120)
    found = corpus.deduplicate()
    assert corpus.deduplicate(partitions=5) == found
    assert len(found.clusters) == len(corpus.texts)


@pytest.mark.parametrize("most", [2, 100])
def test_a_crowd_whose_buckets_do_not_meet_is_the_same_in_any_number_of_partitions(large, found, monkeypatch, most):
    monkeypatch.setattr(buckets, "_CROWD", most)
    alone = large.deduplicate(partitions=1)
    assert alone.clusters == found.clusters
    assert large.deduplicate(partitions=7) == alone


def test_a_text_changed_to_another_of_as_many_shingles_matches_nothing(corpus):
    words = [f"w{i}" for i in range(100)]
    corpus.add("one", "a", " ".join(words))
    corpus.add("one", "b", " ".join(words[1:]))
    changed = " ".join([*words[1:-1], "other"])
    assert corpus.deduplicate(changed={"b:0": changed}).pairs == []


def test_each_split_of_a_large_group_is_compared_with_the_others(corpus):
    corpus.splits = {f"{number:04x}": "test" if number % 40 == 7 else "train" for number in range(200)}
    chance = random.Random(MADE_BY)
    words = [f"w{number}" for number in range(200)]
    for number in range(200):
        copy = list(words)
        copy[chance.randrange(200)] = f"changed{number}"
        corpus.add("one", f"{number:04x}", " ".join(copy))
    across = {
        record
        for row in corpus.deduplicate().pairs
        for record, other in ((row["record_a"], row["record_b"]), (row["record_b"], row["record_a"]))
        if corpus.splits[record[:4]] == "test" and corpus.splits[other[:4]] == "train"
    }
    assert across == {f"{number:04x}:0" for number in range(200) if number % 40 == 7}
