"""Reference works that audits search for, stored as hashes only: protected works, evaluation sets, opt-outs.

``adding`` and ``refreshing`` read and measure works, and load all that this needs; what is here reads what they kept.
"""

from corpus_audit.references.reference_store import Reference, ReferenceStore

__all__ = ["Reference", "ReferenceStore"]
