"""What is compiled ahead is all that the audit of a small dataset compiles, and what is compiled beside it a part."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import platformdirs
import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "small-corpus" / "manifest.yaml"


@pytest.mark.slow
def test_an_audit_compiles_nothing_after_it(tmp_path: Path, kernels: Path, processor: dict[str, str]) -> None:
    lifeline, held = os.pipe()
    # Only functions are looked at: patterns that were compiled before are found.
    (tmp_path / "user" / "corpus-audit").mkdir(parents=True)
    (tmp_path / "user" / "corpus-audit" / "patterns").symlink_to(platformdirs.user_cache_path("corpus-audit/patterns"))

    def run(*arguments: str) -> Counter[str]:
        environment = (
            os.environ
            | processor
            | {
                "NUMBA_CACHE_DIR": str(tmp_path / "numba"),
                "XDG_CACHE_HOME": str(tmp_path / "user"),
            }
        )
        command = [sys.executable, "-m", *arguments]
        ended = subprocess.run(command, env=environment, capture_output=True, check=False, pass_fds=[lifeline])
        assert ended.returncode in (0, 1, 3), ended.stderr
        return Counter(str(path) for path in (tmp_path / "numba").rglob("*.nbc"))

    beside = run("corpus_audit.pipeline.compiling_beside", str(lifeline))
    kept = run("corpus_audit.pipeline.compiling_ahead")
    assert 5 < len(beside) < len(kept)
    # Compiled for other arguments than audits have, a function would be kept a second time.
    assert all(name.endswith(".1.nbc") for name in kept)
    assert run("corpus_audit.cli", "audit", str(EXAMPLE), "--store", str(tmp_path / "store")) == kept
    os.close(held)
    os.close(lifeline)
    (tmp_path / "numba").rename(kernels)
