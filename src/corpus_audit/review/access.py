"""The only table of permissions. Access that is not listed is denied."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus_audit.vocabulary import Role


class Permission(StrEnum):
    """Something that a person may be allowed to do."""

    READ_APPROVED = "read-approved"
    READ_AUDITS = "read-audits"
    READ_RECORDS = "read-records"
    COMMENT = "comment"
    DECIDE = "decide"
    REVEAL = "reveal"
    BUILD_BUNDLES = "build-bundles"


_READERS = frozenset({Permission.READ_APPROVED, Permission.READ_AUDITS, Permission.READ_RECORDS, Permission.COMMENT})

GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.REGULATOR: frozenset({Permission.READ_APPROVED}),
    Role.AUDITOR: _READERS,
    Role.STEWARD: _READERS | {Permission.DECIDE, Permission.BUILD_BUNDLES},
    Role.ADMIN: _READERS | {Permission.BUILD_BUNDLES},
}
"""What each role may do. No role reveals an excerpt: that is given to single stewards and admins on top."""

_MAY_BE_GIVEN_REVEAL = frozenset({Role.STEWARD, Role.ADMIN})


@dataclass(frozen=True)
class Person:
    """A logged-in user; *may_reveal* is granted by name, in addition to the role."""

    name: str
    role: Role
    may_reveal: bool = False

    def may(self, permission: Permission) -> bool:
        """True if this person has the permission."""
        if permission is Permission.REVEAL:
            return self.may_reveal and self.role in _MAY_BE_GIVEN_REVEAL
        return permission in GRANTED[self.role]
