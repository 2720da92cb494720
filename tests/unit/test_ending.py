"""A command ends at once, with its code, its output, and what was to run at its end."""

import subprocess
import sys

import pytest

PROGRAM = """
import atexit, sys, threading
from corpus_audit.cli.ending import end_now

class Module:
    def __del__(self):
        print("taken apart")

held = Module()
atexit.register(print, "at the end")
print("output", end=" ")
{before}
end_now({code})
print("goes on")
"""


def run(code: str, before: str = "") -> "subprocess.CompletedProcess[str]":
    program = PROGRAM.format(code=code, before=before)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("code", "expected"), [("None", 0), ("3", 3)])
def test_it_ends_with_its_code_and_takes_nothing_apart(code: str, expected: int) -> None:
    ended = run(code)
    assert (ended.returncode, ended.stdout, ended.stderr) == (expected, "output at the end\n", "")


def test_it_waits_for_threads_as_python_does() -> None:
    ended = run("0", "import time; threading.Thread(target=lambda: (time.sleep(0.2), print('worked'))).start()")
    assert ended.stdout.splitlines() == ["output goes on", "worked", "at the end", "taken apart"]


def test_calling_the_command_line_ends_no_process_but_its_own() -> None:
    calling = "import sys; from corpus_audit.cli import main; sys.argv = ['corpus-audit', '--help']"
    within = f"{calling}\ntry:\n    main()\nexcept SystemExit:\n    print('goes on')"
    ended = subprocess.run([sys.executable, "-c", within], capture_output=True, text=True, check=True)
    assert ended.stdout.endswith("goes on\n")
