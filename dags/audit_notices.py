"""Who is told when an audit fails, is late or is rejected: by mail or by webhook, with no content of the data."""

from collections.abc import Sequence
from typing import Any

from airflow.sdk import AsyncCallback, BaseNotifier

SUBJECT = "{{ dag_run.dag_id }}: {{ dag_run.run_id }}"
TIMEOUT = 30


class WebhookNotifier(BaseNotifier):
    """Posts a JSON object with the DAG, the run and a message to the address of an Airflow connection."""

    template_fields = ("message",)

    def __init__(self, conn_id: str, message: str, **options: Any) -> None:
        super().__init__(**options)
        self.conn_id = conn_id
        self.message = message

    def notify(self, context: Any) -> None:
        """Post the notice; a receiver that does not answer is logged by Airflow and fails nothing."""
        import httpx
        from airflow.sdk import Connection

        httpx.post(timeout=TIMEOUT, **self._request(Connection.get(self.conn_id), context)).raise_for_status()

    async def async_notify(self, context: Any) -> None:
        """Post the notice from the triggerer, where deadlines are watched."""
        import httpx
        from airflow.sdk import Connection

        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            answer = await client.post(**self._request(await Connection.async_get(self.conn_id), context))
        answer.raise_for_status()

    def _request(self, connection: Any, context: Any) -> dict[str, Any]:
        run = context["dag_run"]
        return {
            "url": f"{connection.schema or 'https'}://{connection.host}:{connection.port or 443}",
            "headers": {"Authorization": f"Bearer {connection.password}"} if connection.password else {},
            "json": {"dag_id": run.dag_id, "run_id": run.run_id, "message": self.message},
        }


def notifiers(recipients: Sequence[str], message: str) -> list[BaseNotifier]:
    """Return a notifier for each recipient: a mail address, or ``webhook:`` and the id of a connection."""
    mails = [recipient for recipient in recipients if not recipient.startswith("webhook:")]
    hooks = [recipient.removeprefix("webhook:") for recipient in recipients if recipient.startswith("webhook:")]
    found: list[BaseNotifier] = [WebhookNotifier(conn_id, message) for conn_id in hooks]
    if mails:
        from airflow.providers.smtp.notifications.smtp import SmtpNotifier

        found.append(SmtpNotifier(to=mails, subject=SUBJECT, html_content=message))
    return found


def on_failure(recipients: Sequence[str]) -> list[BaseNotifier] | None:
    """Return what is called when a run fails; None when nobody is to be told."""
    return notifiers(recipients, "The audit did not run to its end. Airflow's log of the run says why.") or None


def on_missed_deadline(recipients: Sequence[str]) -> AsyncCallback:
    """Return what is called when a run is not done in time."""
    return AsyncCallback(tell_of_missed_deadline, kwargs={"recipients": list(recipients)})


async def tell_of_missed_deadline(recipients: list[str], context: Any = None) -> None:
    """Tell the recipients that a run is late."""
    for notifier in notifiers(recipients, "The audit is not done within its deadline."):
        await notifier.async_notify(context)
