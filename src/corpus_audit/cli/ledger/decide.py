"""corpus-audit ledger decide: record one decision about findings, sources or an audit."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.errors import DecisionError
from corpus_audit.vocabulary import DecisionAction, Role

_ACTION = (
    "The decision. What a command of its own records is refused: "
    "delete, read, supplement, trace, train and withdraw-consent."
)


def decide_command(
    audit: AuditArgument,
    action: Annotated[DecisionAction, typer.Option(help=_ACTION, show_default=False)],
    reason: Annotated[str, typer.Option(help="The reason, in one sentence.", show_default=False)],
    author: Annotated[str, typer.Option(help="Name of the deciding steward.", show_default=False)],
    finding: Annotated[list[str] | None, typer.Option(help="Id of a finding. May be repeated.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Id of a source. May be repeated.")] = None,
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Expiry date, inclusive; required for waivers.")
    ] = None,
    evidence_link: Annotated[str, typer.Option(help="Address of supporting evidence.")] = "",
    attach: Annotated[
        Path | None, typer.Option(help="File that supports it, in place of an address: kept by its digest.")
    ] = None,
    despite_verdict: Annotated[
        str, typer.Option(help="Reason for approving an audit whose verdict is fail or incomplete.")
    ] = "",
    report_sha256: Annotated[
        str, typer.Option(help="Digest of the report that is approved, to refuse if it is another by now.")
    ] = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Record a steward's decision about findings, about sources, or else about the whole audit.

    accept-risk and false-positive close findings until they expire or the evidence changes. Nothing is overwritten: a
    later decision about the same finding counts instead. The verdict and the report follow at once. An approval is of
    the exact report that is there: a later decision or another report makes it void. It needs the key that bundles are
    signed with, in CORPUS_AUDIT_SIGNING_KEY.
    """
    from corpus_audit.ledger import DecisionRequest, open_ledger
    from corpus_audit.pipeline import RunContext, summarise
    from corpus_audit.pipeline.current import record_decision
    from corpus_audit.pipeline.report import report_digest
    from corpus_audit.pipeline.signing import signing_key

    folder = open_audit(audit, store)
    judgement = DecisionRequest(
        action=action,
        reason=reason,
        author=author,
        role=Role.STEWARD,
        expires_on=expires.date() if expires else None,
        evidence_link=_evidence(folder.store, evidence_link, attach),
        report_sha256=report_sha256,
        despite=despite_verdict,
    )
    recorded = record_decision(
        open_ledger(folder.store),
        folder,
        judgement,
        finding or (),
        source or (),
        signing_key=signing_key(),
        context=RunContext(sends_lineage=False),
    )
    for entry in recorded.entries:
        typer.echo(f"{entry.sequence}  {entry.action}  {entry.finding_id or entry.source_id or entry.audit_id}")
    if recorded.problem:
        typer.echo(
            f"The decision is written, but the verdict does not follow from it yet: {recorded.problem}", err=True
        )
        return
    typer.echo(f"Verdict: {summarise(folder).verdict}")
    if action in (DecisionAction.APPROVE, DecisionAction.REJECT):
        typer.echo(f"Report: {report_digest(folder)}")


def _evidence(store: Path, link: str, file: Path | None) -> str:
    """Return what the ledger holds of the evidence: an address, or a file that is kept."""
    from corpus_audit.ledger.attachment import LARGEST, keep_attachment

    if file is None:
        return link
    if link:
        message = "Give --evidence-link or --attach, not both. Nothing was written."
        raise DecisionError(message)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)  # enough to be refused as too large
    except OSError as error:
        message = f"{file} cannot be read ({error.strerror}). Nothing was written."
        raise DecisionError(message) from None
    return keep_attachment(store, file.name, content).link
