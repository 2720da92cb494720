"""corpus-audit manifest: write and check manifests."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.errors import ManifestError

if TYPE_CHECKING:
    from corpus_audit.manifest.model import Manifest

app = typer.Typer(help="Write a manifest, or check one.", no_args_is_help=True, rich_markup_mode=None)

Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write: .yaml or .json. [default: stdout, YAML]")
]


@app.command("from-environment")
def from_environment(
    output: Output = None,
    prefix: Annotated[
        Path | None, typer.Option(help="A Python environment's folder. [default: the running one]")
    ] = None,
) -> None:
    """Describe the packages installed in a Python environment, taken as a code-training dataset.

    Its paths are relative to the environment's folder: audit it with --root that folder.
    """
    from corpus_audit.manifest.environment import describe_environment

    _write(lambda: describe_environment(prefix), output)


@app.command("init")
def init(
    path: Annotated[Path, typer.Argument(help="A folder or a data file.", show_default=False)],
    output: Output = None,
) -> None:
    """Draft a manifest of a folder or a data file; what nobody recorded says not-recorded.

    Its paths are relative to the folder: keep it there, or audit it with --root that folder.
    """
    from corpus_audit.manifest.draft import draft_manifest

    _write(lambda: draft_manifest(path), output)


@app.command("validate")
def validate(
    manifest: Annotated[Path, typer.Argument(help="The manifest, YAML or JSON.", show_default=False)],
) -> None:
    """Check a manifest and show every problem with its place. Exit code 0 when it can be audited, 2 when not."""
    from corpus_audit.manifest.load import load_manifest

    loaded = load_manifest(manifest).manifest
    files = sum(len(source.files) for source in loaded.sources)
    typer.echo(f"{manifest} can be audited: {len(loaded.sources)} sources, {files} files declared.")


def _write(describe: "Callable[[], Manifest]", output: Path | None) -> None:
    from corpus_audit.manifest.dump import dump_manifest

    text = dump_manifest(describe(), "json" if output is not None and output.suffix == ".json" else "yaml")
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}. Choose another file with --output."
        raise ManifestError(message) from error
    typer.echo(f"Wrote {output}.", err=True)
