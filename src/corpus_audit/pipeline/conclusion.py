"""The conclusion of an audit as it is now, on evidence that is as its stages left it."""

from corpus_audit.pipeline.conclude import conclude, is_concluded, require_derived
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.verification import DELIVERED, require_intact
from corpus_audit.store import AuditFolder


def conclude_now(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Conclude an evaluated audit on what the ledger holds now; raises StoreError when a file was changed."""
    require_intact(audit, DELIVERED)
    if not is_concluded(audit, context=context):
        conclude(audit, context=context)
    require_derived(audit, context=context)
