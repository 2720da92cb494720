"""Examples are found, copied whole, and never over something else."""

from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.errors import ManifestError
from corpus_audit.manifest.examples import available_examples, copy_example
from corpus_audit.manifest.load import load_manifest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", available_examples())
def test_an_example_is_copied_whole_and_can_be_audited(name: str, tmp_path: Path) -> None:
    manifest = copy_example(name, tmp_path / "copy")
    copied = {path.relative_to(manifest.parent): path.read_bytes() for path in manifest.parent.rglob("*.*")}
    assert copied == {path.relative_to(EXAMPLES / name): path.read_bytes() for path in (EXAMPLES / name).rglob("*.*")}
    assert load_manifest(manifest).manifest.sources


def test_nothing_is_overwritten_and_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="is there already"):
        copy_example("small-corpus", tmp_path)
    with pytest.raises(ManifestError, match="small-corpus, voice-likeness"):
        copy_example("../small-corpus", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_the_manifest(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["manifest", "example", "--output", str(tmp_path / "x")])
    assert (done.exit_code, done.output) == (0, f"{tmp_path}/x/manifest.yaml\n")


def test_the_version_is_the_installed_one() -> None:
    assert CliRunner().invoke(app, ["--version"]).output == f"corpus-audit {version('corpus-audit')}\n"
