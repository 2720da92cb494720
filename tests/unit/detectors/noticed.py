"""Two scanners of notices that tests share: to compile the patterns of each takes seconds."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.notices.sentences import DETECTORS as COMPOSED
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.vocabulary import SpanKind

NOTICES = tuple(detector for detector in DETECTORS if detector.kind in (SpanKind.NOTICE, SpanKind.OPT_OUT))
ALONE = tuple(detector for detector in NOTICES if detector not in COMPOSED)
"""Those that tell a notice by what it says, without the ones that compose sentences of phrases under the same names."""

_scanner = cache(lambda detectors: Scanner(b"key", detectors))


def noticed(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return all notices in texts."""
    return _rows(NOTICES, texts)


def noticed_alone(texts: Sequence[str], *detectors: Detector) -> list[dict[str, Any]]:
    """Return what some detectors of ALONE find in texts, or what all of them do where none is named."""
    assert set(detectors) <= set(ALONE)
    names = {detector.entity_type for detector in detectors or ALONE}
    return [row for row in _rows(ALONE, texts) if row["entity_type"] in names]


def said(text: str, *detectors: Detector) -> list[str]:
    """Return what the excerpts say that some of ALONE find in a text; where that is nothing, what any of them finds."""
    rows = noticed_alone([text], *detectors) or noticed_alone([text])
    return [row["masked"] for row in rows]


def _rows(detectors: tuple[Detector, ...], texts: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _scanner(detectors).scan(pa.array(texts)).to_pylist()
    return rows
