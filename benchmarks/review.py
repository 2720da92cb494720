"""How fast the review pages answer with 1,000 audits and 1,000,000 findings in the store.

    .venv/bin/python benchmarks/review.py [--audits 1000] [--findings 1000] [--decisions 10000]

Each page is asked for through the app's own ASGI interface, as a browser would, first once to fill caches and then
REPEATS times. Beside the list stands what it would cost without the index: counting findings in every audit's file.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from fastapi.testclient import TestClient

from corpus_audit import audit, pipeline, schemas
from corpus_audit.ledger import Decision, evidence_digest
from corpus_audit.pipeline.before_report import marker_digest
from corpus_audit.policy.evaluate import finding_id, problem_id
from corpus_audit.review.access import Person
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.app import create_app
from corpus_audit.store import AuditFolder, read_json, sha256_of_json, sha256_of_stored, write_json, write_table
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role

MANIFEST = Path(__file__).parents[1] / "examples" / "small-corpus" / "manifest.yaml"
REPEATS = 15
LIMIT_MS = 200
VERSIONS_A_DATASET = 20


def main() -> None:
    """Build the store, ask for every page, print how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audits", type=int, default=1000)
    parser.add_argument("--findings", type=int, default=1000)
    parser.add_argument("--decisions", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corpus-audit-review-") as folder:
        store = Path(folder) / "store"
        started = time.perf_counter()
        audits = list(copies(store, arguments.audits, arguments.findings))
        desk = ReviewService(store)
        decide_on(desk, audits, arguments.decisions)
        print(
            f"{len(audits):,} audits, {len(audits) * arguments.findings:,} findings, {arguments.decisions:,} decisions "
            f"({time.perf_counter() - started:.0f} s to make); load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        report(desk, audits)


def copies(store: Path, count: int, findings: int) -> Iterator[AuditFolder]:
    """Yield *count* audits made from one real audit: each with its own identity, findings and verdict."""
    original = audit(MANIFEST, store, workers=1).folder
    manifest = read_json(original.folder("ingest") / "manifest.json")
    about = read_json(original.path / "audit.json")
    for number in range(count):
        dataset = f"dataset-{number // VERSIONS_A_DATASET:03d}"
        own = {name: value for name, value in about.items() if name != "started_at"} | {"dataset_id": dataset}
        own["manifest_sha256"] = sha256_of_json({"number": number})
        copied = AuditFolder(original.path.with_name(f"{dataset}-{sha256_of_json(own)[:12]}"))
        shutil.copytree(original.path, copied.path, copy_function=os.link)
        started_at = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)).isoformat()
        replace_json(copied.path / "audit.json", own | {"started_at": started_at})
        described = manifest["dataset"] | {"id": dataset, "title": f"Corpus {dataset}", "version": f"1.{number}"}
        replace_json(copied.folder("ingest") / "manifest.json", manifest | {"dataset": described})
        write_findings(copied, findings, number)
        seal(copied, own["manifest_sha256"], started_at)
        pipeline.conclude(copied)
        seal_report(copied)
        yield copied
    shutil.rmtree(original.path)


def seal(copied: AuditFolder, manifest_sha256: str, started_at: str) -> None:
    """Write the markers anew, so that they are a chain of what is there: pages check that first."""
    markers = {name: marker for name in copied.finished_stages() if (marker := copied.marker(name))}
    outputs = {
        name: {file: sha256_of_stored(copied.folder(name) / file) for file in marker.outputs}
        for name, marker in markers.items()
    }
    digests = {name: sha256_of_json(written) for name, written in outputs.items()}
    for name, marker in markers.items():
        facts = vars(marker) | {"outputs": outputs[name], "inputs": {**marker.inputs, **_known(marker.inputs, digests)}}
        if name == "ingest":
            facts |= {"inputs": facts["inputs"] | {"manifest": manifest_sha256}, "started_at": started_at}
        replace_json(copied.path / "markers" / f"{name}.json", facts)


def seal_report(copied: AuditFolder) -> None:
    """Let the report be one of the conclusion, as if it had been made anew: that takes a second each."""
    marker = copied.marker("report")
    assert marker is not None
    inputs = {name: marker_digest(copied) if name == "markers" else value for name, value in marker.inputs.items()}
    replace_json(copied.path / "markers" / "report.json", vars(marker) | {"inputs": inputs})


def _known(inputs: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, str]:
    return {name: digests[name] for name in inputs if name in digests}


def replace_json(path: Path, value: object) -> None:
    """Write a file anew that shares its bytes with the other copies."""
    path.unlink()
    write_json(path, value)


def write_findings(copied: AuditFolder, count: int, number: int) -> None:
    """Give an audit *count* findings of the rules it has; their ids are the same in each version of a dataset."""
    known = copied.read("evaluate", schemas.FINDINGS).to_pylist()
    fact_of = {row["rule_id"]: row["fact"] for row in copied.read("evaluate", schemas.RULES).to_pylist()}
    rows = [known[place % len(known)] | {"subject": f"source-{place:05d}"} for place in range(count)]
    for place, row in enumerate(rows):
        row["source_id"] = row["subject"]
        row["finding_id"] = finding_id(row["rule_id"], row["subject"])
        row["problem_id"] = problem_id(row["evidence_table"], fact_of[row["rule_id"]], row["subject"])
        row["named"] = json.dumps({**json.loads(row["named"]), "source_id": row["subject"]})
        row["evidence"] = json.dumps({"place": place, "version": number // VERSIONS_A_DATASET})
    path = copied.table_path("evaluate", schemas.FINDINGS)
    path.unlink()
    rows.sort(key=lambda row: row["finding_id"])
    write_table(
        path, schemas.FINDINGS, schemas.FINDINGS.schema.empty_table().from_pylist(rows, schemas.FINDINGS.schema)
    )


def decide_on(desk: ReviewService, audits: list[AuditFolder], count: int) -> None:
    """Accept the risk of *count* findings, spread over the datasets."""
    latest = audits[VERSIONS_A_DATASET - 1 :: VERSIONS_A_DATASET] or audits[-1:]
    each = count // len(latest)
    for concluded in latest:
        rows = concluded.read("evaluate", schemas.FINDINGS).slice(0, each).to_pylist()
        desk.ledger.append([accept(concluded, row) for row in rows])


def accept(concluded: AuditFolder, row: dict[str, str]) -> Decision:
    """Return the decision that a finding's risk is accepted."""
    return Decision(
        action=DecisionAction.ACCEPT_RISK,
        scope=DecisionScope.FINDING,
        dataset_id=read_json(concluded.path / "audit.json")["dataset_id"],
        audit_id=concluded.audit_id,
        reason="known",
        author="steward",
        role=Role.STEWARD,
        finding_id=row["finding_id"],
        evidence_sha256=evidence_digest(row["evidence"]),
        expires_at=datetime.now(UTC) + timedelta(days=300),
    )


def report(desk: ReviewService, audits: list[AuditFolder]) -> None:
    """Print what each page takes."""
    http = TestClient(create_app(desk, lambda: Person("steward", Role.STEWARD)))
    first, _, _ = timed(lambda: http.get("/"))
    print(f"the index, made from nothing: {first / 1000:.1f} s; then")
    middle = audits[len(audits) // 2]
    one, dataset = f"/audits/{middle.audit_id}", read_json(middle.path / "audit.json")["dataset_id"]
    finding = middle.read("evaluate", schemas.FINDINGS)["finding_id"][7].as_py()
    pages = {
        "list of audits": "/",
        "list, searched": "/?text=dataset-01",
        "list, by open findings, page 20": "/?sort=open&page=20",
        "audit": one,
        "audit, critical findings": f"{one}?severity=critical",
        "audit, text, page 2": f"{one}?text=source-00&page=2",
        "finding": f"{one}/findings/{finding}",
        "overlaps": f"{one}/overlaps",
        "decisions": f"{one}/decisions",
        "history": f"/history?dataset={dataset}",
        "exports": f"{one}/exports",
    }
    print(f"{'page':<34}{'median ms':>10}{'slowest ms':>12}{'CPU ms':>8}{'kB':>6}")
    worst = 0.0
    for name, path in pages.items():
        answer = http.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        took = [timed(lambda path=path: http.get(path)) for _ in range(REPEATS)]  # type: ignore[misc]
        walls = [wall for wall, _, _ in took]
        cpu = statistics.median(cpu for _, cpu, _ in took)
        worst = max(worst, statistics.median(walls))
        size = len(answer.content) / 1000
        print(f"{name:<34}{statistics.median(walls):>10.0f}{max(walls):>12.0f}{cpu:>8.0f}{size:>6.0f}")
    print(f"slowest median: {worst:.0f} ms ({'under' if worst < LIMIT_MS else 'OVER'} {LIMIT_MS} ms)")
    without, _, _ = timed(lambda: [pq.read_table(a.table_path("evaluate", schemas.FINDINGS)).num_rows for a in audits])
    print(f"without the index, reading every audit's findings for the list: {without:.0f} ms")


def timed(work: Callable[[], object]) -> tuple[float, float, object]:
    """Return the milliseconds of wall clock and of CPU that *work* took, and what it returned."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu), result


if __name__ == "__main__":
    main()
