"""Content credentials (C2PA): their integrity, and their statements on the content's making and on training.

Intact does not mean trusted: no certificate is checked against a trust list, and nothing is fetched, neither a remote
manifest nor the state of a certificate.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from corpus_audit.measure.media.facts import Label, damaged, search
from corpus_audit.measure.media.terms import mining_entry, source_type
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

_MARK, _REMOTE = b"c2pa", b"dcterms:provenance"
_MINING = ("cawg.training-mining", "c2pa.training-mining")
_ACTIONS = ("c2pa.actions", "c2pa.actions.v2")
_TYPES: Mapping[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WebP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "AVIF": "image/avif",
    "HEIF": "image/heif",
    "JPEG XL": "image/jxl",
    "MP3": "audio/mpeg",
    "WAV": "audio/wav",
    "FLAC": "audio/flac",
    "M4A": "audio/mp4",
    "MP4": "video/mp4",
    "AVI": "video/avi",
}


def read_credentials(content: pa.Buffer, container: str) -> Iterator[Label]:
    """Yield what a file's credentials say; raises MediaError when there are some that cannot be read."""
    import c2pa

    if container not in _TYPES:
        return
    if search(content, _MARK) < 0:
        if search(content, _REMOTE) >= 0:
            yield _state("kept elsewhere", LabelMeaning.NOT_READ)
        return
    try:
        reader = c2pa.Reader.try_create(_TYPES[container], pa.BufferReader(content), context=_offline())
    except c2pa.C2paError as error:
        message = "its content credentials cannot be read"
        raise damaged(message) from error
    if reader is None:
        return
    with reader:
        store = json.loads(reader.json())
    yield _validation(store)
    for name in sorted(store.get("manifests", {})):
        is_active = name == store.get("active_manifest")
        yield from _read_assertions(store["manifests"][name].get("assertions", ()), is_active=is_active)


@cache
def _offline() -> Any:
    import c2pa

    settings = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
    return c2pa.Context(settings=c2pa.Settings.from_dict(settings))


def _validation(store: Mapping[str, Any]) -> Label:
    state = store.get("validation_state")
    if state in ("Valid", "Trusted"):
        return _state("intact", LabelMeaning.INTACT)
    return _state("broken", LabelMeaning.BROKEN)


def _state(value: str, meaning: LabelMeaning) -> Label:
    return Label(LabelCarrier.C2PA, LabelKind.CREDENTIALS, value, meaning)


def _read_assertions(assertions: Any, *, is_active: bool) -> Iterator[Label]:
    """Yield what the assertions say; those of ingredients only about mining: how a part was made is not the whole."""
    for assertion in assertions:
        label, data = assertion.get("label", ""), assertion.get("data")
        if not isinstance(data, dict):
            continue
        if label in _MINING:
            entries = data.get("entries") or {}
            yield from (mining_entry(name, str((entry or {}).get("use"))) for name, entry in sorted(entries.items()))
        elif label in _ACTIONS and is_active:
            for action in data.get("actions") or ():
                if action.get("digitalSourceType"):
                    yield source_type(LabelCarrier.C2PA, str(action["digitalSourceType"]))
