"""What is held no longer is given back to the system."""

import subprocess
import sys

import pytest

SCRIPT = """
import os
from pathlib import Path
from corpus_audit.engine.memory import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000

held = [bytes(3_000) for _ in range(50_000)]
last = bytes(3_000)  # the end of the heap, which stays in use
before = resident()
del held
give_back()
print(before - resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_between_what_is_in_use_is_given_back() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, text=True)
    assert int(ran.stdout) > 100
