"""What all tests share: their order, and which are quick, and which are skipped for want of a system package."""

import functools
import gc
import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus_audit import guard

# A compiler may run in the middle of an example, and the machine may be busy: no test depends on time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# Its grammars for addresses take two seconds to load, in every process whose tests check JSON: dags/without_grammars.
sys.modules.setdefault("rfc3987_syntax", None)

TESTS = Path(__file__).parent
SHARING = ("tests/browser", "tests/dags/standing", "tests/e2e/kernels", "tests/spec/engine")
"""Folders whose tests share a browser, an Airflow, what they compile, or a Java; Spark's workers import the last."""
QUICK = ("unit", "spec")
SLOW_MARK = "mark.slow"
"""What a file of QUICK, or the conftest.py beside or above it, holds if one of its tests may be slow."""
LONGEST = (
    "dags/standing/test_schedules_running.py",
    "dags/standing/test_approved_data.py",
    "e2e/test_story.py",
    "browser/test_report_page.py",
    "spec/engine/test_same_audits.py",
    "dags/test_celery_workers.py",
    "e2e/kernels/test_compiling_ahead.py",
    "e2e/kernels/test_instructions.py",
    "integration/test_spark_cluster.py",
    "integration/test_store_in_a_bucket.py",
    "e2e/test_parameters.py",
    "dags/test_audit_dataset_dag.py",
    "e2e/test_resume.py",
    "dags/test_tasks_apart.py",
    "e2e/test_mutated_files.py",
    "e2e/test_crash_campaign.py",
    "dags/test_canaries.py",
    "integration/test_review_app.py",
    "e2e/test_record_licenses.py",
    "e2e/test_bundle.py",
    "e2e/test_command_line.py",
    "e2e/test_telling.py",
    "integration/test_review_access.py",
    "spec/exclusions/test_exclusions.py",
    "spec/evidence/test_evidence_tables.py",
    "spec/evidence/test_evidence_subjects.py",
    "spec/dedup/test_clusters.py",
    "unit/test_references.py",
    "spec/dedup/test_large_groups.py",
    "unit/test_passage_index.py",
    "unit/test_leaders.py",
    "unit/test_report_html.py",
)
"""The files that take longest: begun last, one of them would keep a single worker busy at the end.

Those that mostly wait for servers and those that mostly compute take turns, so that one waits while another computes.
"""
SYSTEM_PACKAGES = TESTS.parent / "scripts" / "install-system-packages.sh"


@functools.cache
def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages that tests need and this machine lacks."""
    listed = subprocess.run([SYSTEM_PACKAGES, "--missing"], capture_output=True, text=True, check=True).stdout
    return tuple(listed.split())


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tasks run in this process, where a test has replaced a part of the program."""

    def run(function: Callable[..., Any], *arguments: Any, **_options: Any) -> Any:
        return json.loads(json.dumps(function(*arguments)))

    monkeypatch.setattr(guard, "run", run)


@pytest.fixture(scope="module")
def everything_compiled() -> Iterator[None]:
    """Have compiled functions read all text, little as it is: whether they are kept says nothing of a test."""
    from corpus_audit.measure.little_text import no_text_is_little  # loads numba

    with no_text_is_little():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector away from ten thousand tests and all that they import: none of it is ever garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_unconfigure() -> None:
    """Let objects be freed at the end: libraries tell of those that are left, behind the last line of pytest."""
    gc.unfreeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Have one worker more than cores for all but the quick tests: many wait for servers, disks and browsers."""
    if config.option.markexpr != "not quick":
        return None
    from xdist.plugin import pytest_xdist_auto_num_workers as count_cores  # type: ignore[import-untyped]

    return int(count_cores(config)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """Hand the files of each folder of SHARING to one worker: they share what takes long to start."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class LoadPackages(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = Path(super()._split_scope(nodeid))
            return str(file.parent if file.parent.as_posix() in SHARING else file)

    return LoadPackages(config, log)


@functools.cache
def holds_slow_mark(path: Path) -> bool:
    """Return whether a file is there and holds the mark of slow tests."""
    return path.is_file() and SLOW_MARK in path.read_text()


def is_always_quick(path: Path) -> bool:
    """Return whether all tests of a file are quick, as far as its text and that of the conftest.py around it tell."""
    if path.relative_to(TESTS).parts[0] not in QUICK:
        return False
    around = (folder / "conftest.py" for folder in path.parents if folder.is_relative_to(TESTS) and folder != TESTS)
    return not any(map(holds_slow_mark, (path, *around)))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files of quick tests alone where those are not run: to import them all costs every worker seconds."""
    left_out = config.option.markexpr == "not quick" and collection_path.suffix == ".py"
    return True if left_out and is_always_quick(collection_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector: pytest.Module | pytest.Class) -> Generator[None, object, object]:
    """Refuse a slow test that pytest_ignore_collect leaves out: no run would ever have it."""
    made = yield
    items = [item for item in made if isinstance(item, pytest.Item)] if isinstance(made, list) else []
    if any(item.get_closest_marker("slow") for item in items) and is_always_quick(collector.path):
        raise collector.CollectError(f"write pytest.{SLOW_MARK} in the file of a slow test itself")
    return made


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick tests, and put the files that take longest first."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in QUICK and not item.get_closest_marker("slow"):
            item.add_marker("quick")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    places = {TESTS / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places) + (item.path not in slow)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked with a system package that is missing."""
    for marker in item.iter_markers("needs"):
        if lacking := sorted(set(marker.args) & set(missing_packages())):
            pytest.skip(f"needs the system package {', '.join(lacking)}: scripts/install-system-packages.sh")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the missing system packages once more where the run ends."""
    if missing := missing_packages():
        terminalreporter.section("missing system packages")
        terminalreporter.line(f"Tests that need these were skipped: {' '.join(missing)}")
        terminalreporter.line("As root, scripts/install-system-packages.sh installs them.")
