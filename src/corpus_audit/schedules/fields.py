"""The value types of the list of schedules, each with its validation rule."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator

from corpus_audit.manifest.values import refusal
from corpus_audit.schedules.cron import check_cron
from corpus_audit.schedules.dates import at_date, check_dates

_PLACE = re.compile(r"/.+|(s3|gs|az|https)://[^@]+|hf://datasets/[^@]+(@[^@]+)?")
_FOLDER_OR_BUCKET = re.compile(r"/.+|(s3|gs|az)://[^@]+")
_LOCAL_PATH = re.compile(r"/.+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PATTERN = re.compile(r"[^/\\{}][^\\{}]*")
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def _check_place(value: str) -> str:
    if not _PLACE.fullmatch(value) or _leaves(value):
        raise refusal("must be an absolute path, or an s3, gs, az, hf or https address without a user name")
    return value


def _check_dated_place(value: str) -> str:
    _check_place(at_date(check_dates(value), _SOME_DAY))
    return value


def _check_folder_or_bucket(value: str) -> str:
    if not _FOLDER_OR_BUCKET.fullmatch(value) or _leaves(value):
        raise refusal("must be an absolute path, or an s3, gs or az address without a user name")
    return value


def _check_local_path(value: str) -> str:
    if not _LOCAL_PATH.fullmatch(value) or _leaves(value):
        raise refusal("must be an absolute path")
    return value


def _check_pattern(value: str) -> str:
    if not _PATTERN.fullmatch(value) or _leaves(value):
        raise refusal("must be a pattern of paths below the place, such as '*/manifest.yaml'")
    return value


def _leaves(value: str) -> bool:
    return ".." in value.split("/")


def _check_recipient(value: str) -> str:
    if not (_ADDRESS.fullmatch(value) or value.startswith("webhook:")):
        raise refusal("must be a mail address, or webhook: and the id of an Airflow connection")
    return value


Cron = Annotated[str, AfterValidator(check_cron)]
DatedPlace = Annotated[str, AfterValidator(_check_dated_place)]
FolderOrBucket = Annotated[str, AfterValidator(_check_folder_or_bucket)]
LocalPath = Annotated[str, AfterValidator(_check_local_path)]
PathPattern = Annotated[str, AfterValidator(_check_pattern)]
Recipient = Annotated[str, AfterValidator(_check_recipient)]
