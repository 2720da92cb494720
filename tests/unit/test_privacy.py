"""What a process writes is for its owner only while stages run, and errors are told without what is personal."""

import os
import stat
import threading
from pathlib import Path

from corpus_audit.config.privacy import PRIVATE, private_files
from corpus_audit.errors import ManifestError, StoreError
from corpus_audit.ledger import open_ledger
from corpus_audit.measure.masking import error_lines


def umask() -> int:
    before = os.umask(0)
    os.umask(before)
    return before


def test_files_stay_private_until_the_last_of_several_threads_is_done() -> None:
    before, is_in, may_go = umask(), threading.Event(), threading.Event()

    def work() -> None:
        with private_files():
            is_in.set()
            may_go.wait(10)

    thread = threading.Thread(target=work)
    with private_files():
        thread.start()
        assert is_in.wait(10)
    assert umask() == PRIVATE, "the other thread still writes"
    may_go.set()
    thread.join()
    assert umask() == before


def test_the_ledger_is_made_for_its_owner_by_any_process(tmp_path: Path) -> None:
    open_ledger(tmp_path / "store", environ={})
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"store": 0o700, "ledger.sqlite": 0o600}


def test_an_error_is_told_without_what_is_personal() -> None:
    error = ManifestError("The table data/jane.roe@contoso.com.csv is not there.", ("/x: 'joe.roe@contoso.com'", "/y"))
    first, second, third = error_lines(error)
    assert "contoso" not in first + second
    assert first.startswith("The table data/{EMAIL_ADDRESS-")
    assert third == "/y"
    plain = (
        "There is no audit 'small-corpus-5bd1fde1eb7e' in audits. Known audits: a-0123456789ab.",
        "The ledger postgresql://ledger_writer:***@127.0.0.1:5432/ledger cannot be used (OperationalError).",
        "Key id: 0ba4d3c68fc9a0d4a506535d76874968eb5dbcf51df40340e52482f1c69c0e05, 4,294,967,295 bytes at 2026-11-29.",
    )
    assert [error_lines(StoreError(line)) for line in plain] == [[line] for line in plain]
