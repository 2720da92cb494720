"""The run of all tests but the quick ones imports no file that has none, and no slow test can hide in such a file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SLOW = "import pytest\n\n@pytest.mark.slow\ndef test_slow(): pass\n\ndef test_quick(): pass\n"
QUICK = "def test_quick(): pass\n"
HIDDEN = "from marks import lasting\n\n@lasting\ndef test_hidden(): pass\n"
ENGINES = "import pytest\n\n@pytest.fixture(params=[1, pytest.param(2, marks=pytest.mark.slow)])\ndef engine(): pass\n"


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    """A folder of tests with this project's conftest.py."""
    folder = tmp_path / "tests"
    for name, text in {
        "unit/test_slow.py": SLOW,
        "unit/test_quick.py": QUICK,
        "spec/engine/conftest.py": ENGINES,
        "spec/engine/test_engines.py": "def test_engine(engine): pass\n",
        "e2e/test_whole.py": QUICK,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    shutil.copy(TESTS / "conftest.py", folder)
    shutil.copytree(TESTS.parent / "scripts", tmp_path / "scripts")
    return folder


def collected(tests: Path, marks: str) -> subprocess.CompletedProcess[str]:
    """Return what pytest says that it collects under marks."""
    options = ("--rootdir", tests.parent, "-c", os.devnull, "--import-mode=importlib", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", tests, *options, "-o", "markers=slow", "-m", marks, "--co", "-q"]
    search = os.pathsep.join([os.fspath(tests), *sys.path])
    environment = os.environ | {"PYTHONPATH": search, "PYTEST_ADDOPTS": ""}
    return subprocess.run(command, env=environment, cwd=tests.parent, capture_output=True, text=True, check=False)


def test_files_of_quick_tests_alone_are_not_imported_for_the_others(tests: Path) -> None:
    (tests / "unit" / "test_quick.py").write_text("raise AssertionError")
    found = collected(tests, "not quick").stdout
    assert {line for line in found.splitlines() if "::" in line} == {
        "tests/unit/test_slow.py::test_slow",
        "tests/spec/engine/test_engines.py::test_engine[2]",
        "tests/e2e/test_whole.py::test_quick",
    }


def test_a_slow_test_whose_file_does_not_say_so_stops_the_run_of_quick_tests(tests: Path) -> None:
    (tests / "marks.py").write_text("import pytest\n\nlasting = pytest.mark.slow\n")
    (tests / "unit" / "test_hidden.py").write_text(HIDDEN)
    run = collected(tests, "quick")
    assert run.returncode == pytest.ExitCode.INTERRUPTED
    assert "ERROR collecting tests/unit/test_hidden.py" in run.stdout
    assert "write pytest.mark.slow in the file of a slow test itself" in run.stdout
