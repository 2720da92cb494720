"""Measuring of a shard in a worker, and what is done when a file ends that worker.

The shard is then read part by part, to know which parts do that, and at last once more without them. What the other
files give is the same, byte for byte, as if those parts could not be opened.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_audit import guard
from corpus_audit.config import Parameters
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.guard import Death, WorkerDiedError
from corpus_audit.guard.death import Cause, no_reason
from corpus_audit.pipeline.context import RunContext, ignore_progress, run_inputs
from corpus_audit.pipeline.measured_parts import WARM_UP, MeasuringTask, load_all, measure_parts
from corpus_audit.pipeline.shard_parts import read_parts
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DefectCode

if TYPE_CHECKING:
    from corpus_audit.corpus.entry import GivenUp


def run_guarded(
    function: Callable[..., Any],
    audit: AuditFolder,
    *arguments: Any,
    advance: Callable[[int], None] = ignore_progress,
) -> Any:
    """Return what a function returns in a worker that reads an audit's files a second time, as JSON holds it.

    A worker that was ended from outside is started once more, so *function* must be one that may begin again. Raises
    GuardError when the worker ends: all that it opens was read once, under limits.
    """
    run = partial(guard.run, function, *arguments, address=run_inputs(audit)["root"], advance=advance)
    try:
        return guard.run_again_if_killed(run)
    except WorkerDiedError as error:
        raise no_reason(error.death) from None


def measure_guarded(
    folder: Path, audit: AuditFolder, shard: int, parameters: Parameters, context: RunContext
) -> Mapping[str, "GivenUp"]:
    """Write the tables of a shard into *folder*; return the parts that had to be given up, by their places.

    Raises GuardError when workers end that read no file.
    """
    task = MeasuringTask(audit, shard, context.settings)
    run = partial(
        guard.run,
        measure_parts,
        limits=reading_limits(parameters),
        address=run_inputs(audit)["root"],
    )
    try:
        run(folder, task, preload=WARM_UP, advance=context.advance)
    except WorkerDiedError:
        given_up = _find_guilty(folder, task, run)
    else:
        return {}

    def run_without_guilty() -> None:
        _empty(folder)
        run(folder, replace(task, given_up=given_up), preload=load_all)

    while True:
        try:
            guard.run_again_if_killed(run_without_guilty)
        except WorkerDiedError as error:
            given_up[_place(error.death, given_up)] = _given_up(error.death)
        else:
            return given_up


def _find_guilty(folder: Path, task: MeasuringTask, run: Callable[..., Any]) -> dict[str, "GivenUp"]:
    """Return the parts that end a worker when they are read one at a time, and why."""
    numbers = {place: number for number, place in enumerate(_places(task))}
    guilty: dict[str, GivenUp] = {}
    chance: str | None = ""
    first = 0
    while first < len(numbers):
        _empty(folder)
        try:
            run(folder, replace(task, first_part=first, at_a_time=True), preload=load_all)
            break
        except WorkerDiedError as error:
            first = numbers.get(error.death.place or "", first)
            if error.death.cause is Cause.KILLED and chance != error.death.place:
                chance = error.death.place
                continue
            place = _place(error.death, guilty)
            guilty[place] = _given_up(error.death)
            first += 1
    return guilty


def _places(task: MeasuringTask) -> list[str]:
    from corpus_audit.corpus.records import place_of_part

    parts = read_parts(task.audit, [task.shard])
    named = zip(parts["file_id"].to_pylist(), parts["first_row"].to_pylist(), strict=True)
    return [place_of_part(*part) for part in named]


def _place(death: Death, known: Mapping[str, "GivenUp"]) -> str:
    if death.place is None or death.place in known:
        raise no_reason(death)
    return death.place


def _given_up(death: Death) -> "GivenUp":
    from corpus_audit.corpus.entry import GivenUp

    return GivenUp(DefectCode.LIMIT_EXCEEDED if death.is_limit else DefectCode.READER_DIED, death.detail)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
