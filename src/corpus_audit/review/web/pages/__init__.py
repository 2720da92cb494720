"""The pages, one router per file."""

from corpus_audit.review.web.pages import (
    attachments,
    audit,
    audits,
    copies,
    decisions,
    exports,
    finding,
    history,
    overlaps,
    record,
    references,
    runs,
    statements,
    trace,
)

PAGES = (
    audits.router,
    audit.router,
    decisions.router,
    attachments.router,
    statements.router,
    finding.router,
    record.router,
    copies.router,
    overlaps.router,
    history.router,
    references.router,
    trace.router,
    exports.router,
    runs.router,
)
