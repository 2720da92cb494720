"""Which records contain which items of references, and where: by the same shingles that copies are found by."""

from corpus_audit.measure.fingerprints.containment.items import ItemIndex, index_items
from corpus_audit.measure.fingerprints.containment.search import find_contained

__all__ = ["ItemIndex", "find_contained", "index_items"]
