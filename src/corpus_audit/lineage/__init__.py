"""OpenLineage events while stages run: a stage begins, and completes, fails or is aborted.

They hold names, counts and sizes: no text, no address and no path of this machine. They never fail an audit.
"""

from corpus_audit.lineage.events import Source, StageEvents, Stored, Touched
from corpus_audit.lineage.sending import EVENTS_FILE, Sender, is_disabled

__all__ = ["EVENTS_FILE", "Sender", "Source", "StageEvents", "Stored", "Touched", "is_disabled"]
