"""Files of a store that ledger entries name by their sha256: attachments of decisions, and supplements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.ledger import Entry, has_ledger, open_ledger
from corpus_audit.ledger.attachment import FOLDER as ATTACHMENTS
from corpus_audit.ledger.attachment import attachments_in
from corpus_audit.pipeline.supplements import FOLDER as SUPPLEMENTS
from corpus_audit.store import sha256_of_file
from corpus_audit.store.bucket import pull
from corpus_audit.vocabulary import DecisionAction, GarbageKind

FOLDERS: Mapping[str, GarbageKind] = {ATTACHMENTS: GarbageKind.ATTACHMENT, SUPPLEMENTS: GarbageKind.SUPPLEMENT}
"""Folders of a store with such files, and what a file of each is that no entry names."""


@dataclass(frozen=True)
class NamedFiles:
    """The files that a store's ledger names: their sha256 by their paths within the store.

    None where the store has no ledger, or one without entries: then it is not known what is named.
    """

    digests: Mapping[str, str] | None

    def is_unnamed(self, path: str) -> bool:
        """True if it is known that no entry names a file."""
        return self.digests is not None and path not in self.digests


def named_files(store: Path) -> NamedFiles:
    """Return what the ledger of a store names; makes no ledger where there is none."""
    if not has_ledger(store):
        return NamedFiles(None)
    ledger = open_ledger(store)
    return NamedFiles(_digests(ledger.entries()) if ledger.head()[0] else None)


def _digests(entries: Iterable[Entry]) -> dict[str, str]:
    entries = list(entries)
    stated = (entry.evidence_sha256 for entry in entries if entry.action == DecisionAction.SUPPLEMENT)
    return {f"{ATTACHMENTS}/{digest}": digest for digest in attachments_in(entries)} | {
        f"{SUPPLEMENTS}/{digest}.json": digest for digest in stated
    }


def file_problems(store: Path, named: NamedFiles) -> Iterator[str]:
    """Yield a sentence for each file that is missing, changed or a link, and for files of which nothing is known."""
    if named.digests is None:
        yield from _unknown(store)
        return
    for name, digest in sorted(named.digests.items()):
        path = store / name
        if not path.is_file():
            pull(store, name)
        if path.is_symlink():
            yield f"{path} is a link, where the store keeps a plain file."
        elif not path.is_file():
            yield f"{path} is missing: the ledger names it. Restore it from a backup."
        elif sha256_of_file(path) != digest:
            yield f"{path} was changed: the ledger names another sha256. Restore it from a backup."


def _unknown(store: Path) -> Iterator[str]:
    for folder in FOLDERS:
        count = sum(1 for _path in (store / folder).glob("[!.]*"))
        if count:
            yield (
                f"{count} files of {store / folder} were not checked: the store has no ledger here, or one without "
                "entries. Set CORPUS_AUDIT_DATABASE_URL where it is in PostgreSQL."
            )
