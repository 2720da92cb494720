"""What measuring costs, counted in instructions: a change that makes a part of it a quarter dearer must say so."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "instructions.py"


@pytest.mark.slow
@pytest.mark.needs("valgrind")
def test_no_part_of_measuring_takes_a_quarter_more_instructions_than_stored(kernels: Path) -> None:
    command = [sys.executable, str(BENCHMARK), "--kernels", str(kernels)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    parts = json.loads(BENCHMARK.with_suffix(".json").read_bytes())
    assert all(name in done.stdout for name in parts)
