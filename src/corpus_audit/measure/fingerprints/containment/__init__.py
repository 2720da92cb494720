"""Reference items contained in records and their locations, found by the shingles also used for copies."""

from corpus_audit.measure.fingerprints.containment.items import ItemIndex, index_items
from corpus_audit.measure.fingerprints.containment.search import find_contained

__all__ = ["ItemIndex", "find_contained", "index_items"]
