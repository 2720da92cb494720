"""The command line: one file per command. Heavy imports wait until a command runs."""

import os
import sys
import traceback
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import typer

from corpus_audit.cli import (
    audit,
    bundle,
    clean,
    diff,
    exclusions,
    export,
    history,
    keys,
    ledger,
    manifest,
    pack,
    reference,
    report,
    schedule,
    serve,
    statements,
    store,
    trace,
    trained,
    verify,
    withdrawals,
)
from corpus_audit.cli.ending import end_now
from corpus_audit.cli.interruption import INTERRUPTED_CODE, end_interrupted, end_soon_when_interrupted
from corpus_audit.config.garbage import collect_seldom
from corpus_audit.config.privacy import PRIVATE
from corpus_audit.errors import CorpusAuditError, ExitCode

_WRITES_TO_A_STORE = frozenset(
    {
        *("audit", "bundle", "export", "ledger", "reference", "report", "schedule", "serve", "statements", "store"),
        *("trace", "trained", "withdrawals"),
    }
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpus-audit {version('corpus-audit')}")
        raise typer.Exit


app = typer.Typer(
    name="corpus-audit",
    help="Audit training data: compare the claims of a manifest with the data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _main(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand in _WRITES_TO_A_STORE:
        os.umask(PRIVATE)


app.command("audit")(audit.audit_command)
app.command("report")(report.report_command)
app.command("diff")(diff.diff_command)
app.command("history")(history.history_command)
app.command("exclusions")(exclusions.exclusions_command)
app.command("trace")(trace.trace_command)
app.command("trained")(trained.trained_command)
app.command("withdrawals")(withdrawals.withdrawals_command)
app.command("clean")(clean.clean_command)
app.command("export")(export.export_command)
app.command("bundle")(bundle.bundle_command)
app.command("verify")(verify.verify_command)
app.add_typer(keys.app, name="keys")
app.command("serve")(serve.serve_command)
app.add_typer(ledger.app, name="ledger")
app.add_typer(manifest.app, name="manifest")
app.add_typer(pack.app, name="pack")
app.add_typer(reference.app, name="reference")
app.add_typer(schedule.app, name="schedule")
app.add_typer(statements.app, name="statements")
app.add_typer(store.app, name="store")


def command() -> None:
    """Run the command line as a process that ends with it."""
    try:
        main()
    except SystemExit as end:
        end_now(end.code)
        raise


def main() -> None:
    """Run the command line; user errors end with a message, never a traceback. Raises SystemExit."""
    collect_seldom()
    end_soon_when_interrupted()
    try:
        app()
    except CorpusAuditError as error:
        from corpus_audit.measure.masking import error_lines

        print("corpus-audit: ", "\n  ".join(error_lines(error)), sep="", file=sys.stderr)  # noqa: T201 - this is the terminal
        sys.exit(ExitCode.USAGE)
    except Exception as error:
        if os.environ.get("CORPUS_AUDIT_DEBUG"):
            raise
        _report_fault(error)
        sys.exit(ExitCode.BROKEN)
    except SystemExit as end:
        if end.code == INTERRUPTED_CODE:  # typer has caught the KeyboardInterrupt, and says nothing
            with suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            end_interrupted()
        raise


def _report_fault(error: Exception) -> None:
    """Return the error's type and location without its message, which may quote the data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    lines = (
        f"corpus-audit: a fault of this program: {type(error).__name__} in {place.name}, line {place.lineno}.",
        "Nothing that was finished is lost. CORPUS_AUDIT_DEBUG=1 shows the traceback, which may quote the data.",
    )
    print(*lines, sep="\n", file=sys.stderr)  # noqa: T201
