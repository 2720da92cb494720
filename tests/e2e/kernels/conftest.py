"""Compiled loops that the tests of this folder share, which one worker runs: to compile them takes half a minute."""

import platform
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a test leaves what it compiled, for a later one that would compile it again."""
    return tmp_path_factory.mktemp("compiled") / "kernels"


@pytest.fixture(scope="session")
def processor() -> dict[str, str]:
    """The variables that have code compiled as ``benchmarks/instructions.py`` does: for one fixed processor.

    A machine of another kind compiles for its own, and shares nothing.
    """
    if platform.machine() != "x86_64":
        return {}
    return {"NUMBA_CPU_NAME": "x86-64-v3", "NUMBA_CPU_FEATURES": "", "PYTHONHASHSEED": "0"}
