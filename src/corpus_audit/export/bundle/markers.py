"""The markers in a bundle against its files and each other: what was signed must be what the stages left."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus_audit.store import sha256_of_json

FOLDER = "markers/"
PLACES = {
    "ingest": "manifest",
    "gather": "evidence",
    "evaluate": "evaluate",
    "conclude": "conclude",
    "report": "report",
}
"""Where a bundle keeps the files of a stage."""

WHOLE = frozenset({"evaluate", "conclude", "report"})
"""Stages of which a bundle holds every file and no other."""


def contradicted_by_markers(markers: Mapping[str, bytes], digests: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of files and markers that do not agree.

    *markers* are the bytes of the bundle's markers by stage, *digests* the sha256 of all its files by name.
    """
    parsed = {stage: _parse(content) for stage, content in markers.items()}
    yield from (f"{FOLDER}{stage}.json" for stage, marker in parsed.items() if marker is None)
    known = {stage: marker for stage, marker in parsed.items() if marker is not None}
    for stage, marker in known.items():
        yield from _files(stage, marker["outputs"], digests)
        if any(_digest(known, name) != digest for name, digest in marker["inputs"].items() if name in known):
            yield f"{FOLDER}{stage}.json"
    yield from (f"{FOLDER}{stage}.json" for stage in sorted(PLACES.keys() - markers.keys()))


def _files(stage: str, outputs: Mapping[str, str], digests: Mapping[str, str]) -> Iterator[str]:
    place = PLACES.get(stage)
    if place is None:
        return
    expected = {f"{place}/{name}": digest for name, digest in outputs.items()}
    for name, digest in expected.items():
        if digests.get(name, "" if stage in WHOLE else digest) != digest:
            yield name
    if stage in WHOLE:
        yield from (name for name in digests if name.startswith(f"{place}/") and name not in expected)


def _parse(content: bytes) -> dict[str, Any] | None:
    try:
        marker = json.loads(content)
    except ValueError:
        return None
    is_marker = isinstance(marker, dict) and all(isinstance(marker.get(name), dict) for name in ("inputs", "outputs"))
    return marker if is_marker else None


def _digest(markers: Mapping[str, dict[str, Any]], stage: str) -> str:
    return sha256_of_json(markers[stage]["outputs"])
