"""An audit that is killed at random moments, in its parent, a worker or all of them, ends with the same bytes.

Moments and victims are seeded. ``CORPUS_AUDIT_TEST_KILLS=30`` runs the full campaign; a few kills are the default.
"""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from e2e.killed_audit import audit_with_workers
from e2e.small_corpus import write_corpus
from e2e.test_resume import contents, give_key
from preloaded import NURSERY, Process, start

KILLS = int(os.environ.get("CORPUS_AUDIT_TEST_KILLS", "3"))
SECONDS_A_KILL = 120
VICTIMS = ("parent", "worker", "group")
SMALL_SHARDS = {"CORPUS_AUDIT_SHARD_BYTES": "2000"}


def workers_of(pid: int) -> list[int]:
    """Return the processes under *pid* that read data, and the one that they are forked from."""
    children = (Path("/proc") / str(pid) / "task").glob("*/children")
    found = [int(child) for path in children for child in path.read_text().split()]
    return [one for child in found if _reads_data(child) for one in (child, *workers_of(child))]


def _reads_data(pid: int) -> bool:
    process = Path("/proc") / str(pid)
    try:
        return b"corpus_audit.guard" in (process / "cmdline").read_bytes() or NURSERY in (process / "comm").read_text()
    except OSError:
        return False


def kill(process: Process, victim: str, chance: random.Random) -> bool:
    """Kill and return whether there was anything left to kill."""
    workers = workers_of(process.pid)
    if process.poll() is not None or (victim == "worker" and not workers):
        return False
    with suppress(ProcessLookupError):  # it has just ended
        if victim == "worker":
            os.kill(chance.choice(workers), signal.SIGKILL)
        else:
            (os.killpg if victim == "group" else os.kill)(process.pid, signal.SIGKILL)
        return True
    return False


@pytest.mark.slow
@pytest.mark.timeout(900 + KILLS * SECONDS_A_KILL)
def test_killed_at_random_moments_an_audit_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SMALL_SHARDS.items():
        monkeypatch.setenv(name, value)
    manifest = write_corpus(tmp_path / "corpus")
    give_key(tmp_path / "undisturbed")
    undisturbed = start(audit_with_workers, manifest, tmp_path / "undisturbed")  # in a process like those killed later
    began = time.monotonic()
    assert undisturbed.wait() == 0, undisturbed.communicate()
    longest = time.monotonic() - began
    expected = contents(tmp_path / "undisturbed")
    chance, kills, round_, victims = random.Random(14), 0, 0, Counter[str]()
    while kills < KILLS:
        round_ += 1
        store = tmp_path / f"store-{round_}"
        give_key(store)
        is_finished = False
        while not is_finished:
            process = start(audit_with_workers, manifest, store)
            victim, wait = VICTIMS[kills % len(VICTIMS)], chance.uniform(0, longest)
            try:
                process.wait(wait if kills < KILLS else None)
            except subprocess.TimeoutExpired:
                killed = kill(process, victim, chance)
                kills, victims[victim] = kills + killed, victims[victim] + killed
            _, said = process.communicate()
            assert process.returncode in (0, -signal.SIGKILL), said.decode()
            is_finished = process.returncode == 0
        assert contents(store) == expected
        assert not list(store.rglob(".partial-*"))
    print(f"killed {dict(victims)} in {round_} audits of {longest:.0f} s")  # noqa: T201 - the figures of the campaign
    assert kills == KILLS
    assert set(victims) == set(VICTIMS[:KILLS])
