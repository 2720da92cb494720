"""Evaluate: the evidence, checked against policy packs."""

from pathlib import Path

from corpus_audit import schemas
from corpus_audit.errors import PackError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.context import RunContext, digests_of, evidence_of, pack_digests, run_inputs
from corpus_audit.pipeline.figures import rows
from corpus_audit.pipeline.progress import in_shares, share_of
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    write_json,
    write_table,
)
from corpus_audit.store.identity import read_identity


def evaluate(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Judge the evidence by the policy packs."""
    context = context or RunContext()
    identity = read_identity(audit)
    digests = dict(identity.packs)

    def work(folder: Path) -> None:
        from corpus_audit.policy.evaluate import evaluate as judge
        from corpus_audit.policy.packs import load_packs, with_bounds

        names = run_inputs(audit)["packs"]
        if pack_digests(names) != digests:
            message = "A policy pack changed since this audit began: start the audit again, it becomes a new one."
            raise PackError(message)
        packs = with_bounds(load_packs(names), identity.parameters.rule_bounds)
        evaluation = judge(packs, evidence_of(audit), share_of(context.advance))
        write_table(folder / "rules.parquet", schemas.RULES, evaluation.rules)
        write_table(folder / "findings.parquet", schemas.FINDINGS, evaluation.findings)
        (folder / "validations").mkdir()
        for name, document in evaluation.validations:
            write_json(folder / "validations" / name, document)

    with StageRun(EVALUATE, context, audit) as run:
        inputs = digests_of(audit, ["gather"]) | {f"pack {name}": digest for name, digest in digests.items()}
        run.once(audit, inputs, work)


EVALUATE = Stage(
    "evaluate",
    run=evaluate,
    after=("gather",),
    reads={"gather": names_of(*tables.EVIDENCE)},
    writes=(*names_of(schemas.RULES, schemas.FINDINGS), "validations"),
    figures={"rules": rows(schemas.RULES), "findings": rows(schemas.FINDINGS)},
    units=in_shares,
)
