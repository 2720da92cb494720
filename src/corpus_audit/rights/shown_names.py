"""The displayable part of an unknown license name: it comes from the data and may contain anything."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyarrow as pa

from corpus_audit.vocabulary import SpanKind

if TYPE_CHECKING:
    from corpus_audit.measure.detection.scan import Scanner

LONGEST_SHOWN = 80
"""Characters of a name that are shown."""

_READ = 400
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_MASK = "***"


def shown_names(names: Sequence[str]) -> list[str]:
    """Return each name on one line, its personal details and secrets masked, and its end cut off.

    Of an address only the host and path are left. What a copyright line names is masked too.
    """
    bare = [" ".join(_ADDRESS.sub(_plain_address, _beginning(name)).split()) for name in names]
    if not bare:
        return []
    spans = _scanner().scan(pa.array(bare, pa.large_string())).to_pylist()
    masked = [name.encode() for name in bare]
    for span in sorted(spans, key=lambda span: (span["index"], -span["start_byte"])):
        name = masked[span["index"]]
        masked[span["index"]] = name[: span["start_byte"]] + _MASK.encode() + name[span["end_byte"] :]
    return [_cut(name.decode(errors="replace")) for name in masked]


@cache
def _scanner() -> "Scanner":
    from corpus_audit.measure.detection.detectors import DETECTORS
    from corpus_audit.measure.detection.notices import copyright_line
    from corpus_audit.measure.detection.scan import Scanner

    private = (SpanKind.PERSONAL_INFORMATION, SpanKind.SECRET)
    # The hashes of the spans are not kept, so they need no key of the store.
    return Scanner(b"", [*(d for d in DETECTORS if d.kind in private), copyright_line.DETECTOR])


def _beginning(name: str) -> str:
    """Return what is read of a name. It ends with a whole word: half an e-mail address is not recognised as one."""
    return name if len(name) <= _READ else name[:_READ].rpartition(" ")[0]


def _plain_address(match: re.Match[str]) -> str:
    try:
        parts = urlsplit(match[0])
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
    except ValueError:
        return _MASK


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
