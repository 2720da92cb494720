"""The destination of events: a file in the store, or the transport in OpenLineage's environment variables.

The file is appended to under a lock, a line an event, by all processes that work in the store. Everything else is the
OpenLineage client's business (extra ``lineage``). What cannot be sent goes to the file, and a process that failed to
send once does not try again: an audit does not wait for a receiver that is down.
"""

import fcntl
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus_audit.document.gaps import Json

EVENTS_FILE = "openlineage.ndjson"
"""The file in the store that events are appended to."""

log = logging.getLogger("corpus_audit.lineage")

_CONFIGURATION = ("OPENLINEAGE_URL", "OPENLINEAGE_CONFIG", "OPENLINEAGE__TRANSPORT")
_said: set[str] = set()
"""What this process has logged, so that it is logged once."""


def is_disabled(environ: Mapping[str, str] = os.environ) -> bool:
    """True if ``OPENLINEAGE_DISABLED`` turns events off."""
    return environ.get("OPENLINEAGE_DISABLED", "").strip().lower() == "true"


class Sender:
    """Sends the events of one run of a stage."""

    def __init__(self, store: Path, environ: Mapping[str, str] = os.environ) -> None:
        self._file = store / EVENTS_FILE
        self._client = _client() if _wants_client(environ) and not _said else None

    def send(self, event: Json) -> None:
        """Send an event, or append it to the file; what fails is logged once."""
        try:
            if self._client is not None:
                self._client.emit(_as_client_event(event))
                return
        except Exception as error:  # noqa: BLE001 - a transport may raise anything, and must not fail an audit
            _say(f"OpenLineage events cannot be sent ({type(error).__name__}): they go to {EVENTS_FILE} in the store.")
            self._client = None
        self._append(event)

    def close(self) -> None:
        """Wait until the client has sent what it keeps back."""
        if self._client is not None:
            self._client.close(timeout=10)

    def _append(self, event: Json) -> None:
        line = json.dumps(event, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as stream:
                # The lock holds on shared file systems as well, where appending alone does not keep lines whole.
                fcntl.flock(stream, fcntl.LOCK_EX)
                stream.write(line.encode())
        except OSError as error:
            _say(f"OpenLineage events cannot be written to {EVENTS_FILE} in the store ({type(error).__name__}).")


def _wants_client(environ: Mapping[str, str]) -> bool:
    return any(name.startswith(_CONFIGURATION) and value for name, value in environ.items())


def _client() -> Any:
    try:
        from openlineage.client import OpenLineageClient

        return OpenLineageClient()
    except ImportError:
        _say("OPENLINEAGE_… is set, but the extra 'lineage' is not installed: events go to the store's file.")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with its configuration must not fail an audit
        _say(f"The OpenLineage client cannot be set up ({type(error).__name__}): events go to the store's file.")
    return None


def _as_client_event(event: Json) -> Any:
    """Return an event as the client's class; facets that the client does not change stay as they are."""
    from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
    from openlineage.client.facet_v2 import tags_run

    facets = dict(event["run"]["facets"])
    tags = [tags_run.TagsRunFacetFields(**tag) for tag in facets["tags"]["tags"]]
    facets["tags"] = tags_run.TagsRunFacet(tags=tags, producer=event["producer"])
    return RunEvent(
        eventTime=event["eventTime"],
        eventType=RunState[event["eventType"]],
        producer=event["producer"],
        run=Run(runId=event["run"]["runId"], facets=facets),
        job=Job(**event["job"]),
        inputs=[InputDataset(**dataset) for dataset in event["inputs"]],
        outputs=[OutputDataset(**dataset) for dataset in event["outputs"]],
    )


def _say(message: str) -> None:
    if message not in _said:
        _said.add(message)
        log.warning(message)
