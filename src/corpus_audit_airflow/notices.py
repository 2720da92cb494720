"""Who is told when an audit fails, is late or is rejected: by mail or by webhook, with no content of the data."""

from collections.abc import Sequence
from typing import Any

from airflow.sdk import BaseNotifier, SyncCallback  # type: ignore[attr-defined]

DAG_ID, RUN_ID = "{{ dag_run.dag_id }}", "{{ dag_run.run_id or dag_run.dag_run_id }}"
"""A run is an object where a task fails, and what the API says of it where a deadline passes: these read both."""

SUBJECT = f"{DAG_ID}: {RUN_ID}"
TIMEOUT = 30


class WebhookNotifier(BaseNotifier):
    """Posts a JSON object with the DAG, the run and a message to the address of an Airflow connection."""

    template_fields = ("dag_id", "run_id", "message")

    def __init__(self, conn_id: str, message: str, **options: Any) -> None:
        super().__init__(**options)
        self.conn_id = conn_id
        self.message = message
        self.dag_id, self.run_id = DAG_ID, RUN_ID

    def notify(self, context: Any) -> None:  # noqa: ARG002 - what it says is rendered already
        """Post the notice; a receiver that does not answer is logged by Airflow and fails nothing."""
        import httpx
        from airflow.sdk import Connection

        connection = Connection.get(self.conn_id)
        httpx.post(
            f"{connection.schema or 'https'}://{connection.host}:{connection.port or 443}",
            headers={"Authorization": f"Bearer {connection.password}"} if connection.password else {},
            json={"dag_id": self.dag_id, "run_id": self.run_id, "message": self.message},
            timeout=TIMEOUT,
        ).raise_for_status()


def notifiers(recipients: Sequence[str], message: str) -> list[BaseNotifier]:
    """Return a notifier for each recipient: a mail address, or ``webhook:`` and the id of a connection."""
    mails = [recipient for recipient in recipients if not recipient.startswith("webhook:")]
    hooks = [recipient.removeprefix("webhook:") for recipient in recipients if recipient.startswith("webhook:")]
    found: list[BaseNotifier] = [WebhookNotifier(conn_id, message) for conn_id in hooks]
    if mails:
        from airflow.providers.smtp.notifications.smtp import SmtpNotifier

        found.append(SmtpNotifier(to=mails, subject=SUBJECT, html_content=message))
    return found


def tell(recipients: Sequence[str], message: str, context: Any) -> list[Exception]:
    """Notify every recipient; return the failures, which Airflow logs and which stop no other notice."""
    failed: list[Exception] = []
    for notifier in notifiers(recipients, message):
        try:
            notifier(context)
        except Exception as error:  # noqa: BLE001 - a client of mail or web may raise anything
            failed.append(error)
    return failed


def on_failure(recipients: Sequence[str]) -> list[BaseNotifier] | None:
    """Return the notifiers to call if a run fails; None without recipients."""
    return notifiers(recipients, "The run did not come to its end. Airflow's log of the run says why.") or None


def on_missed_deadline(recipients: Sequence[str]) -> SyncCallback:
    """Return the callback for a run past its deadline, run by the executor, whose processes find this folder."""
    return SyncCallback(tell_of_missed_deadline, kwargs={"recipients": list(recipients)})


def tell_of_missed_deadline(recipients: list[str], context: Any) -> None:
    """Notify the recipients that a run is late."""
    if failed := tell(recipients, "The audit is not done within its deadline.", context):
        message = "not everybody could be told"
        raise ExceptionGroup(message, failed)
