"""How a license that a text names stands to the license that its source declares."""

from corpus_audit.rights.expressions import license_ids
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.vocabulary import NOASSERTION, LicenseState, NoticeState

UNRECOGNISED = "unrecognised"
"""What stands for a license tag in a text that names no known license: it may hold anything, so it is not repeated."""


def stated_license(tag: str) -> str:
    """Return the SPDX expression of a license tag that stands in a text, or ``unrecognised``."""
    resolved = resolve_license(tag)
    return resolved.expression if resolved.state is LicenseState.RESOLVED else UNRECOGNISED


def compare_notice(stated: str, declared: str) -> NoticeState:
    """Return how the license that a text names stands to its source's license expression.

    *stated* is an expression, or a family (``BSD``, ``GPL-3.0``) where the text leaves the version open: any license
    of the family agrees with it. A declared expression may name more licenses than the text does.
    """
    if stated == UNRECOGNISED:
        return NoticeState.NOTED
    if declared == NOASSERTION:
        return NoticeState.NOT_RECORDED
    known = license_ids(declared)
    agrees = all(any(_is_in_family(known_id, name) for known_id in known) for name in license_ids(stated))
    return NoticeState.AGREES if agrees else NoticeState.DIFFERS


def _is_in_family(license_id: str, name: str) -> bool:
    return license_id == name or license_id.startswith(f"{name}-")
