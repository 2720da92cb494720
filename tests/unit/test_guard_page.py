"""Where a worker is, as it says on the page that its parent sees too."""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from corpus_audit import guard
from corpus_audit.guard import Limits, WorkerDiedError, page, watch
from corpus_audit.guard.death import Cause, Death
from corpus_audit.guard.page import WorkerPage, new_page
from corpus_audit.guard.watch import Watch
from unit.guarded_tasks import (
    begin_many,
    kill_at,
    kill_while_writing,
    own_pid,
    spin_in_turns,
    spoil_page_and_kill,
    wait,
)

LONG = "ä" * page._SLOT_BYTES


def death(task: Callable[..., Any], *arguments: Any, limits: Limits = Limits()) -> Death:  # noqa: B008 - frozen
    with pytest.raises(WorkerDiedError) as raised:
        guard.run(task, *arguments, limits=limits)
    return raised.value.death


def made_page() -> WorkerPage:
    handle = new_page()
    made = WorkerPage(handle)
    os.close(handle)
    return made


@pytest.mark.parametrize(
    ("places", "place"),
    [
        ([], None),
        (["first"], "first"),
        (["first", "second", "third"], "third"),
        (["a long one " * 100, "short"], "short"),
        ([""], ""),
        (["folder/" * 1000 + "file"], "folder/" * 1000 + "file"),
        (["not UTF-8: \udcff\udc80"], "not UTF-8: \udcff\udc80"),
        (["half of a pair: \ud83d"], "half of a pair: \ud83d"),
        (["zero \0 and 文件"], "zero \0 and 文件"),
    ],
)
def test_a_worker_that_is_killed_was_at_the_file_that_it_began_last(places: list[str], place: str | None) -> None:
    assert guard.run(begin_many, 3) == 3  # an earlier task of the same worker, whose files are none of this one
    found = death(kill_at, places)
    assert (found.cause, found.place) == (Cause.KILLED, place)


def test_of_a_place_that_is_longer_than_the_page_the_beginning_is_known() -> None:
    place = death(kill_at, ["x" + LONG]).place
    assert place
    assert place == ("x" + LONG)[: len(place)]
    assert len(place) > page._SLOT_BYTES // 2 - 100


@pytest.mark.parametrize(("places", "place"), [([], None), (["first"], "first"), (["first", "second"], "second")])
def test_a_beginning_that_was_not_written_to_its_end_does_not_count(places: list[str], place: str | None) -> None:
    assert death(kill_while_writing, places).place == place


def test_a_page_that_holds_no_beginning_says_nothing() -> None:
    found = death(spoil_page_and_kill)
    assert (found.cause, found.place) == (Cause.KILLED, None)
    assert guard.run(own_pid)


def test_what_is_read_while_a_worker_writes_is_whole() -> None:
    guard.stop_idle()
    thread = threading.Thread(target=guard.run, args=(begin_many, 200_000))
    thread.start()
    seen = set()
    while thread.is_alive():
        for worker in tuple(guard.pool._POOL._busy):
            last = worker._page.last()
            if last is not None:
                assert last.place == str(last.size_bytes) * (last.size_bytes % 50)
                assert last.number == last.size_bytes + 1
                seen.add(last.number)
    thread.join()
    assert len(seen) > 10


def test_the_clock_of_each_file_begins_with_it() -> None:
    limits = Limits(file_seconds=1)
    assert guard.run(spin_in_turns, 3, 0.5, limits=limits) == 3
    found = death(spin_in_turns, 2, 600.0, limits=limits)
    assert (found.cause, found.place) == (Cause.PROCESSOR_TIME, "turn 0")


def test_a_worker_that_only_waits_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "WALL_FACTOR", 1)
    found = death(wait, limits=Limits(file_seconds=1))
    assert (found.cause, found.place) == (Cause.WALL_TIME, "waiting")


def test_while_its_caller_is_busy_a_worker_waits_at_no_cost() -> None:
    shared = made_page()
    watching = [Watch(os.getpid(), Limits(file_seconds=1_000), shared) for _ in range(2)]
    used, hours_ago = sum(os.times()[:4]), time.monotonic() - 20_000
    page._BEGINNING.pack_into(shared._memory, page._slot_of(1), 1, 0, used, hours_ago, 0)
    page._NUMBER.pack_into(shared._memory, 0, 1)
    watching[0].resume()
    assert watching[0].excess() is None
    found = watching[1].excess()
    assert found is not None
    assert found.cause is Cause.WALL_TIME
    shared.close()


def test_a_page_is_empty_until_a_file_begins() -> None:
    shared = made_page()
    assert (shared.number, shared.last()) == (0, None)
    shared.begin_file("one", 5)
    last = shared.last()
    assert last is not None
    assert (last.number, last.place, last.size_bytes) == (1, "one", 5)
    assert 0 <= time.monotonic() - last.monotonic_seconds < 60
    shared.close()
