"""One index of a store's signatures: which audit holds a digest or a band key, for all audits at once.

It is made from what each audit keeps of its own signatures, and may be deleted at any time: the next comparison makes
it again. Rows lie in sorted runs that never change. A run that grew out of eight others takes their place, so that few
runs are looked into however many audits there are.
"""

from corpus_audit.dedup.store_index.index import StoreIndex, index_folder
from corpus_audit.dedup.store_index.matches import MATCHES, find_matches
from corpus_audit.dedup.store_index.runs import IndexedAudit, Run

__all__ = ["MATCHES", "IndexedAudit", "Run", "StoreIndex", "find_matches", "index_folder"]
