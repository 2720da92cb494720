"""The algebra of license terms: the combined permissions and obligations of several licenses that apply at once.

Permissions take the minimum (no < unknown < yes), duties and use restrictions the union, and the share-alike
licenses must leave at least one license that changed versions of the whole can be put under.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce

from corpus_audit.rights.facts import LicenseFacts, LicensePermission, license_facts

SHARE_ALIKE_NO = "no"
SHARE_ALIKE_UNKNOWN = "unknown"
SHARE_ALIKE_CONFLICT = "conflict"
UNKNOWN_FAMILY = "unknown"

_RANK = {LicensePermission.NO: 0, LicensePermission.UNKNOWN: 1, LicensePermission.YES: 2}


@dataclass(frozen=True)
class Terms:
    """What one or more licenses that apply at once permit and ask.

    ``share_alike_targets`` are the licenses that a changed version of the whole may be put under: None when any
    will do, empty when none will. ``excluded_targets`` are licenses that do not admit the terms of some part.
    """

    licenses: frozenset[str]
    use: LicensePermission
    commercial_use: LicensePermission
    derivatives: LicensePermission
    redistribution: LicensePermission
    model_release: LicensePermission
    attribution: LicensePermission
    notice: LicensePermission
    state_changes: LicensePermission
    share_alike_known: bool
    share_alike_targets: frozenset[str] | None
    excluded_targets: frozenset[str]
    use_restrictions: frozenset[str]

    @property
    def families(self) -> tuple[str, ...]:
        """The families of the licenses, sorted; 'unknown' for licenses without facts."""
        facts = license_facts()
        return tuple(sorted({facts[i].family if i in facts else UNKNOWN_FAMILY for i in self.licenses}))

    @property
    def share_alike(self) -> str:
        """no, unknown, conflict, or the family that changed versions must stay in."""
        targets = self.usable_targets
        if targets is not None and not targets:
            return SHARE_ALIKE_CONFLICT
        if not self.share_alike_known:
            return SHARE_ALIKE_UNKNOWN
        return SHARE_ALIKE_NO if targets is None else license_facts()[_nearest(targets)].share_alike

    @property
    def usable_targets(self) -> frozenset[str] | None:
        """The targets that every part admits: BY-SA, for one, cannot cover what is non-commercial."""
        if self.share_alike_targets is None:
            return None
        admitted = self.share_alike_targets - self.excluded_targets
        return frozenset(t for t in admitted if self._may_be_put_under(license_facts()[t]))

    def _may_be_put_under(self, target: LicenseFacts) -> bool:
        grants_too_much = target.commercial_use is LicensePermission.YES and self.commercial_use is LicensePermission.NO
        return not grants_too_much and self.use_restrictions <= target.use_restrictions


NO_LICENSES = Terms(
    licenses=frozenset(),
    use=LicensePermission.YES,
    commercial_use=LicensePermission.YES,
    derivatives=LicensePermission.YES,
    redistribution=LicensePermission.YES,
    model_release=LicensePermission.YES,
    attribution=LicensePermission.NO,
    notice=LicensePermission.NO,
    state_changes=LicensePermission.NO,
    share_alike_known=True,
    share_alike_targets=None,
    excluded_targets=frozenset(),
    use_restrictions=frozenset(),
)
"""The neutral element of merging: nothing is asked because nothing is held."""


@cache
def terms_of_license(license_id: str) -> Terms:
    """Return one license's terms; a license without facts is unknown in every respect."""
    facts = license_facts().get(license_id)
    if facts is None:
        return _unknown_terms(license_id)
    return Terms(
        licenses=frozenset([license_id]),
        use=facts.use,
        commercial_use=facts.commercial_use,
        derivatives=facts.derivatives,
        redistribution=facts.redistribution,
        model_release=facts.model_release,
        attribution=facts.attribution,
        notice=facts.notice,
        state_changes=facts.state_changes,
        share_alike_known=facts.share_alike != SHARE_ALIKE_UNKNOWN,
        share_alike_targets=_targets(facts),
        excluded_targets=facts.excluded_targets,
        use_restrictions=facts.use_restrictions,
    )


def merge(parts: Iterable[Terms]) -> Terms:
    """Return the terms of licenses that all apply at once; commutative, associative, and never wider than a part."""
    return reduce(_merge_two, parts, NO_LICENSES)


def minimum(*permissions: LicensePermission) -> LicensePermission:
    """Return the least of several permissions: what is left when all must be given."""
    return min(permissions, key=_RANK.__getitem__)


def maximum(*permissions: LicensePermission) -> LicensePermission:
    """Return the greatest of several: what is left when one is enough, and what several duties ask together."""
    return max(permissions, key=_RANK.__getitem__)


def rank(permission: LicensePermission) -> int:
    """Return a permission's place in the order no, unknown, yes."""
    return _RANK[permission]


def _merge_two(a: Terms, b: Terms) -> Terms:
    return Terms(
        licenses=a.licenses | b.licenses,
        use=minimum(a.use, b.use),
        commercial_use=minimum(a.commercial_use, b.commercial_use),
        derivatives=minimum(a.derivatives, b.derivatives),
        redistribution=minimum(a.redistribution, b.redistribution),
        model_release=minimum(a.model_release, b.model_release),
        attribution=maximum(a.attribution, b.attribution),
        notice=maximum(a.notice, b.notice),
        state_changes=maximum(a.state_changes, b.state_changes),
        share_alike_known=a.share_alike_known and b.share_alike_known,
        share_alike_targets=_common_targets(a.share_alike_targets, b.share_alike_targets),
        excluded_targets=a.excluded_targets | b.excluded_targets,
        use_restrictions=a.use_restrictions | b.use_restrictions,
    )


def _common_targets(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _unknown_terms(license_id: str) -> Terms:
    unknown = LicensePermission.UNKNOWN
    return Terms(
        licenses=frozenset([license_id]),
        use=unknown,
        commercial_use=unknown,
        derivatives=unknown,
        redistribution=unknown,
        model_release=unknown,
        attribution=unknown,
        notice=unknown,
        state_changes=unknown,
        share_alike_known=False,
        share_alike_targets=None,
        excluded_targets=frozenset(),
        use_restrictions=frozenset(),
    )


def _targets(facts: LicenseFacts) -> frozenset[str] | None:
    if facts.share_alike in (SHARE_ALIKE_NO, SHARE_ALIKE_UNKNOWN):
        return None
    return _reachable(facts.license_id)


@cache
def _reachable(license_id: str) -> frozenset[str]:
    """Return the license itself and every license that its upgrades lead to."""
    found: set[str] = set()
    waiting = [license_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += _upgrades(current)
    return frozenset(found)


def _upgrades(license_id: str) -> frozenset[str]:
    # "or later" starts with the named version itself.
    only = license_id.replace("-or-later", "-only")
    return license_facts()[license_id].share_alike_upgrades | ({only} & license_facts().keys())


def _nearest(targets: frozenset[str]) -> str:
    """Return the target that leads to most of the others: the one that moves the whole the least."""
    return min(targets, key=lambda t: (-len(_reachable(t) & targets), t))
