"""Expectations that Great Expectations does not have, named so that a steward understands a suite.

Importing this package registers them, so that a suite in JSON finds them by their type.
"""

from corpus_audit.policy.expectations.claims import ExpectClaimToBeRecorded

__all__ = ["ExpectClaimToBeRecorded"]
