"""FAB's auth manager with one answer changed: whom a task is assigned to is told by name.

Airflow compares those whom a required action is assigned to with the id of whoever answers. With FAB that is a number
of its database; names are unique there too, and known before the users are made (CORPUS_AUDIT_STEWARDS). This is no
plugin, and .airflowignore keeps it from Airflow's search for them: what names it as its auth manager loads it.
"""

from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager


class NamedFabAuthManager(FabAuthManager):
    """FAB's auth manager, for tasks assigned by name. Airflow looks for "FabAuthManager" in the name of the class."""

    def is_authorized_hitl_task(self, *, assigned_users: set[str], user: object) -> bool:
        """Is the user one of those that a task is assigned to?"""
        return user.get_name() in assigned_users  # type: ignore[attr-defined]
