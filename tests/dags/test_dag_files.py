"""Every DAG file: registered here, imported without an error, cheap to parse, and with the graph that is meant."""

import ast
import json
import sys
from pathlib import Path

import pytest

from corpus_audit.pipeline.stage import Grain
from corpus_audit.pipeline.stages import STAGES
from corpus_audit.policy.packs import available_packs
from corpus_audit.vocabulary import Verdict

pytestmark = pytest.mark.airflow

REPOSITORY = Path(__file__).parents[2]
DAGS = REPOSITORY / "dags"
REGISTERED = {
    "audit_dataset_dag.py": {"audit_dataset"},
    "clean_dataset_dag.py": {"clean_dataset"},
    "refresh_references_dag.py": {"refresh_references"},
    "review_audit_dag.py": {"review_audit"},
    "scheduled_audits_dag.py": {"audit_news", "audit_schedule_problems"},
    "watched_places_dag.py": {"audit_incoming", "watch_incoming"},
}
SHARED = REPOSITORY / "src" / "corpus_audit_airflow"
LOADED_BY_NAME = SHARED / "auth.py"
PARSED = (*(DAGS / name for name in REGISTERED), *sorted(set(SHARED.glob("*.py")) - {LOADED_BY_NAME}))
CHEAP = (
    "airflow.sdk",
    "airflow.providers.standard.operators.empty",
    "airflow.providers.standard.operators.hitl",
    "airflow.providers.standard.operators.trigger_dagrun",
    "airflow.plugins_manager",
    "corpus_audit_airflow",
)
SCHEDULES = """
audits:
  - {id: news, manifest: /data/news.yaml, cron: "0 3 * * 1", after: [news_collected], owner: data-governance,
     deadline_hours: 2, notify: [a@example.org, "webhook:alerts"], packs: [baseline, eu-ai-act], reviewers: [ada],
     parameters: {jaccard_threshold: 0.85, detectors.off: [UK_NHS]}}
  - {id: bad, manifest: news.yaml, cron: "0 3 * * 1"}
watched:
  - {id: incoming, place: "s3://drop", connection: drop, packs: [eu-ai-act], every_minutes: 15}
  - {id: outgoing, place: drop}
references:
  - {name: poems, paths: [/works], cron: "@weekly"}
  - {name: exam, paths: [/exam.jsonl], cron: "0 4 * * *"}
"""
MAX_LINES = 120


@pytest.fixture(scope="module")
def described(airflow, tmp_path_factory):
    schedules = tmp_path_factory.mktemp("schedules") / "audits.yaml"
    schedules.write_text(SCHEDULES, encoding="utf-8")
    return describe(airflow, schedules)


def describe(airflow, schedules, **environment):
    """Return what Airflow makes of the DAG files with this list of audits."""
    finished = airflow.run(
        "python",
        REPOSITORY / "tests" / "dags" / "describe_dags.py",
        DAGS,
        CORPUS_AUDIT_SCHEDULES=str(schedules),
        CORPUS_AUDIT_STORE="/data/audits",
        **environment,
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def audit_dataset(described):
    return described["dags"]["audit_dataset"]


def imports_at_top(path):
    """Yield the modules a file imports when it is parsed: those outside of functions."""
    pending = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            pending.extend(ast.iter_child_nodes(node))


def test_every_file_is_registered():
    assert {path.name for path in DAGS.glob("**/*.py")} == set(REGISTERED)


def test_every_file_imports_and_holds_its_dags(described):
    assert described["errors"] == {}
    found = {name: set() for name in REGISTERED}
    for dag_id, dag in described["dags"].items():
        found[dag["file"]].add(dag_id)
    assert found == REGISTERED


@pytest.mark.parametrize("path", PARSED, ids=lambda path: path.name)
def test_top_level_imports_are_cheap(path):
    for module in imports_at_top(path):
        package = module.partition(".")[0]
        assert package in sys.stdlib_module_names or module.startswith(CHEAP)


@pytest.mark.parametrize("path", PARSED, ids=lambda path: path.name)
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_every_dag_and_task_says_what_it_does(described):
    for dag in described["dags"].values():
        assert dag["doc"]
        assert dag["tags"]
        for task in dag["tasks"].values():
            assert task["doc"]
            assert task["owner"] == "data-governance"


def assert_graph_is(stages, tasks):
    """Check that a DAG has a task for every stage, behind those it comes after, and one that plans the shards."""
    shown = {"verdict", *(f"verdict_{name}" for name in Verdict)}
    assert set(tasks) == {"plan", *(stage.name for stage in stages), *shown}
    assert set(tasks["verdict"]["downstream"]) == shown - {"verdict"}
    for stage in stages:
        assert tasks[stage.name]["is_mapped"] is (stage.grain is Grain.SHARD)
        for earlier in stage.after:
            planned = "plan" if stage.grain is Grain.SHARD else stage.name
            assert planned in tasks[earlier]["downstream"]
        following = {later.name for later in stages if stage.name in later.after}
        assert set(tasks[stage.name]["downstream"]) - {"plan", "verdict"} <= following | all_behind(stages, stage)
    assert tasks[stages[-1].name]["outlets"] == ["audit_report", "corpus_audit_datasets"]


def all_behind(stages, stage):
    """Return the stages that take the audit's folder straight from the first one: all of them."""
    return {later.name for later in stages} if stage is stages[0] else set()


def test_audit_dataset_has_the_graph_that_the_stages_declare(audit_dataset):
    assert_graph_is(STAGES, audit_dataset["tasks"])


def test_a_stage_that_is_declared_is_in_the_dag(airflow, tmp_path):
    """A stage takes two files: its own module, and its line in the tuple of stages."""
    folder = tmp_path / "extra"
    folder.mkdir()
    (folder / "count_words.py").write_text(
        "from corpus_audit.pipeline.stage import Stage\n"
        "def count_words(audit, *, context=None):\n"
        '    """Count the words of an audit."""\n'
        'COUNT_WORDS = Stage("count_words", run=count_words, after=("measure",))\n'
    )
    (folder / "sitecustomize.py").write_text(
        "from corpus_audit.pipeline import before_report\n"
        "from count_words import COUNT_WORDS\n"
        "before_report.BEFORE_REPORT = (*before_report.BEFORE_REPORT, COUNT_WORDS)\n"
    )
    described = describe(airflow, tmp_path / "none.yaml", PYTHONPATH=f"{folder}:{REPOSITORY / 'src'}")
    task = described["dags"]["audit_dataset"]["tasks"]["count_words"]
    assert task["doc"] == "Count the words of an audit."
    assert "count_words" in described["dags"]["audit_dataset"]["tasks"]["measure"]["downstream"]


def test_audit_dataset_retries_only_what_time_may_cure(audit_dataset):
    for task in audit_dataset["tasks"].values():
        assert task["retries"] == 2
        assert task["retries_after"] == ["OSError", "MemoryError", "StoreError"]


def test_audit_dataset_waits_to_be_asked(audit_dataset):
    assert audit_dataset["schedule"] is None
    assert audit_dataset["catchup"] is False
    assert audit_dataset["max_active_runs"] == 1


def test_audit_dataset_has_a_trigger_form(audit_dataset):
    params = audit_dataset["params"]
    assert {name: param["type"] for name, param in params.items()} == {
        "manifest": "string",
        "root": ["null", "string"],
        "connection": ["null", "string"],
        "store": "string",
        "packs": "array",
        "keywords": ["null", "array"],
        "parameters": ["null", "object"],
    }
    assert all(param["title"] and param["description"] for param in params.values())
    assert params["packs"]["default"] == ["baseline"]
    assert params["store"]["default"] == "/data/audits"
    assert params["packs"]["items"]["type"] == "string"
    assert params["parameters"]["default"] is None


def test_a_scheduled_audit_is_an_audit_with_the_parameters_of_its_entry(described, audit_dataset):
    news = described["dags"]["audit_news"]
    assert set(news["tasks"]) == set(audit_dataset["tasks"])
    assert news["schedule"] == "AssetOrTimeSchedule"
    assert news["catchup"] is False
    assert {"scheduled", "reviewer:ada"} <= set(news["tags"])
    given = {name: param["default"] for name, param in news["params"].items()}
    assert given["manifest"] == "/data/news.yaml"
    assert given["store"] == "/data/audits"
    assert given["packs"] == ["baseline", "eu-ai-act"]
    assert given["parameters"] == {"jaccard_threshold": "0.85", "detectors.off": ["UK_NHS"]}


def test_a_watched_place_has_a_dag_that_looks_and_one_that_audits(described, audit_dataset):
    watch, audits = described["dags"]["watch_incoming"], described["dags"]["audit_incoming"]
    assert (watch["schedule"], watch["catchup"], watch["max_active_runs"]) == ("DeltaTriggerTimetable", False, 1)
    assert watch["params"]["connection"]["default"] == "drop"
    assert watch["tasks"]["find"]["downstream"] == ["remember", "start"]
    assert watch["tasks"]["start"]["downstream"] == ["remember"]
    assert watch["tasks"]["start"]["is_mapped"]
    assert watch["tasks"]["remember"]["trigger_rule"].lower().endswith("none_failed")
    assert (audits["schedule"], set(audits["tasks"])) == (None, set(audit_dataset["tasks"]))
    given = {name: param["default"] for name, param in audits["params"].items()}
    assert (given["connection"], given["packs"], given["store"]) == ("drop", ["eu-ai-act"], "/data/audits")


def test_no_field_that_may_be_empty_is_starred_and_packs_are_chosen_from_a_list(described):
    """Airflow stars what may not be null; a list of examples becomes a choice of several."""
    starred = {
        (dag, name)
        for dag, found in described["dags"].items()
        for name, param in found["params"].items()
        if "null" not in param["type"] and param["default"] in (None, "", [], {})
    }
    assert starred == {
        ("audit_dataset", "manifest"),
        ("audit_incoming", "manifest"),
        ("clean_dataset", "audit"),
        ("clean_dataset", "output"),
    }
    packs = described["dags"]["audit_dataset"]["params"]["packs"]
    assert packs["examples"] == list(available_packs())
    assert set(packs["values_display"]) == set(packs["examples"])


def test_references_are_refreshed_a_task_each(described):
    refresh = described["dags"]["refresh_references"]
    assert (refresh["schedule"], refresh["max_active_runs"]) == ("MultipleCronTriggerTimetable", 1)
    assert refresh["tasks"]["refresh"]["is_mapped"]


def test_an_entry_that_cannot_run_is_told_by_a_dag(described):
    told = described["dags"]["audit_schedule_problems"]
    assert "/audits/1/manifest" in told["doc"]
    assert "/watched/1/place" in told["doc"]
    assert told["tasks"]["tell"]["retries"] == 0


def test_a_review_waits_for_a_report_and_for_a_person(described):
    review = described["dags"]["review_audit"]
    assert review["schedule"] == ["audit_report"]
    tasks = review["tasks"]
    assert "record" in tasks["ask"]["downstream"]
    assert tasks["divide"]["downstream"] == ["review_others"]
    assert "publish" in tasks["record"]["downstream"]
