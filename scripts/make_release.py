"""Build wheel and sdist into dist/, test the wheel in an empty environment, and write that environment's SBOM.

The bill of materials is CycloneDX 1.6, of the wheel and everything it installs without extras. Nothing is uploaded.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from email import message_from_bytes
from email.policy import EmailPolicy
from pathlib import Path
from zipfile import ZipFile

from packaging.metadata import Metadata

PROJECT = Path(__file__).parents[1]
DIST = PROJECT / "dist"
NEEDED = (
    "corpus_audit/expectations/baseline/pack.yaml",
    "corpus_audit/examples/small-corpus/manifest.yaml",
    "corpus_audit/examples/voice-likeness/manifest.yaml",
    "corpus_audit/airflow_files/dags/audit_dataset_dag.py",
    "corpus_audit_airflow/review_plugin.py",
    "corpus_audit/report/locales/zh/LC_MESSAGES/corpus_audit.po",
    "corpus_audit/py.typed",
    "corpus_audit_airflow/audit_tasks.py",
)
"""Files of the wheel without which a user would have to copy some from the repository."""

VERDICT_FAIL = 1


def build() -> Path:
    """Build both archives into an empty dist/, the wheel out of the sdist, and return the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--installer", "uv", "--outdir", str(DIST), str(PROJECT))
    (wheel,) = DIST.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """Check the wheel's metadata against its specification, and that the wheel contains the required files."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (described,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        content = archive.read(described)
    metadata = Metadata.from_email(content, validate=True)
    if message_from_bytes(content, policy=EmailPolicy()).defects or not metadata.description:
        sys.exit("The wheel's metadata is damaged, or has no description.")
    if missing := [name for name in NEEDED if name not in names]:
        sys.exit(f"The wheel lacks {', '.join(missing)}")


def try_wheel(wheel: Path, folder: Path) -> Path:
    """Install the wheel alone into an empty environment, audit an example with it, and return the environment."""
    environment = folder / "environment"
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = environment / "bin" / "python"
    constraints = str(PROJECT / "constraints.txt")
    _run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python), "--constraint", constraints,
         str(wheel))  # fmt: skip
    program = str(environment / "bin" / "corpus-audit")
    _run(program, "--version", cwd=folder)
    _run(program, "pack", "list", cwd=folder)
    _run(program, "manifest", "example", "small-corpus", cwd=folder)
    _run(program, "audit", "small-corpus/manifest.yaml", cwd=folder, expected=VERDICT_FAIL)
    return environment


def write_bill(environment: Path, wheel: Path) -> Path:
    """Write the validated bill of materials of an environment beside the wheel, and return its path."""
    path = DIST / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
    _run(sys.executable, "-m", "cyclonedx_py", "environment", str(environment / "bin" / "python"),
         "--pyproject", str(PROJECT / "pyproject.toml"), "--mc-type", "application", "--spec-version", "1.6",
         "--output-reproducible", "--validate", "--output-format", "JSON", "--output-file", str(path))  # fmt: skip
    return path


def _run(*command: str, cwd: Path = PROJECT, expected: int = 0) -> None:
    """Run a command without what this shell sets for Python and for this program; stop when it ends otherwise."""
    unset = ("PYTHON", "VIRTUAL_ENV", "CORPUS_AUDIT_")
    propagated_restrictions = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    print("+", *(Path(command[0]).name, *command[1:]), flush=True)
    code = subprocess.run(command, cwd=cwd, env=propagated_restrictions, check=False).returncode
    if code != expected:
        sys.exit(f"{Path(command[0]).name} ended with exit code {code}, not {expected}")


def main() -> int:
    """Build, check, try and describe a release."""
    wheel = build()
    check_contents(wheel)
    with tempfile.TemporaryDirectory(prefix="corpus-audit-release-") as folder:
        write_bill(try_wheel(wheel, Path(folder)), wheel)
    print("Ready:", *(f"dist/{path.name}" for path in sorted(DIST.iterdir())), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
