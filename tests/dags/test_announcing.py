"""What waits for a dataset is told of an audit as it is now, and of none that was edited."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_audit import audit
from corpus_audit.errors import StoreError
from e2e.small_corpus import write_corpus

pytestmark = pytest.mark.airflow


class Events:
    """The outlet events of one task with one outlet: what was added to it."""

    def __init__(self) -> None:
        self.added: list[dict[str, Any]] = []

    def __getitem__(self, _outlet: object) -> "Events":
        return self

    def add(self, _asset: object, extra: dict[str, Any]) -> None:
        self.added.append(extra)


def test_an_edited_verdict_is_not_announced(tmp_path: Path) -> None:
    from corpus_audit_airflow.assets import announce

    folder, events = audit(write_corpus(tmp_path / "corpus"), tmp_path / "store", workers=1).folder, Events()
    announce(folder, events)
    assert [(told["verdict"], told["approval"]) for told in events.added] == [("fail", "none")]
    path = folder.folder("conclude") / "verdict.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"verdict": "pass"}))
    with pytest.raises(StoreError, match=r"verdict\.json was changed"):
        announce(folder, events)
    assert len(events.added) == 1
