"""Audits that run by themselves: what ``dags/audits.yaml`` lists, checked as a whole.

Entries are checked one by one, so that a bad one never hides the others: it is left out, and said why with its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from corpus_audit.errors import ManifestError, ScheduleError
from corpus_audit.manifest.native import decode
from corpus_audit.manifest.parts import Entries, Part, find_repeats
from corpus_audit.manifest.problems import describe_errors, places_of, render_problems
from corpus_audit.manifest.syntax import read_yaml
from corpus_audit.manifest.tree import Problem, UnreadableError
from corpus_audit.manifest.values import Identifier, refusal

_NAMED = ("@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_CRON_PART = re.compile(r"(?P<first>\*|\d{1,2})(?:-(?P<last>\d{1,2}))?(?:/(?P<step>\d{1,2}))?", re.ASCII)
_PLACE = re.compile(r"/.+|(s3|gs|az|hf|https)://[^@]+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ENTRIES = "audits"


def _check_cron(value: str) -> str:
    if value in _NAMED:
        return value
    fields = value.split()
    if len(fields) != len(_RANGES):
        raise refusal("must be five fields such as '0 3 * * 1', or @daily, @weekly, @monthly …")
    for field, (low, high) in zip(fields, _RANGES, strict=True):
        if not all(_is_cron_part(part, low, high) for part in field.split(",")):
            raise refusal(f"has a field that is not made of numbers from {low} to {high}, '*', '-', ',' and '/'")
    return value


def _is_cron_part(part: str, low: int, high: int) -> bool:
    match = _CRON_PART.fullmatch(part)
    if match is None:
        return False
    numbers = [int(number) for number in (match["first"], match["last"]) if number not in ("*", None)]
    stepped = match["step"] is None or int(match["step"]) > 0
    return stepped and all(low <= number <= high for number in numbers) and numbers == sorted(numbers)


def _check_place(value: str) -> str:
    if not _PLACE.fullmatch(value) or ".." in value.split("/"):
        raise refusal("must be an absolute path, or an s3, gs, az, hf or https address without a user name")
    return value


def _check_recipient(value: str) -> str:
    if not (_ADDRESS.fullmatch(value) or value.startswith("webhook:")):
        raise refusal("must be a mail address, or webhook: and the id of an Airflow connection")
    return value


Cron = Annotated[str, AfterValidator(_check_cron)]
PlaceOfData = Annotated[str, AfterValidator(_check_place)]
Recipient = Annotated[str, AfterValidator(_check_recipient)]


class Schedule(Part):
    """One audit that runs by itself."""

    id: Identifier = Field(description="Name of the audit; its DAG is audit_ and this.")
    manifest: PlaceOfData = Field(description="Where the manifest is, as the workers see it.")
    root: PlaceOfData | None = Field(None, description="Where its paths begin; by default beside it.")
    connection: str | None = Field(None, description="Airflow connection with the credentials for the root's bucket.")
    store: PlaceOfData | None = Field(None, description="Folder of the audits; by default CORPUS_AUDIT_STORE.")
    packs: Entries[str] = Field(("baseline",), description="Policy packs to judge the evidence by.")
    keywords: Entries[PlaceOfData] = Field((), description="Files of words that prohibited content would hold.")
    cron: Cron | None = Field(None, description="When it runs, in UTC.")
    after: Entries[str] = Field((), description="Assets whose update starts it.")
    owner: str = Field("data-governance", description="Who answers for it.")
    reviewers: Entries[str] = Field((), description="Airflow users who may sign it off; by default every steward.")
    deadline_hours: int | None = Field(None, ge=1, le=24 * 31, description="Hours after its start when it is late.")
    notify: Entries[Recipient] = Field((), description="Who is told of failures, missed deadlines and rejections.")

    @model_validator(mode="after")
    def _starts_some_time(self) -> Self:
        if self.cron is None and not self.after:
            raise refusal("never starts: give 'cron', or 'after' with the assets that start it")
        return self


@dataclass(frozen=True)
class Schedules:
    """The entries that can run, in their order, and what is wrong with the others."""

    entries: tuple[Schedule, ...]
    problems: tuple[str, ...]


def load_schedules(path: Path) -> Schedules:
    """Return the scheduled audits of a YAML file; raises ScheduleError when the file itself cannot be read."""
    try:
        text = decode(path.read_bytes())
        reading = read_yaml(text)
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
    listed = reading.value.get(_ENTRIES) if isinstance(reading.value, dict) else None
    if not isinstance(listed, list):
        message = f"{path} lists no audits: begin it with 'audits:' and a list."
        raise ScheduleError(message)
    entries, problems = _check(listed)
    problems = [*reading.problems, *problems]
    lines = read_yaml(text, places_of(problems)).lines if problems else {}
    return Schedules(entries, render_problems(problems, lines))


def _check(listed: Sequence[Any]) -> tuple[tuple[Schedule, ...], list[Problem]]:
    entries: list[Schedule] = []
    problems: list[Problem] = []
    for number, item in enumerate(listed):
        try:
            entries.append(Schedule.model_validate(item))
        except ValidationError as error:
            problems += describe_errors(error, (_ENTRIES, number), Schedule)
    repeats = dict(find_repeats([entry.id for entry in entries]))
    for index in repeats:
        message = f"has the id '{entries[index].id}', as an earlier one has: give each its own"
        problems.append(Problem((_ENTRIES,), message))
    return tuple(entry for index, entry in enumerate(entries) if index not in repeats), problems
