"""Exclusions: the records to leave out of an audited dataset, written as a list that a loader can join."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.errors import CorpusAuditError
from corpus_audit.export.exclusions.exclusions import EXCLUSIONS, FailedRule, find_exclusions
from corpus_audit.export.exclusions.policy import DEFAULT_POLICY, ExclusionPolicy, read_policy
from corpus_audit.export.exclusions.writers import WRITERS
from corpus_audit.ledger.approval import NO_PART_OF_A_VERDICT
from corpus_audit.pipeline.conclusion import conclude_now
from corpus_audit.pipeline.context import RunContext, open_engine
from corpus_audit.pipeline.gather import stored
from corpus_audit.pipeline.verification import require_intact
from corpus_audit.store import AuditFolder, ScratchFolder
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, DecisionScope


@dataclass(frozen=True)
class Excluded:
    """How many records were left out, their bytes, and for each reason how many of them it takes out."""

    records: int
    size_bytes: int
    by_reason: tuple[tuple[str, int], ...]


def write_exclusions(
    audit: AuditFolder, path: Path, policy: ExclusionPolicy | None = None, *, context: RunContext | None = None
) -> Excluded:
    """Write the records that *policy* takes out of an audited dataset: Parquet, CSV or JSON lines by the suffix.

    The audit's verdict is brought up to date first. Raises StoreError when the audit has not finished or is not as its
    stages left it, CorpusAuditError for another suffix.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        message = f"'{path.name}' ends in none of {', '.join(WRITERS)}: the suffix says what is written."
        raise CorpusAuditError(message)
    counted: Counter[str] = Counter()
    totals = [0, 0]
    found = exclusions(audit, policy or read_policy(DEFAULT_POLICY), context=context)
    writer(path, EXCLUSIONS.schema, _counting(found, counted, totals))
    return Excluded(totals[0], totals[1], tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))))


def exclusions(
    audit: AuditFolder, policy: ExclusionPolicy, *, context: RunContext | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield the records that *policy* takes out, in the schema of EXCLUSIONS."""
    from corpus_audit.evidence import INPUTS, EvidenceInputs, make_visible
    from corpus_audit.export.exclusions.reasons import evidence_read

    context = context or RunContext()
    require_intact(audit, ("ingest", "measure", "deduplicate", "person_names", "compare"))
    conclude_now(audit, context=context)
    identity = read_identity(audit)
    inputs = EvidenceInputs(
        {table.name: stored(audit, table) for table in INPUTS}, sorted(identity.keyword_lists), identity.parameters
    )
    with (
        ScratchFolder(".exclusions-", audit.path) as folder,
        open_engine(context, folder) as engine,
    ):
        seeing = make_visible(engine, inputs, _day_of(audit), evidence_read(policy.reasons))
        sources, rules, people = excluded_sources(audit), failed_rules(audit), withdrawn_people(audit)
        yield from find_exclusions(seeing, policy, sources, rules, people)


def excluded_sources(audit: AuditFolder) -> list[str]:
    """Return the sources that a steward's last decision about them leaves out."""
    last: dict[str, str] = {}
    for entry in audit.read("conclude", schemas.DECISIONS).to_pylist():
        if entry["scope"] == DecisionScope.SOURCE and entry["action"] not in NO_PART_OF_A_VERDICT:
            last[entry["source_id"]] = entry["action"]
    return sorted(source for source, action in last.items() if action == DecisionAction.EXCLUDE_SOURCE)


def withdrawn_people(audit: AuditFolder) -> list[str]:
    """Return the people in an audit's data who have withdrawn their consent, as it was concluded."""
    entries = audit.read("conclude", schemas.DECISIONS).to_pylist()
    return sorted({entry["finding_id"] for entry in entries if entry["action"] == DecisionAction.WITHDRAW_CONSENT})


def failed_rules(audit: AuditFolder) -> list[FailedRule]:
    """Return the rules that fail, for each source once, with the jurisdictions of the requirements they serve."""
    from corpus_audit.policy.requirements import REQUIREMENTS

    served = {
        row["rule_id"]: tuple(sorted({REQUIREMENTS[number].asked_in for number in row["requirements"]}))
        for row in audit.read("evaluate", schemas.RULES).to_pylist()
    }
    findings = audit.read("evaluate", schemas.FINDINGS).select(["rule_id", "evidence_table", "source_id"])
    kinds = findings.group_by(findings.column_names).aggregate([]).to_pylist()
    return [FailedRule(**kind, jurisdictions=served.get(kind["rule_id"], ())) for kind in kinds]


def _day_of(audit: AuditFolder) -> date:
    """Return the day that the audit's evidence was gathered for."""
    marker = audit.marker("gather")
    assert marker is not None  # noqa: S101 - conclude_now has checked the chain
    return date.fromisoformat(marker.inputs["day"])


def _counting(batches: Iterable[pa.RecordBatch], counted: Counter[str], totals: list[int]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        reasons = batch["reasons"].flatten().value_counts()
        counted.update({row["values"]: row["counts"] for row in reasons.to_pylist()})
        totals[0] += batch.num_rows
        totals[1] += sum(batch["size_bytes"].to_pylist())
        yield batch
