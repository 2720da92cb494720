"""corpus-audit manifest: write and check manifests."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.errors import ManifestError

if TYPE_CHECKING:
    from corpus_audit.manifest.draft import Draft
    from corpus_audit.manifest.loaded import LoadedManifest
    from corpus_audit.manifest.model import Manifest

DESCRIPTION = (
    "A manifest, YAML or JSON; a description in another format: Croissant, dataset card, save_to_disk folder, "
    "data package, SPDX, CycloneDX, provenance metadata; or the folder that one lies in."
)

app = typer.Typer(help="Write or check a manifest.", no_args_is_help=True, rich_markup_mode=None)

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
    """Describe the packages installed in a Python environment as a code-training dataset.

    Its paths are relative to the environment's folder: audit it with --root that folder.
    """
    from corpus_audit.manifest.environment import describe_environment

    _write(lambda: describe_environment(prefix), output)


@app.command("init")
def init(
    path: Annotated[
        str, typer.Argument(help="A folder, a data file, or hf://datasets/OWNER/NAME[@REVISION].", show_default=False)
    ],
    output: Output = None,
) -> None:
    """Draft a manifest of a folder, a data file or a dataset of a hub; unknown answers are set to not-recorded.

    A dataset card or another description in the folder is drafted from. What each column was taken for is printed to
    stderr. Paths are relative to where the manifest is written, or it says with which --root to audit it. A dataset
    of a hub is pinned to the commit that was read; an operator allows it in CORPUS_AUDIT_ALLOWED_URLS.
    """
    from corpus_audit.cli.drafted import drafted_lines

    draft, root = _draft(path)
    placed, told_root = _place(draft, root, output)
    for line in drafted_lines(draft):
        typer.echo(line, err=True)
    _write(lambda: placed, output)
    if told_root is not None:
        typer.echo(f"Its paths are relative to {told_root}: audit it with --root {told_root}.", err=True)


def _draft(path: str) -> "tuple[Draft, Path | str]":
    """Return a draft, and the folder or address that it is of."""
    from corpus_audit.corpus.locations import is_address

    if is_address(path):
        from corpus_audit.config import Settings
        from corpus_audit.pipeline.remote_draft import draft_of_address

        return draft_of_address(path, Settings.from_environment().allowed_urls)
    from corpus_audit.manifest.described_folder import make_draft

    local = Path(path)
    return make_draft(local), local if local.is_dir() else local.parent


def _place(draft: "Draft", root: Path | str, output: Path | None) -> "tuple[Manifest, Path | str | None]":
    from corpus_audit.manifest.placing import place_manifest

    return (draft.manifest, root) if isinstance(root, str) else place_manifest(draft.manifest, root, output)


@app.command("validate")
def validate(
    manifest: Annotated[Path, typer.Argument(help=DESCRIPTION, show_default=False)],
) -> None:
    """Check a manifest and show every problem with its place. Exit code 0 if it can be audited, else 2."""
    from corpus_audit.manifest.load import load_manifest

    loaded = load_manifest(manifest)
    files = sum(len(source.files) for source in loaded.manifest.sources)
    _print_problems(loaded)
    typer.echo(f"{manifest} can be audited: {len(loaded.manifest.sources)} sources, {files} files declared.")


@app.command("convert")
def convert(
    description: Annotated[Path, typer.Argument(help=DESCRIPTION, show_default=False)],
    output: Output = None,
) -> None:
    """Convert a dataset description in another format to a manifest; missing answers stay not-recorded.

    Problems of the description and questions to its provider are printed to stderr.
    """
    from corpus_audit.manifest.load import load_manifest

    loaded = load_manifest(description)
    _write(lambda: loaded.manifest, output)
    _print_what_is_open(loaded)


@app.command("example")
def example(
    name: Annotated[str, typer.Argument(help="small-corpus or voice-likeness.", show_default=False)] = "small-corpus",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write. [default: the example's name]")
    ] = None,
) -> None:
    """Write a built-in example dataset, and print the path of its manifest."""
    from corpus_audit.manifest.examples import copy_example

    typer.echo(str(copy_example(name, output or Path(name))))


def _print_what_is_open(loaded: "LoadedManifest") -> None:
    from corpus_audit.manifest.gaps import gaps_of

    typer.echo(f"Read as {loaded.format}.", err=True)
    _print_problems(loaded)
    asked: dict[str, list[str]] = {}
    for gap in gaps_of(loaded):
        asked.setdefault(gap.question.en, []).append(gap.source_id)
    for question, owners in asked.items():
        of = f" ({len(owners)} sources)" if len(owners) > 1 else ""
        typer.echo(f"  ask the provider{of}: {question}", err=True)


def _print_problems(loaded: "LoadedManifest") -> None:
    from corpus_audit.measure.masking import masked_lines

    lines = []
    for problem in loaded.problems:
        pointer = problem.pointer or "the description"
        place = f"{problem.document} {pointer}" if loaded.included else pointer
        lines.append(f"  {place}: {problem.code}: {problem.detail}")
    for line in masked_lines(lines):
        typer.echo(line, err=True)


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
