"""Ctrl-C waits for nothing that is merely being loaded."""

import threading
import time

import pytest

from corpus_audit.errors import StoreError
from corpus_audit.pipeline import audit


@pytest.mark.parametrize(("error", "waits"), [(KeyboardInterrupt, False), (StoreError, True)])
def test_an_interrupted_audit_does_not_wait_for_an_import(
    error: type[BaseException], waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()

    def load(_name: str) -> None:
        time.sleep(0.3)
        loaded.set()

    monkeypatch.setattr(audit, "import_module", load)
    with pytest.raises(error), audit._loading_last_stages():
        raise error
    assert loaded.is_set() == waits
    loaded.wait(5)
