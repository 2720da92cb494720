"""A first look at files in a worker: one that ends its worker is unreadable, and the others are looked at again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus_audit import guard
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.parts import Part
from corpus_audit.guard import Death, Limits, WorkerDiedError
from corpus_audit.guard.death import Cause
from corpus_audit.vocabulary import DefectCode


@dataclass(frozen=True)
class FileSeen:
    """One file as it was found; no row for a folder that cannot be listed."""

    row: dict[str, Any]
    parts: Sequence[Part] = ()
    defects: Sequence[Defect] = ()

    def as_json(self) -> list[Any]:
        """Return it as JSON holds it."""
        return [self.row, [part.as_row() for part in self.parts], [asdict(defect) for defect in self.defects]]

    @classmethod
    def from_json(cls, stored: Sequence[Any]) -> "FileSeen":
        """Return what ``as_json`` was made of."""
        row, parts, defects = stored
        found = [Defect(**{**defect, "code": DefectCode(defect["code"])}) for defect in defects]
        return cls(row, [Part(**part) for part in parts], found)


Claims = Sequence[Mapping[str, Any]]
Look = Callable[[Claims], Sequence[FileSeen]]
"""Looks at files, in this process; pickled for a worker."""


@dataclass(frozen=True)
class GuardedLook:
    """Looks at files in a worker, under *limits*; *unreadable* makes what is said of one that ends its worker."""

    look: Look
    unreadable: Callable[[Mapping[str, Any], DefectCode, str], FileSeen]
    limits: Limits
    address: str

    def at(self, claims: Claims) -> list[FileSeen]:
        """Return what was found of each file, in their order."""
        try:
            return self._in_worker(claims)
        except WorkerDiedError as error:
            if len(claims) > 1:
                return [seen for claim in claims for seen in self.at([claim])]
            return [self._alone(claims[0], error.death)]

    def _alone(self, claim: Mapping[str, Any], death: Death) -> FileSeen:
        if death.cause is Cause.KILLED:  # which says something about the file only where it comes again
            try:
                return self._in_worker([claim])[0]
            except WorkerDiedError as error:
                death = error.death
        code = DefectCode.LIMIT_EXCEEDED if death.is_limit else DefectCode.READER_DIED
        return self.unreadable(claim, code, death.detail)

    def _in_worker(self, claims: Claims) -> list[FileSeen]:
        found = guard.run(_look_in_worker, self.look, claims, limits=self.limits, address=self.address)
        return [FileSeen.from_json(stored) for stored in found]


def _look_in_worker(look: Look, claims: Claims) -> list[Any]:
    return [seen.as_json() for seen in look(claims)]
