"""FAB's auth manager with one change: it identifies the assignee of a task by name.

Airflow compares the assignees of a required action with the id of the user who answers. With FAB that is a number of
its database; names are unique there too, and known before the users are created (CORPUS_AUDIT_STEWARDS). What
names it as its auth manager loads it.
"""

from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager


class NamedFabAuthManager(FabAuthManager):
    """FAB's auth manager, for tasks assigned by name. Airflow looks for "FabAuthManager" in the name of the class."""

    def is_authorized_hitl_task(self, *, assigned_users: set[str], user: object) -> bool:
        """True if the user is an assignee of the task."""
        return user.get_name() in assigned_users  # type: ignore[attr-defined]
