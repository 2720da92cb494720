"""The checks of an audit, each with its number of records, and the checks that it left out."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.evidence.gates import GATES
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR

_COUNTS = """
    SELECT (SELECT COUNT(*) FROM records WHERE entropy_bits IS NOT NULL) AS texts,
           (SELECT COUNT(language_observed) FROM records) AS languages,
           (SELECT COUNT(compressed_share) FROM records) AS quality
"""
_NAMES = """
    SELECT name_checks.method, state, reason, version, COALESCE(sampled.records, 0) AS records
    FROM name_checks
    LEFT JOIN (SELECT method, COUNT(*) AS records FROM name_samples GROUP BY method) AS sampled
           ON sampled.method = name_checks.method
"""
_GATES = "SELECT gate, records_checked FROM judged_gates WHERE gate <> 'source'"

_HEURISTICS = "Gopher (Rae et al., 2021), C4 (Raffel et al., 2020)"


def find_checks(engine: Engine, circumstances: Circumstances) -> None:
    """Make visible which checks were made; reads the records, the names and the gates."""
    [counts] = engine.fetch(_COUNTS).to_pylist()
    common = {"records_in_all": counts["texts"], "seed": circumstances.parameters.sample_seed}
    rows = [row | common for row in _rows(engine, counts)]
    engine.add_arrow("checks_made", pa.Table.from_pylist(rows, schema=CHECKS.schema))


def _rows(engine: Engine, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    yield _row("languages", f"py3langid {version('py3langid')}", counts["languages"])
    yield _row("quality", _HEURISTICS, counts["quality"])
    for found in engine.fetch(_NAMES).to_pylist():
        yield _row(f"names-{found['method']}", found["version"], found["records"], found["reason"])
    checked = {row["gate"]: row["records_checked"] for row in engine.fetch(_GATES).to_pylist()}
    without_list = "" if checked["keyword"] else "no-keyword-list"
    yield _row("keywords", f"pyahocorasick {version('pyahocorasick')}", checked["keyword"], without_list)
    yield _row("manual-reading", "", checked["manual"], "" if checked["manual"] else "nobody-recorded-it")


def _row(check: str, method: str, records: int, reason: str = "") -> dict[str, Any]:
    state = "not-run" if reason else "run"
    return {"check_id": check, "state": state, "reason": reason, "method": method, "records": records}


CHECKS = evidence_table(
    "checks", "one check that reads a sample, or that an audit may have to leave out", ("check_id",),
    ("check_id", STR, "languages, quality, names-presidio, names-surname-and-title, keywords or manual-reading."),
    ("state", STR, "run or not-run."),
    ("reason", STR, "Why it was not run; '' when it was."),
    ("method", STR, "What was run, with its version."),
    ("records", INT, "Records it looked at."),
    ("records_in_all", INT, "Records with text."),
    ("seed", INT, "Seed of the order in which samples take records."),
    label=_("checks"),
    inputs=(schemas.NAME_CHECKS, schemas.NAME_SAMPLES, schemas.RECORDS,),
    prepare=find_checks,
    sql="SELECT * FROM checks_made",
    after=(GATES,),
)  # fmt: skip
