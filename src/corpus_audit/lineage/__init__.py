"""OpenLineage events of running stages: started, completed, failed or aborted.

They hold names, counts and sizes: no text, no address and no path of this machine. They never fail an audit.
"""

from corpus_audit.lineage.events import SourceDataset, StageEvents, StageIO, Stored
from corpus_audit.lineage.sending import EVENTS_FILE, Sender, is_disabled

__all__ = ["EVENTS_FILE", "Sender", "SourceDataset", "StageEvents", "StageIO", "Stored", "is_disabled"]
