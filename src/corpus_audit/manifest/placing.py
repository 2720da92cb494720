"""The location of a drafted manifest, and the base of its relative paths."""

import os
from pathlib import Path

from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.rebase_paths import moved


def place_manifest(manifest: Manifest, root: Path, output: Path | None) -> tuple[Manifest, Path | None]:
    """Return a manifest of *root* as written to *output*, and the root that the audit needs, if any.

    Above *root* its paths begin in the folder of *output*. Beside or below it they cannot, since no path of a manifest
    leads out of its folder.
    """
    if output is None:
        return manifest, None
    data, beside = Path(os.path.realpath(root)), Path(os.path.realpath(output.parent))
    if data == beside:
        return manifest, None
    if not data.is_relative_to(beside):
        return manifest, root
    return moved(manifest, data.relative_to(beside).as_posix()), None
