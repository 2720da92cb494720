"""Processes that tests fork: their number and their exit code are told apart however late they are read."""

import os
import pickle
import sys
import tempfile
from pathlib import Path

import pytest

import preloaded


@pytest.mark.parametrize("code", [0, 7])
def test_a_process_that_ends_at_once_has_its_number_and_its_exit_code(code: int) -> None:
    request = preloaded.Request(sys.exit, (code,), str(Path.cwd()), dict(os.environ), sys.path)
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as output:
        preloaded._run(pickle.dumps(request), output.fileno(), output.fileno(), writing)
    number = preloaded.read_number(reading)
    assert number not in (0, os.getpid())
    assert preloaded.read_number(reading) == code
    os.close(reading)
    os.close(writing)
