"""Misleading names: letters of one script that resemble those of another, and invisible characters."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from corpus_audit.manifest.model import Dataset, License, Manifest, ModelDescription, Source
from corpus_audit.manifest.tree import Place

MIXED = "mixes letters of scripts that look alike: find out which name is meant"
UNSEEN = "holds an invisible character: find out which name is meant"

_NAMES: dict[type[BaseModel], tuple[str, ...]] = {
    Dataset: ("title", "issuer"),
    Source: ("title", "collector", "supplier"),
    ModelDescription: ("name", "version"),
    License: ("expression",),
}
"""The fields by which people and terms are known; longer texts may hold any script."""

_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Scripts whose letters are mistaken for each other's."""


class Lookalike(NamedTuple):
    """A misleading name: its place and the reason; the name itself is not repeated."""

    place: Place
    detail: str


def find_lookalikes(manifest: Manifest) -> Iterator[Lookalike]:
    """Yield every misleading name in a manifest, of a thing or of a file."""
    for place, part in _named_parts(manifest):
        for name in _NAMES[type(part)]:
            yield from _look_at(getattr(part, name), (*place, name))
    for number, source in enumerate(manifest.sources):
        for index, path in enumerate(source.paths):
            yield from _look_at(path, ("sources", number, "files", index, "path"))


def _named_parts(manifest: Manifest) -> Iterator[tuple[Place, BaseModel]]:
    yield ("dataset",), manifest.dataset
    for number, model in enumerate(manifest.models):
        yield ("models", number), model
        yield ("models", number, "license"), model.license
    for number, source in enumerate(manifest.sources):
        yield ("sources", number), source
        yield ("sources", number, "license"), source.license


def _look_at(name: str, place: Place) -> Iterator[Lookalike]:
    if name.isascii():
        return
    if _UNSEEN.search(name):
        yield Lookalike(place, UNSEEN)
    if any(len(_scripts(word)) > 1 for word in _WORD.findall(name)):
        yield Lookalike(place, MIXED)


def _scripts(word: str) -> set[str]:
    """Return those scripts of a word that are mistaken for each other."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return scripts.intersection(_ALIKE)
