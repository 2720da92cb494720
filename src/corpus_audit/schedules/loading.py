"""The list of schedules read from its file: the valid entries, and the problems of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from corpus_audit.errors import ManifestError, ScheduleError
from corpus_audit.manifest.native import decode
from corpus_audit.manifest.parts import ManifestPart, find_repeats
from corpus_audit.manifest.problems import describe_errors, places_of, render_problems
from corpus_audit.manifest.syntax import read_yaml
from corpus_audit.manifest.tree import Place, Problem, Reading, UnreadableError
from corpus_audit.schedules.entries import ReferenceSchedule, Schedule, WatchedPlace

_LISTS = ("audits", "watched", "references")
_EntryT = TypeVar("_EntryT", bound=ManifestPart)


@dataclass(frozen=True)
class Schedules:
    """The entries that can run, in their order, and what is wrong with the others."""

    audits: tuple[Schedule, ...]
    watched: tuple[WatchedPlace, ...]
    references: tuple[ReferenceSchedule, ...]
    problems: tuple[str, ...]


def load_schedules(path: Path) -> Schedules:
    """Return what a YAML file schedules; raises ScheduleError when the file itself cannot be read."""
    text, reading = _read(path)
    if not isinstance(reading.value, dict) or not any(isinstance(reading.value.get(name), list) for name in _LISTS):
        message = f"{path} lists nothing: begin it with 'audits:', 'watched:' or 'references:', and a list."
        raise ScheduleError(message)
    problems = [*reading.problems, *_unknown(reading.value)]
    audits = _check(reading.value, "audits", Schedule, problems)
    watched = _check(reading.value, "watched", WatchedPlace, problems)
    references = _check(reading.value, "references", ReferenceSchedule, problems)
    named = [("audits", entry.id) for entry in audits] + [("watched", entry.id) for entry in watched]
    repeated = _repeated(named, [name for _, name in named], "id", problems)
    works = [(entry.store, entry.name) for entry in references]
    repeated_works = _repeated([("references", name) for _, name in works], works, "name", problems)
    lines = read_yaml(text, places_of(problems)).lines if problems else {}
    return Schedules(
        audits=tuple(entry for index, entry in enumerate(audits) if index not in repeated),
        watched=tuple(entry for index, entry in enumerate(watched, len(audits)) if index not in repeated),
        references=tuple(entry for index, entry in enumerate(references) if index not in repeated_works),
        problems=render_problems(problems, lines),
    )


def _read(path: Path) -> tuple[str, Reading]:
    try:
        text = decode(path.read_bytes())
        return text, read_yaml(text)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): name the file that lists the audits."
        raise ScheduleError(message) from None
    except UnreadableError as error:
        place = f" (line {error.problem.line})" if error.problem.line else ""
        message = f"{path}{place} {error.problem.message}."
        raise ScheduleError(message) from None
    except ManifestError as error:
        message = f"{path}: {'; '.join(error.problems)}."
        raise ScheduleError(message) from None


def _unknown(value: Mapping[str, Any]) -> list[Problem]:
    return [Problem((str(name),), f"is no list: use {', '.join(_LISTS)}") for name in value if name not in _LISTS]


def _check(value: Mapping[str, Any], name: str, model: type[_EntryT], problems: list[Problem]) -> list[_EntryT]:
    """Return the entries of one list that can run, and add to *problems* what is wrong with the others."""
    listed = value.get(name, [])
    if not isinstance(listed, list):
        problems.append(Problem((name,), "must be a list"))
        return []
    entries = []
    for number, item in enumerate(listed):
        try:
            entries.append(model.model_validate(item))
        except ValidationError as error:
            problems += describe_errors(error, (name, number), model)
    return entries


def _repeated(named: Sequence[Place], keys: Sequence[Any], word: str, problems: list[Problem]) -> set[int]:
    """Return which entries have the key of an earlier one, and add to *problems* what is wrong with them."""
    repeats = {index for index, _ in find_repeats(keys)}
    for index in sorted(repeats):
        list_name, key = named[index]
        message = f"has the {word} '{key}', as an earlier one has: give each its own"
        problems.append(Problem((list_name,), message))
    return repeats
