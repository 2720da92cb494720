"""What a person does in a browser: logs in to Airflow, asks for an audit, answers, reads the review pages in it."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from e2e.screenshots import screenshot_path
from e2e.topology import Topology, TopologyError, wait_until

REVIEW = "/audit-review"
SOON_MS = 120_000
"""How long is waited for what a page shows: other tests may have the machine meanwhile."""
RUN_WITHIN = 700
EXAMPLE_SIZE = {"width": 1440, "height": 900}

expect.set_options(timeout=SOON_MS)


@dataclass
class Visitor:
    """Somebody with a name and a password in front of a browser of their own."""

    topology: Topology
    context: BrowserContext
    page: Page
    name: str
    password: str
    taken: int = 0

    def see(self, step: str) -> None:
        """Keep a screenshot of what the person sees now."""
        self.taken += 1
        self.page.screenshot(path=screenshot_path(f"{self.name}-{self.taken:02d}-{step}"))

    def open(self, path: str) -> None:
        """Open an address of the deployment."""
        self.page.goto(self.topology.url + path)

    def log_in(self, password: str | None = None, at: str = "/") -> None:
        """Open an address and give name and password to the page that Airflow answers with."""
        self.open(at)
        self.page.locator("#username").fill(self.name)
        self.page.locator("#password").fill(password or self.password)
        self.page.locator("[type=submit]").click()

    def trigger(self, dag_id: str, **params: object) -> str:
        """Fill in the form that Airflow makes of a DAG's parameters, send it, and return the id of the run."""
        self.open(f"/dags/{dag_id}")
        self.page.get_by_role("button", name="Trigger").click()
        for name, value in params.items():
            self.page.locator(f"#element_{name}").fill(str(value))
        self.see("trigger-form")
        self.page.get_by_role("dialog").get_by_role("button", name="Trigger").click()
        self.page.wait_for_url(re.compile(rf"/dags/{dag_id}/runs/[^/]+"), timeout=SOON_MS)
        found = re.search(r"/runs/([^/?]+)", self.page.url)
        assert found
        return unquote(found[1])

    def rest(self) -> None:
        """Close the page: Airflow's ask the server again and again."""
        self.page.goto("about:blank")

    def review_in(self, title: str) -> FrameLocator:
        """Return the review pages as they stand in a page of Airflow."""
        return self.page.frame_locator(f"iframe[title='{title}']")

    def open_menu(self) -> FrameLocator:
        """Open *Audits* from Airflow's menu."""
        self.open("/")
        self.page.get_by_role("button", name="Browse").click()
        self.page.get_by_role("menuitem", name="Audits").click()
        return self.review_in("Audits")

    def get(self, path: str) -> Any:
        """Ask for an address with what the browser is logged in with."""
        return self.page.request.get(self.topology.url + path, max_redirects=0)

    def post(self, path: str, form: dict[str, str]) -> Any:
        """Send a form with what the browser is logged in with."""
        return self.page.request.post(self.topology.url + path, form=form, max_redirects=0)

    def api(self) -> httpx.Client:
        """Return a client of Airflow's API that is logged in as this person."""
        return api_of(self.topology, self.name, self.password)


def api_of(topology: Topology, name: str, password: str) -> httpx.Client:
    """Return a client of Airflow's API that is logged in as somebody."""
    answer = httpx.post(f"{topology.url}/auth/token", json={"username": name, "password": password}, timeout=60)
    token = answer.raise_for_status().json()["access_token"]
    return httpx.Client(base_url=topology.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)


def wait_for_run(api: httpx.Client, dag_id: str, run_id: str, state: str) -> None:
    """Wait until a run has ended, in *state*; raises TopologyError with the log of what failed."""
    run = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}"

    def ended() -> str | None:
        found = str(api.get(run).json()["state"])
        return found if found in ("success", "failed") else None

    if wait_until(ended, f"{dag_id} has ended", RUN_WITHIN) != state:
        raise TopologyError(f"{run} is not {state}:\n{_tasks(api, run)}")


def wait_for_task(api: httpx.Client, dag_id: str, run_id: str, task_id: str, state: str) -> None:
    """Wait until a task of a run is in *state*; raises TopologyError with what the tasks of the run are."""
    run = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}"

    def is_so() -> bool:
        return api.get(f"{run}/taskInstances/{task_id}").json().get("state") == state

    try:
        wait_until(is_so, f"{task_id} is {state}", RUN_WITHIN)
    except TopologyError as error:
        raise TopologyError(f"{error}\n{_tasks(api, run)}") from None


def log_of(api: httpx.Client, dag_id: str, run_id: str, task_id: str, attempt: int = 1) -> str:
    """Return what a task logged, as Airflow shows it."""
    path = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/logs/{attempt}"
    return api.get(path, params={"full_content": True}, headers={"Accept": "application/json"}).text


def _tasks(api: httpx.Client, run: str) -> str:
    instances = api.get(f"{run}/taskInstances").json()["task_instances"]
    states = [f"{task['task_id']}: {task['state']}" for task in instances]
    failed = [task for task in instances if task["state"] in ("failed", "up_for_retry")]
    _, _, _, _, dag_id, _, run_id = run.split("/", 6)
    logs = [log_of(api, dag_id, run_id, task["task_id"], task["try_number"])[-3000:] for task in failed]
    return "\n".join(states + logs)
