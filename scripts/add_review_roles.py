"""Add the roles of the review pages to an Airflow with the FAB auth manager; again changes nothing.

Run it after ``airflow db migrate``. Airflow's Admin administers the pages; the others are given beside a role of
Airflow's own, and nobody gets one by default.
"""

import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
from corpus_audit_review import RESOURCES  # Airflow puts its folder of plugins on the path

ROLES = {"admin": "Admin", "steward": "Audit Steward", "auditor": "Auditor", "regulator": "Regulator"}


def main() -> int:
    """Add each role with the one resource that it may read; return the exit code."""
    with get_application_builder() as builder:
        security = builder.sm
        for resource, role in RESOURCES.items():
            permission = security.create_permission("can_read", resource)
            security.add_permission_to_role(security.add_role(ROLES[role]), permission)
    print(f"Roles of the review pages: {', '.join(ROLES.values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
