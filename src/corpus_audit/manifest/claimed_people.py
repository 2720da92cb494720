"""People and authorisations that a manifest lists, as rows."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from corpus_audit.manifest.people import Authorisation, Subject

_Row = Mapping[str, Any]


def subject_rows(subjects: Iterable[Subject]) -> Iterator[_Row]:
    """Yield one row (schema CLAIMED_SUBJECTS) for each person."""
    for subject in subjects:
        row = subject.model_dump(exclude={"id", "authorisations"})
        yield row | {"subject_id": subject.id, "modalities": sorted(set(subject.modalities))}


def authorisation_rows(subjects: Iterable[Subject]) -> Iterator[_Row]:
    """Yield one row (schema CLAIMED_AUTHORISATIONS) for each authorisation, numbered from 0."""
    numbers = count()
    for subject in subjects:
        for authorisation in subject.authorisations:
            yield {"subject_id": subject.id, "number": next(numbers), **_authorisation(authorisation)}


def _authorisation(authorisation: Authorisation) -> _Row:
    evidence = authorisation.evidence
    return {
        **authorisation.model_dump(exclude={"evidence"}),
        "modalities": sorted(set(authorisation.modalities)),
        "scope": sorted(set(authorisation.scope)),
        "evidence_file": None if evidence is None else evidence.file,
        "evidence_url": None if evidence is None else evidence.url,
        "evidence_sha256": None if evidence is None else evidence.sha256,
    }
