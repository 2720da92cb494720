"""The relation of a license named in a text to the declared license of its source."""

import re

from corpus_audit.rights.expressions import alternatives, license_ids
from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.obligations import terms_of
from corpus_audit.rights.restrictions import UseRestriction
from corpus_audit.vocabulary import NOASSERTION, LicenseState, NoticeState

UNRECOGNISED = "unrecognised"
"""What stands for a license tag in a text that names no known license: it may hold anything, so it is not repeated."""

NON_COMMERCIAL = "LicenseRef-non-commercial"
RESEARCH_ONLY = "LicenseRef-research-only"

_VERSION_OF_A_FAMILY = re.compile(r"-(?:\d.*|only|or-later)")
_COUNTRY_OF_A_VERSION = re.compile(r"-[A-Z]{2,3}")

_FAMILY_ID = re.compile(r"LicenseRef-(cc-by(?:-nc)?(?:-nd|-sa)?)")


def stated_license(tag: str) -> str:
    """Return the SPDX expression of a license tag in a text, or ``unrecognised``."""
    resolved = resolve_license(tag)
    return resolved.expression if resolved.state is LicenseState.RESOLVED else UNRECOGNISED


def compare_notice(stated: str, declared: str) -> NoticeState:
    """Return the relation of a license named in a text to its source's license expression.

    *stated* is an expression, or a family (``BSD``, ``GPL-3.0``, ``CC-BY``) where the text leaves the version open: any
    license of the family agrees with it, and so does a version with a family that is declared. Of alternatives that a
    text offers one is enough. A declared expression may name more licenses than the text does. A bare limit on use
    agrees with licenses that set it too.
    """
    if stated == UNRECOGNISED:
        return NoticeState.NOTED
    if declared == NOASSERTION:
        return NoticeState.NOT_RECORDED
    if stated in (NON_COMMERCIAL, RESEARCH_ONLY):
        return _compare_limit(stated, declared)
    known = license_ids(declared)
    offers = alternatives(stated)
    agrees = any(all(any(_is_same(known_id, name) for known_id in known) for name in offer) for offer in offers)
    return NoticeState.AGREES if agrees else NoticeState.DIFFERS


def _compare_limit(stated: str, declared: str) -> NoticeState:
    terms = terms_of(declared)
    if stated in terms.licenses or (stated == RESEARCH_ONLY and UseRestriction.RESEARCH_ONLY in terms.use_restrictions):
        return NoticeState.AGREES
    if stated == NON_COMMERCIAL and terms.commercial_use is LicensePermission.NO:
        return NoticeState.AGREES
    return NoticeState.NOT_RECORDED if terms.commercial_use is LicensePermission.UNKNOWN else NoticeState.DIFFERS


def _is_same(known_id: str, name: str) -> bool:
    known = _plain_family(known_id)
    return _is_in_family(known, name) or (known != known_id and _is_in_family(name, known))


def _plain_family(license_id: str) -> str:
    """Return CC-BY-SA for the id of a family that is declared without a version; any other id as it is."""
    match = _FAMILY_ID.fullmatch(license_id)
    return match[1].upper() if match else license_id


def _is_in_family(license_id: str, name: str) -> bool:
    if not license_id.startswith(name):
        return False
    rest = license_id.removeprefix(name)
    behind = _COUNTRY_OF_A_VERSION if name[-1].isdigit() and rest[1:2].isalpha() else _VERSION_OF_A_FAMILY
    return rest in ("", "-only", "-or-later") or behind.fullmatch(rest) is not None
