"""Add the roles of the review pages to an Airflow with the FAB auth manager; a second run changes nothing.

Run it after ``airflow db migrate``. Airflow's Admin administers the pages; Auditor and Audit Steward are given beside a
role of Airflow's own, Regulator alone, and no user has one by default.
"""

import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
from airflow.providers.fab.www.security.permissions import RESOURCE_PLUGIN

from corpus_audit_airflow.review_plugin import RESOURCES

ROLES = {"admin": "Admin", "steward": "Audit Steward", "auditor": "Auditor", "regulator": "Regulator"}


def main() -> int:
    """Give each role what it reads: its resource, and the list of plugins, without which Airflow shows no way to it."""
    with get_application_builder() as builder:
        security = builder.sm
        for resource, role in RESOURCES.items():
            for readable in (resource, RESOURCE_PLUGIN):
                permission = security.create_permission("can_read", readable)
                security.add_permission_to_role(security.add_role(ROLES[role]), permission)
    print(f"Roles of the review pages: {', '.join(ROLES.values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
