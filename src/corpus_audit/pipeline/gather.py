"""Gather: claims compared with facts."""

from pathlib import Path

from corpus_audit import schemas
from corpus_audit.evidence import tables
from corpus_audit.pipeline.compare import COMPARE
from corpus_audit.pipeline.context import (
    RunContext,
    digests_of,
    measure_folders,
    open_engine,
)
from corpus_audit.pipeline.deduplicate import DEDUPLICATE
from corpus_audit.pipeline.figures import rows
from corpus_audit.pipeline.ingest import INGEST
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.person_names import PERSON_NAMES
from corpus_audit.pipeline.progress import in_shares, share_of
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    write_table,
)
from corpus_audit.store.identity import read_identity


def gather(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Set claims beside facts: the evidence tables, bounded by sources, files and pairs of sources."""
    from corpus_audit.evidence import INPUTS, EvidenceInputs
    from corpus_audit.evidence import gather as gather_evidence
    from corpus_audit.evidence.gates import choose_manual_sample

    context = context or RunContext()
    identity = read_identity(audit)
    # Whether a consent has expired depends on the day, so the day is an input: another day gathers anew.
    day = context.clock().date()

    def work(folder: Path) -> None:
        inputs = EvidenceInputs(
            {table.name: stored(audit, table) for table in INPUTS},
            keyword_lists=sorted(identity.keyword_lists),
            parameters=identity.parameters,
        )
        with open_engine(context, folder) as engine:
            evidence = gather_evidence(engine, inputs, day, tell=share_of(context.advance))
            manual_sample = choose_manual_sample(engine)
        for table in tables.EVIDENCE:
            write_table(folder / f"{table.name}.parquet", table, evidence[table.name])
        write_table(folder / f"{schemas.MANUAL_SAMPLE.name}.parquet", schemas.MANUAL_SAMPLE, manual_sample)

    with StageRun(GATHER, context, audit) as run:
        digests = digests_of(audit, ["ingest", "deduplicate", "compare", "person_names", *measure_folders(audit)])
        run.once(audit, digests | {"day": day.isoformat()}, work)


_EARLIER = (INGEST, MEASURE, PERSON_NAMES, DEDUPLICATE, COMPARE)


def stored(audit: AuditFolder, table: schemas.Table) -> list[Path]:
    """Return the files of a table that the stages before this one wrote; a measured table has one for each shard."""
    writers = [stage.name for stage in _EARLIER if table.name in stage.writes]
    folders = [folder for name in writers for folder in (measure_folders(audit) if name == "measure" else [name])]
    return [audit.table_path(folder, table) for folder in folders]


def _reads() -> dict[str, tuple[str, ...]]:
    from corpus_audit.evidence import INPUTS

    names = names_of(*INPUTS)
    return {stage.name: tuple(name for name in names if name in stage.writes) for stage in _EARLIER}


GATHER = Stage(
    "gather",
    run=gather,
    after=("compare", "person_names"),
    reads=_reads(),
    writes=(*names_of(*tables.EVIDENCE), schemas.MANUAL_SAMPLE.name),
    figures={"rows": rows(*tables.EVIDENCE)},
    units=in_shares,
)
