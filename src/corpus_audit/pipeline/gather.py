"""Gather: claims set beside facts."""

from pathlib import Path

from corpus_audit import schemas
from corpus_audit.pipeline.context import (
    RunContext,
    digests_of,
    measure_stages,
    measured,
    open_engine,
)
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    write_table,
)
from corpus_audit.store.identity import read_identity


def gather(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Set claims beside facts: the evidence tables, bounded by sources, files and pairs of sources."""
    from corpus_audit.evidence import EvidenceInputs
    from corpus_audit.evidence import gather as gather_evidence
    from corpus_audit.evidence.gates import choose_manual_sample

    context = context or RunContext()
    identity = read_identity(audit)
    # Whether a consent has expired depends on the day, so the day is an input: another day gathers anew.
    day = context.clock().date()

    def ingested(table: schemas.Table) -> Path:
        return audit.table_path("ingest", table)

    def work(folder: Path) -> None:
        inputs = EvidenceInputs(
            claimed_dataset=ingested(schemas.CLAIMED_DATASET),
            claimed_sources=ingested(schemas.CLAIMED_SOURCES),
            claimed_models=ingested(schemas.CLAIMED_MODELS),
            claimed_files=ingested(schemas.CLAIMED_FILES),
            claimed_subjects=ingested(schemas.CLAIMED_SUBJECTS),
            claimed_authorisations=ingested(schemas.CLAIMED_AUTHORISATIONS),
            claimed_opt_outs=ingested(schemas.CLAIMED_OPT_OUTS),
            claimed_disclosure=ingested(schemas.CLAIMED_DISCLOSURE),
            claimed_source_disclosures=ingested(schemas.CLAIMED_SOURCE_DISCLOSURES),
            claimed_trained_models=ingested(schemas.CLAIMED_TRAINED_MODELS),
            claim_problems=ingested(schemas.CLAIM_PROBLEMS),
            claim_gaps=ingested(schemas.CLAIM_GAPS),
            files=ingested(schemas.FILES),
            defects=[audit.table_path("ingest", schemas.DEFECTS), *measured(audit, schemas.DEFECTS)],
            read_counts=measured(audit, schemas.READ_COUNTS),
            unread=measured(audit, schemas.UNREAD),
            columns_seen=measured(audit, schemas.COLUMNS_SEEN),
            records=measured(audit, schemas.RECORDS),
            spans=measured(audit, schemas.SPANS),
            samples=measured(audit, schemas.SAMPLES),
            pairs=audit.table_path("deduplicate", schemas.PAIRS),
            reference_works=ingested(schemas.REFERENCE_WORKS),
            reference_hits=measured(audit, schemas.REFERENCE_HITS),
            keyword_hits=measured(audit, schemas.KEYWORD_HITS),
            media=measured(audit, schemas.MEDIA),
            labels=measured(audit, schemas.LABELS),
            clusters=audit.table_path("deduplicate", schemas.CLUSTERS),
            overlaps=audit.table_path("deduplicate", schemas.OVERLAPS),
            dataset_overlaps=audit.table_path("compare", schemas.DATASET_OVERLAPS),
            name_checks=audit.table_path("names", schemas.NAME_CHECKS),
            name_samples=audit.table_path("names", schemas.NAME_SAMPLES),
            name_spans=audit.table_path("names", schemas.NAME_SPANS),
            keyword_lists=sorted(identity.keyword_lists),
            parameters=identity.parameters,
            license_texts=ingested(schemas.LICENSE_TEXTS),
        )
        with open_engine(context, folder) as engine:
            evidence = gather_evidence(engine, inputs, day)
            manual_sample = choose_manual_sample(engine)
        for table in schemas.EVIDENCE:
            write_table(folder / f"{table.name}.parquet", table, evidence[table.name])
        write_table(folder / f"{schemas.MANUAL_SAMPLE.name}.parquet", schemas.MANUAL_SAMPLE, manual_sample)

    with StageRun("gather", context, audit) as run:
        digests = digests_of(audit, ["ingest", "deduplicate", "compare", "names", *measure_stages(audit)])
        run.once(audit, digests | {"day": day.isoformat()}, work)
