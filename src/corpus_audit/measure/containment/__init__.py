"""Which records contain which items of references, and where: by the same shingles that copies are found by."""

from corpus_audit.measure.containment.items import Items, index_items
from corpus_audit.measure.containment.search import find_contained

__all__ = ["Items", "find_contained", "index_items"]
