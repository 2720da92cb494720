"""One writer at a time: who waits in vain is told that another one is at work, not that the database is down."""

import pytest

from corpus_audit.errors import StoreError
from corpus_audit.store.bucket import arbiter
from corpus_audit.store.bucket.arbiter import Arbiter


def test_a_writer_that_waits_in_vain_is_told_why(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arbiter, "_LOCK_SECONDS", 0.1)
    one, other = (Arbiter("s3://bucket/audits", postgresql) for _ in range(2))
    with one.alone("signatures"), other.alone("watched"):
        with (
            pytest.raises(StoreError, match="Another machine is writing 'signatures'") as told,
            other.alone("signatures"),
        ):
            pytest.fail("two writers of one part of the store")
        assert "Check that it runs" not in str(told.value)
    with other.alone("signatures"):
        pass
