"""Options that select a finished audit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus_audit.store import AuditFolder

DEFAULT_STORE = Path("audits")

AuditArgument = Annotated[str, typer.Argument(help="An audit's id, or its folder.", show_default=False)]
StoreOption = Annotated[Path, typer.Option(envvar="CORPUS_AUDIT_STORE", help="Folder of stored audits.")]


def open_audit(audit: str, store: Path) -> "AuditFolder":
    """Return the audit with that id in *store*, or in that folder; raises StoreError if there is none."""
    from corpus_audit.store import Store

    path = Path(audit)
    return Store(path.parent.parent).open_audit(path.name) if "/" in audit else Store(store).open_audit(audit)
