"""What all tests share: their order, and which are quick, and which are skipped for want of a system package."""

import functools
import gc
import json
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus_audit import guard

# A compiler may run in the middle of an example, and the machine may be busy: no test depends on time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

TESTS = Path(__file__).parent
QUICK = ("unit", "spec")
LONGEST = (
    "dags/test_approved_data.py",
    "e2e/test_mutated_files.py",
    "dags/test_schedules_running.py",
    "e2e/test_resume.py",
    "e2e/test_story.py",
    "e2e/test_crash_campaign.py",
    "dags/test_audit_dataset_dag.py",
    "e2e/test_record_licenses.py",
    "spec/engine/test_same_audits.py",
    "e2e/test_command_line.py",
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

Those that mostly wait for Airflow and those that mostly compute take turns, so that one waits while another computes.
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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector away from ten thousand tests and all that they import: none of it is ever garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


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
