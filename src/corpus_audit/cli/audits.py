"""Options that select a finished audit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus_audit.store import AuditFolder

DEFAULT_STORE = Path("audits")

AuditArgument = Annotated[str, typer.Argument(help="An audit's id, or its folder.", show_default=False)]


def parse_store(store: str) -> Path:
    """Return the folder of a store, or this machine's copy of one in a bucket."""
    from corpus_audit.store.bucket import local_path

    return local_path(store)


StoreOption = Annotated[
    Path,
    typer.Option(
        envvar="CORPUS_AUDIT_STORE",
        help="Folder of stored audits, or address (s3, gs, az, hdfs) of a bucket and prefix.",
        parser=parse_store,
        metavar="PLACE",
    ),
]


def open_audit(audit: str, store: Path) -> "AuditFolder":
    """Return the audit with that id in *store*, or in that folder; raises StoreError if there is none."""
    from corpus_audit.store import Store

    path = Path(audit)
    return Store(path.parent.parent).open_audit(path.name) if "/" in audit else Store(store).open_audit(audit)
