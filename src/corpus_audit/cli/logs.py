"""Log lines on stderr, one per stage: as text for people, or as JSON for log collectors."""

import json
import logging
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from corpus_audit.config import ENVIRONMENT_PREFIX

_STANDARD = frozenset({*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"})


class LogFormat(StrEnum):
    """The format of log lines."""

    TEXT = "text"
    JSON = "json"


LogFormatOption = Annotated[
    LogFormat | None,
    typer.Option(
        "--log-format",
        envvar=f"{ENVIRONMENT_PREFIX}LOG_FORMAT",
        help="Print one line per stage to stderr instead of progress bars. [default: neither in a pipe]",
        show_default=False,
    ),
]


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object, with the field names of Airflow's JSON logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's time, level, logger and message, and every field it was given."""
        fields = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        return json.dumps(line | fields, ensure_ascii=False, default=str)


def start_logging(log_format: LogFormat) -> None:
    """Write this program's log to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format is LogFormat.JSON else logging.Formatter("%(message)s"))
    logger = logging.getLogger("corpus_audit")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
