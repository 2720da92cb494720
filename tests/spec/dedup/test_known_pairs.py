"""News articles whose near-duplicate pairs others found and published."""

from pathlib import Path

import pytest

from corpus_audit.config import Parameters

DATA = Path(__file__).parents[4] / "shared" / "data" / "near_duplicates"


@pytest.mark.skipif(not DATA.is_dir(), reason="the articles are not beside the repository")
@pytest.mark.parametrize("name", ["articles_1000", "articles_2500"])
@pytest.mark.parametrize("parameters", [Parameters(), Parameters(shingle_size=3, jaccard_threshold=0.7)])
def test_all_known_pairs_are_found_and_no_others(corpus, name, parameters):
    for line in (DATA / f"{name}.train").read_text().splitlines():
        article, _, text = line.partition(" ")
        corpus.add("news", article, text)
    known = {frozenset(line.split()) for line in (DATA / f"{name}.truth").read_text().splitlines()}
    pairs = corpus.deduplicate(parameters, shards=3).pairs
    assert {frozenset((row["record_a"][:-2], row["record_b"][:-2])) for row in pairs} == known
    assert min(row["jaccard"] for row in pairs) > 0.95
