"""What is compiled ahead is all that the audit of a small dataset compiles."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-corpus" / "manifest.yaml"


@pytest.mark.slow
def test_an_audit_compiles_nothing_after_it(tmp_path: Path) -> None:
    def run(*arguments: str) -> Counter[str]:
        environment = os.environ | {
            "NUMBA_CACHE_DIR": str(tmp_path / "numba"),
            "XDG_CACHE_HOME": str(tmp_path / "user"),
        }
        ended = subprocess.run([sys.executable, "-m", *arguments], env=environment, capture_output=True, check=False)
        assert ended.returncode in (0, 1, 3), ended.stderr
        return Counter(str(path) for path in (tmp_path / "numba").rglob("*.nbc"))

    kept = run("corpus_audit.pipeline.compiling_ahead")
    assert len(kept) > 30
    assert run("corpus_audit.cli", "audit", str(EXAMPLE), "--store", str(tmp_path / "store")) == kept
