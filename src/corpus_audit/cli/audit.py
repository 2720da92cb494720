"""corpus-audit audit: run every stage on a manifest and print the result."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.cli.logs import LogFormatOption, start_logging
from corpus_audit.cli.manifest import DESCRIPTION
from corpus_audit.cli.output import FailOn, LanguageOption, SummaryFormat, SummaryFormatOption, print_summary
from corpus_audit.cli.progress import progress_observer
from corpus_audit.vocabulary import Language

QUICK_BYTES = 8_000_000
"""What ``--quick`` reads of a dataset."""


def audit_command(
    manifest: Annotated[
        str, typer.Argument(help=f"{DESCRIPTION} Or the address of one (hf://datasets/OWNER/NAME).", show_default=False)
    ],
    store: StoreOption = DEFAULT_STORE,
    root: Annotated[
        str | None,
        typer.Option(
            help="Folder, or address (s3, gs, az, hf, https), that the manifest's paths are relative to. "
            "[default: the manifest's own folder]"
        ),
    ] = None,
    pack: Annotated[
        list[str] | None, typer.Option(help="Policy pack: a name or a folder. May be repeated. [default: baseline]")
    ] = None,
    keywords: Annotated[
        list[Path] | None,
        typer.Option(help="File of words that indicate prohibited content, one per line. May be repeated."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="A parameter, which overrides its default and the manifest; docs/reference/parameters.md "
            "lists them all: thresholds, samples, detectors.off=TYPE,TYPE, rule:RULE.ARGUMENT. May be repeated.",
        ),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Measuring processes. [default: one per core]")] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="For hooks: check descriptions, licenses and checksums, and read a seeded sample of 8 MB. "
            "The verdict is at best incomplete.",
        ),
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit code 0 for an incomplete audit too (fail), or for a pass only (incomplete).")
    ] = FailOn.INCOMPLETE,
    log_format: LogFormatOption = None,
    output: SummaryFormatOption = SummaryFormat.TEXT,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Audit a dataset and write its report.

    Exit codes: 0 verdict pass, 1 verdict fail, 3 verdict incomplete, 2 the input or the command is wrong.
    A run that was stopped goes on where it was when the same command is given again.
    """
    from corpus_audit.cli.workers import check_manifest, start_workers
    from corpus_audit.config.parameters import parse_assignments

    chosen = parse_assignments([*([f"read_bytes={QUICK_BYTES}"] if quick else []), *(parameter or ())])
    check_manifest(manifest)
    start_workers(root or manifest, workers)
    from corpus_audit.pipeline.audit import audit

    if log_format is not None:
        start_logging(log_format)
    with progress_observer(logged=log_format is not None) as observer:
        finished = audit(
            manifest,
            store,
            pack or ["baseline"],
            root=root,
            keywords=keywords or (),
            parameters=chosen,
            workers=workers,
            observer=observer,
        )
    print_summary(finished.folder, output, language, fail_on)
