"""Copies among records, across sources and across audits: found by signature, verified before they are reported."""

from corpus_audit.dedup.run import INDEX, Deduplication, deduplicate

__all__ = ["INDEX", "Deduplication", "deduplicate"]
