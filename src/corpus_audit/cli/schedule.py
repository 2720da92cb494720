"""corpus-audit schedule: check the list of scheduled audits."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.errors import ExitCode

app = typer.Typer(help="Check the list of scheduled audits.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def schedule() -> None:
    """Check the list of scheduled audits."""


@app.command("lint")
def lint_command(
    file: Annotated[Path, typer.Argument(help="File with the list of schedules.")] = Path("dags/audits.yaml"),
) -> None:
    """Check every entry of the list; the DAGs skip invalid entries and run the others.

    Exit codes: 0 all entries are valid, 2 some are not; every problem is printed with its place and line.
    """
    from corpus_audit.schedules import load_schedules

    found = load_schedules(file)
    for entry in found.audits:
        starts = " and ".join(filter(None, (entry.cron, ", ".join(entry.after))))
        typer.echo(f"audit_{entry.id}  {starts}  {entry.manifest}")
    for place in found.watched:
        typer.echo(f"watch_{place.id}  every {place.every_minutes} minutes  {place.place}")
    for works in found.references:
        typer.echo(f"refresh_references {works.name}  {works.cron}  {', '.join(works.paths)}")
    for problem in found.problems:
        typer.echo(f"{file}: {problem}", err=True)
    if found.problems:
        raise typer.Exit(ExitCode.USAGE)
