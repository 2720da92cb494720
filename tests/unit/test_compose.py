"""The deployment as it is described: docker-compose.yml and the image it builds, without an engine to run them."""

import json
import re
import shlex
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from corpus_audit.config import ENVIRONMENT_PREFIX, Settings, variables

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
ONE_SHOT = {"init"}
MAY_BE_LEFT_OUT = {
    "AIRFLOW_EXECUTOR", "AIRFLOW_URL", "CORPUS_AUDIT_ENGINE", "PORT",
    "CORPUS_AUDIT_SCHEDULES", "CORPUS_AUDIT_ALLOWED_URLS",
    "STATSD_ON", "STATSD_HOST", "STATSD_PORT", "OTEL_ON", "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OPENLINEAGE_URL", "OPENLINEAGE_API_KEY",
}  # fmt: skip
"""Variables of the file with a default: none is a secret that the deployment itself has."""


def environment(service):
    return service.get("environment", {})


def test_the_file_is_what_the_compose_specification_asks_for():
    jsonschema = pytest.importorskip("jsonschema")
    vendored = pytest.importorskip("check_jsonschema.builtin_schemas")
    schema = json.loads((files(vendored) / "vendor" / "compose-spec.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(COMPOSE)] == []
    assert list(validator.iter_errors({"services": {"x": {"imagee": "y"}}}))


def test_every_variable_without_a_default_is_required_with_a_message():
    found = re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", TEXT)
    assert {name for name, rest in found if rest.startswith(":-")} == MAY_BE_LEFT_OUT
    required = {name: rest for name, rest in found if name not in MAY_BE_LEFT_OUT}
    assert all(re.fullmatch(r":?\?\w.+", rest) for rest in required.values())
    assert {name for name, rest in required.items() if rest.startswith("?")} == {"SIGNING_PASSPHRASE"}
    assert not re.search(r"(?<!\$)\$\w", TEXT)


def test_secrets_are_made_for_every_variable_that_is_required(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(PROJECT / "scripts")
    import make_secrets

    monkeypatch.setattr(make_secrets, "ENVIRONMENT", tmp_path / ".env")
    assert make_secrets.main() == 0
    written = (tmp_path / ".env").read_text(encoding="utf-8")
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    made = dict(line.split("=", 1) for line in written.splitlines() if not line.startswith("#"))
    assert set(made) == {name for name, _ in re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", TEXT)} - MAY_BE_LEFT_OUT
    assert {name for name, value in made.items() if not value} == {
        "CORPUS_AUDIT_STEWARDS",
        "DATA_FOLDER",
        "SIGNING_KEY_FILE",
        "SIGNING_PASSPHRASE",
    }
    assert make_secrets.main() == 0
    assert (tmp_path / ".env").read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_limited_and_watched(name):
    service = SERVICES[name]
    assert re.search(r":\d+\.\d+(\.\d+)?", service["image"])
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert ("healthcheck" in service) != (name in ONE_SHOT)
    assert (service["restart"] == "no") == (name in ONE_SHOT)


def test_airflow_runs_the_processes_that_it_needs():
    assert set(SERVICES) == {
        "postgres", "redis", "init", "api-server", "scheduler", "dag-processor", "triggerer", "worker",
        "spark-master", "spark-worker",
    }  # fmt: skip
    assert {name: service["profiles"] for name, service in SERVICES.items() if service.get("profiles")} == {
        "redis": ["celery"], "worker": ["celery"], "spark-master": ["spark"], "spark-worker": ["spark"],
    }  # fmt: skip
    for name in ("api-server", "scheduler", "dag-processor", "triggerer", "worker"):
        assert SERVICES[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}
        assert set(SERVICES[name]["depends_on"]) <= set(SERVICES)
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert [port.split(":")[0] for port in ports] == ["127.0.0.1"]


def test_every_setting_that_is_given_exists():
    """A misspelt setting is ignored without a word: Airflow's and this program's own are looked up."""
    ours = {ENVIRONMENT_PREFIX + variable.name for variable in variables()}
    given = {name for service in SERVICES.values() for name in environment(service)}
    given |= set(re.findall(r"\b([A-Z_]+)=", DOCKERFILE))
    assert {name for name in given if name.startswith(ENVIRONMENT_PREFIX)} <= ours
    sections = _airflow_settings()
    for name in (name for name in given if name.startswith("AIRFLOW__")):
        section, option = name.removeprefix("AIRFLOW__").lower().split("__")
        assert option in sections[section], name


def _airflow_settings():
    airflow = pytest.importorskip("airflow")
    described = Path(airflow.__file__).parent / "config_templates" / "config.yml"
    provider = pytest.importorskip("airflow.providers.celery.get_provider_info")
    parsed = yaml.safe_load(described.read_text(encoding="utf-8")) | provider.get_provider_info()["config"]
    return {section: set(content["options"]) for section, content in parsed.items()}


def test_the_image_is_built_from_files_that_are_sent_to_the_engine_and_not_as_root():
    sent = {line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [shlex.split(line)[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY")]
    names = {name for each in copied if not each[0].startswith("--from") for name in each}
    assert names == sent
    assert all((PROJECT / name).exists() for name in names)
    assert DOCKERFILE.count("pip install") == len(re.findall(r"--constraint \S*constraints.txt", DOCKERFILE)) == 3
    stages = dict(re.findall(r"^FROM \S+ AS (\w+)\n(.*?)(?=^FROM|\Z)", DOCKERFILE, flags=re.MULTILINE | re.DOTALL))
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)) == {"python:3.11.13-slim-bookworm", "duckdb"}
    # The engine that is chosen names the stage that is built.
    (engine,) = (setting for setting in fields(Settings) if setting.name == "engine")
    assert set(stages) == {"build", "kubernetes", *engine.metadata["choices"]}
    for name in ("kubernetes", *engine.metadata["choices"]):
        assert re.findall(r"^USER (\w+)$", stages[name], flags=re.MULTILINE)[-1] == "auditor"
    assert {service.get("build", {}).get("target") for service in SERVICES.values()} == {
        None,
        "${CORPUS_AUDIT_ENGINE:-duckdb}",
    }


def test_spark_asks_for_a_secret_and_sees_the_store():
    configuration = dict(line.split(" ", 1) for line in COMPOSE["configs"]["spark"]["content"].splitlines())
    assert configuration["spark.authenticate"] == configuration["spark.network.crypto.enabled"] == "true"
    assert configuration["spark.authenticate.secret"].startswith("${SPARK_SECRET:?")
    # It takes work from anyone, and knows no secret.
    assert configuration["spark.master.rest.enabled"] == "false"
    asking = [name for name, service in SERVICES.items() if "CORPUS_AUDIT_ENGINE" in environment(service)]
    for name in (*asking, "spark-master", "spark-worker"):
        assert SERVICES[name]["configs"] == [{"source": "spark", "target": "/srv/spark/spark-defaults.conf"}]
        assert environment(SERVICES[name])["SPARK_CONF_DIR"] == "/srv/spark"
    assert "store:/srv/audits" in SERVICES["spark-worker"]["volumes"]
    assert not set(environment(SERVICES["spark-worker"])) & {"AIRFLOW__CORE__FERNET_KEY", "CORPUS_AUDIT_DATABASE_URL"}
    (master,) = {environment(SERVICES[name])["CORPUS_AUDIT_SPARK_MASTER"] for name in asking}
    assert master in SERVICES["spark-worker"]["command"]


def test_only_the_service_that_ends_knows_the_owner_of_the_ledger():
    told = {name: environment(service).get("CORPUS_AUDIT_DATABASE_URL", "") for name, service in SERVICES.items()}
    assert [name for name, address in told.items() if "//ledger_owner:" in address] == ["init"]
    assert all("//ledger_writer:" in address for name, address in told.items() if address and name != "init")
    assert [name for name, service in SERVICES.items() if "POSTGRES_PASSWORD" in environment(service)] == ["postgres"]


def test_every_profile_is_stopped():
    assert "docker compose --profile '*' down" in (PROJECT / "Makefile").read_text(encoding="utf-8")
