"""Bounded tables that compare each claim with the data: rows per dataset, source, file, model or overlap.

One module an evidence table holds its SQL; ``gathering`` runs them all. Nothing here judges: that is for policy.
"""

from corpus_audit.evidence.gathering import INPUTS, EvidenceInputs, gather, make_visible

__all__ = ["INPUTS", "EvidenceInputs", "gather", "make_visible"]
