"""Reuse of shards that another audit of the store has measured before."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from corpus_audit.errors import StoreError
from corpus_audit.store import AuditFolder, held, in_use, read_json, sha256_of_json, write_json
from corpus_audit.store.bucket import pull, updating

MEASURED = "measured"
"""The folder of a store that holds the hints."""


def forget_measured(store: Path, audit_id: str) -> None:
    """Remove the hints to what a deleted audit measured."""
    with updating(store, MEASURED):
        for hint in sorted((store / MEASURED).glob("*/*.json")):
            with held(store / MEASURED), contextlib.suppress(StoreError, KeyError, TypeError):
                if read_json(hint)["audit"] == audit_id:
                    hint.unlink(missing_ok=True)


class MeasuredShards:
    """Where a shard with these inputs, measured by these versions, was measured last.

    The store keeps one small file for each, ``measured/<digest>.json``, that names the audit and the stage. It is only
    a hint: what is reused must still be as the completion marker there says.
    """

    def __init__(self, store: Path, inputs: Mapping[str, str], versions: Mapping[str, str]) -> None:
        self._audits = store / "audits"
        self._inputs = inputs
        self._versions = versions
        digest = sha256_of_json({"inputs": dict(inputs), "versions": dict(versions)})
        self._measured = store / MEASURED
        self._hint = self._measured / digest[:2] / f"{digest}.json"
        self._name = f"{MEASURED}/{digest[:2]}/{digest}.json"

    def are_known(self) -> bool:
        """True if some audit of this store has them, by its marker: the files themselves are not looked at."""
        try:
            hint = read_json(self._hint)
            marker = AuditFolder(self._audits / hint["audit"]).marker(str(hint["stage"]))
        except (StoreError, KeyError, TypeError):
            return False
        return marker is not None and (marker.inputs, marker.versions) == (self._inputs, self._versions)

    def reuse(self, folder: Path) -> bool:
        """Put what was measured before into *folder*; return whether there was any."""
        try:
            pull(self._measured.parent, self._name)
            hint = read_json(self._hint)
            audit, stage = AuditFolder(self._audits / hint["audit"]), str(hint["stage"])
            audit.refresh()
            with in_use(audit.path):
                if not audit.is_complete(stage, self._inputs, self._versions):
                    return False
                for path in sorted(audit.folder(stage).iterdir()):
                    _link(path, folder / path.name)
        except (StoreError, KeyError, TypeError):
            return False
        return True

    def remember(self, audit: AuditFolder, stage: str) -> None:
        """Say that this audit has such a shard; an audit outside the store's folder is not remembered."""
        if audit.path.parent.resolve() == self._audits.resolve():
            self._measured.mkdir(parents=True, exist_ok=True)
            # In use: it is not to be taken for the hint that was here before.
            with updating(self._measured.parent, self._name), in_use(self._measured):
                self._hint.parent.mkdir(exist_ok=True)
                write_json(self._hint, {"audit": audit.audit_id, "stage": stage})


def _link(source: Path, target: Path) -> None:
    """Give a finished file a second name, or copy it where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
