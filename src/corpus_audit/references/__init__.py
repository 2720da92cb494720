"""Reference works that audits search for, stored as hashes only: protected works, evaluation sets, opt-outs."""

from corpus_audit.references.adding import AddedReference, add_reference
from corpus_audit.references.reference_store import Reference, ReferenceStore
from corpus_audit.references.refreshing import RefreshedReference, refresh_reference

__all__ = ["AddedReference", "Reference", "ReferenceStore", "RefreshedReference", "add_reference", "refresh_reference"]
