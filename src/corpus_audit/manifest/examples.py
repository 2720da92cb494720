"""The built-in example datasets: a manifest and its data, to read and to audit."""

import shutil
from pathlib import Path

from corpus_audit.errors import ManifestError

_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples")
"""Where examples are: inside an installed wheel, or beside ``src`` in a clone."""

MANIFEST_FILE = "manifest.yaml"


def available_examples() -> tuple[str, ...]:
    """Return the names of the examples, sorted."""
    return tuple(sorted({path.parent.name for root in _ROOTS for path in root.glob(f"*/{MANIFEST_FILE}")}))


def copy_example(name: str, folder: Path) -> Path:
    """Copy an example into *folder*, which must not be there yet, and return its manifest.

    Raises ManifestError when there is no such example, or when it cannot be written there.
    """
    if name not in available_examples():
        message = f"There is no example '{name}'. There are: {', '.join(available_examples())}."
        raise ManifestError(message)
    source = next(root / name for root in _ROOTS if (root / name / MANIFEST_FILE).is_file())
    try:
        shutil.copytree(source, folder)
    except FileExistsError as error:
        message = f"{folder} is there already. Choose another folder with --output."
        raise ManifestError(message) from error
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}. Choose another folder with --output."
        raise ManifestError(message) from error
    return folder / MANIFEST_FILE
