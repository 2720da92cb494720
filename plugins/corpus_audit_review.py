"""The review pages, for an Airflow that finds the package on its path without being installed.

An installed package brings them by entry point, and Airflow would refuse to load the same plugin twice.
"""

from importlib.metadata import entry_points

if not entry_points(group="airflow.plugins", name="corpus_audit_review"):
    from corpus_audit_airflow.review_plugin import CorpusAuditReviewPlugin

    __all__ = ["CorpusAuditReviewPlugin"]
