"""Clusters: a representative and the records that are each verified directly against it.

The content with the most verified copies represents first (the smallest record id decides between equals), then the
next that is no copy of a representative, and so on. No two representatives are copies of each other, and every other
content that has a copy joins the representative it is most similar to.

Of many pairs, this is decided in rounds: a content that goes before all its neighbours represents, and covers them. It
is what choosing one after the other gives. What few pairs are left is decided in one go.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.engine.base import Engine
from corpus_audit.measure.compiling import compiled

Integers = NDArray[np.int64]

AT_ONCE = 2_000_000
"""Pairs that are held in one process: some 50 bytes each."""

_DEGREES = """
CREATE TABLE degrees AS
SELECT content, count(*) AS degree FROM (
    SELECT content_a AS content FROM verified UNION ALL SELECT content_b AS content FROM verified
) AS ends GROUP BY content
"""
# Each pair from the content that goes before the other one.
_LINKS = """
CREATE TABLE links_0 AS
SELECT CASE WHEN one.degree >= other.degree THEN content_a ELSE content_b END AS winner,
       CASE WHEN one.degree >= other.degree THEN content_b ELSE content_a END AS loser
FROM verified
JOIN degrees AS one ON one.content = content_a
JOIN degrees AS other ON other.content = content_b
"""
_CHOSEN = """
CREATE TABLE chosen_{round} AS
SELECT DISTINCT winner AS content FROM links_{round} AS links
WHERE NOT EXISTS (SELECT 1 FROM links_{round} AS others WHERE others.loser = links.winner)
"""
_COVERED = """
CREATE TABLE covered_{round} AS
SELECT DISTINCT loser AS content FROM links_{round} AS links
JOIN chosen_{round} AS chosen ON chosen.content = links.winner
"""
_LEFT = """
CREATE TABLE links_{after} AS
SELECT winner, loser FROM links_{round} AS links
WHERE NOT EXISTS (SELECT 1 FROM chosen_{round} AS chosen WHERE chosen.content = links.winner)
  AND NOT EXISTS (SELECT 1 FROM covered_{round} AS covered WHERE covered.content = links.winner)
  AND NOT EXISTS (SELECT 1 FROM covered_{round} AS covered WHERE covered.content = links.loser)
"""
_OF_ROUND = "SELECT content FROM covered_{round}"
_REST = """
SELECT winner, loser, first.degree AS winner_degree, second.degree AS loser_degree
FROM links_{round} JOIN degrees AS first ON first.content = winner JOIN degrees AS second ON second.content = loser
"""
# A content is covered by what represents; it joins the likest of those that are not covered themselves.
_JOINED = """
CREATE TABLE joined AS
SELECT content, representative, jaccard FROM (
    SELECT content, representative, jaccard,
           row_number() OVER (PARTITION BY content ORDER BY jaccard DESC, representative) AS place
    FROM (
        SELECT content_a AS content, content_b AS representative, jaccard FROM verified
        UNION ALL SELECT content_b AS content, content_a AS representative, jaccard FROM verified
    ) AS sides
    WHERE EXISTS (SELECT 1 FROM covered WHERE covered.content = sides.content)
      AND NOT EXISTS (SELECT 1 FROM covered WHERE covered.content = sides.representative)
) AS ranked WHERE place = 1
"""
_CLUSTERED = """
CREATE TABLE clustered AS
WITH members AS (
    SELECT content, representative, jaccard FROM joined
    UNION ALL
    SELECT DISTINCT representative AS content, representative, CAST(1 AS DOUBLE) AS jaccard FROM joined
    UNION ALL
    SELECT content, content AS representative, CAST(1 AS DOUBLE) AS jaccard FROM contents
    WHERE copies > 1 AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.content = contents.content)
      AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.representative = contents.content)
), named AS (
    SELECT representative, min(content) AS cluster FROM members GROUP BY representative
)
SELECT members.content, members.representative, members.jaccard, named.cluster
FROM members JOIN named ON named.representative = members.representative
"""


def cluster_contents(engine: Engine, at_once: int = AT_ONCE) -> None:
    """Make the table ``clustered`` of view ``verified``: content, representative, similarity to it, and cluster.

    A cluster is named by its smallest content. Contents in a cluster of one record are left out.
    """
    engine.execute(_DEGREES)
    engine.execute(_LINKS)
    rounds = 0
    while _count(engine, f"links_{rounds}") > at_once:
        for statement in (_CHOSEN, _COVERED, _LEFT):
            engine.execute(statement.format(round=rounds, after=rounds + 1))
        rounds += 1
    rest = engine.fetch(_REST.format(round=rounds))
    engine.add_arrow("covered_at_last", pa.table({"content": _cover(rest)}))
    covered = " UNION ALL ".join(_OF_ROUND.format(round=past) for past in (*range(rounds), "at_last"))
    engine.execute(f"CREATE TABLE covered AS {covered}")
    engine.execute(_JOINED)
    engine.execute(_CLUSTERED)


def _count(engine: Engine, name: str) -> int:
    return int(engine.fetch(f"SELECT count(*) AS rows FROM {name}")["rows"][0].as_py())  # noqa: S608 - no input


def _cover(links: pa.Table) -> Integers:
    """Return the contents that are covered when those with the most links represent, one after the other."""
    ends = np.stack([links["winner"].to_numpy(), links["loser"].to_numpy()])
    contents, first, places = np.unique(ends, return_index=True, return_inverse=True)
    degrees = np.concatenate([links["winner_degree"].to_numpy(), links["loser_degree"].to_numpy()])[first]
    pairs = places.reshape(2, -1)
    order = np.argsort(pairs[0], kind="stable")
    starts = np.searchsorted(pairs[0][order], np.arange(len(contents) + 1))
    is_covered = _choose_representatives(np.argsort(-degrees, kind="stable"), starts, pairs[1][order])
    covered: Integers = contents[is_covered]
    return covered


@compiled
def _choose_representatives(by_degree: Integers, starts: Integers, losers: Integers) -> NDArray[np.bool_]:
    """Return who is covered: a winner comes before its losers, so it needs to know those only."""
    is_covered = np.zeros(by_degree.size, np.bool_)
    for content in by_degree:
        if not is_covered[content]:
            for edge in range(starts[content], starts[content + 1]):
                is_covered[losers[edge]] = True
    return is_covered


def compile_ahead() -> None:
    """Compile what chooses representatives, by one link; what comes of it is dropped."""
    _cover(pa.table({"winner": [0], "loser": [1], "winner_degree": [1], "loser_degree": [1]}))
