"""The list of audits that run by themselves: read whole, each entry checked by itself."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.errors import ScheduleError
from corpus_audit.schedules import at_date, load_schedules

GOOD = {"id": "news", "manifest": "/data/news.yaml", "cron": "0 3 * * 1-5"}


def write(folder: Path, *entries: object) -> Path:
    path = folder / "audits.yaml"
    path.write_text(yaml.safe_dump({"audits": list(entries)}), encoding="utf-8")
    return path


def test_an_entry_says_what_when_and_for_whom(tmp_path):
    given = {
        "after": ["news_collected"],
        "packs": ["baseline", "eu-ai-act"],
        "notify": ["a@example.org", "webhook:alerts"],
        "deadline_hours": 12,
    }
    found = load_schedules(write(tmp_path, GOOD | given))
    (entry,) = found.audits
    assert found.problems == ()
    assert (entry.id, entry.cron, entry.after, entry.deadline_hours) == ("news", "0 3 * * 1-5", ("news_collected",), 12)
    assert (entry.packs, entry.owner) == (("baseline", "eu-ai-act"), "data-governance")


def test_a_dataset_on_a_hub_may_name_its_revision(tmp_path):
    found = load_schedules(write(tmp_path, GOOD | {"root": "hf://datasets/gutenberg/poems@v1.2"}))
    assert (found.problems, found.audits[0].root) == ((), "hf://datasets/gutenberg/poems@v1.2")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cron": None}, "never starts"),
        ({"cron": "0 3 * *"}, "five valid fields"),
        ({"cron": "60 3 * * *"}, "five valid fields"),
        ({"cron": "*/0 * * * *"}, "five valid fields"),
        ({"cron": "0 0 3 * * *"}, "five valid fields"),
        ({"cron": "0 R * * *"}, "five valid fields"),
        ({"cron": "0 3 31 4 *"}, "no year has"),
        ({"cron": "@now"}, "five valid fields"),
        ({"manifest": "news.yaml"}, "absolute path"),
        ({"manifest": "/data/../etc/news.yaml"}, "absolute path"),
        ({"manifest": "file:///etc/passwd"}, "absolute path"),
        ({"manifest": "/data/{name}/m.yaml"}, "hold no date"),
        ({"manifest": "/data/{date:%Y/../..}/m.yaml"}, "absolute path"),
        ({"manifest": "/data/{date}/m.yaml", "cron": None, "after": ["news_collected"]}, "give 'cron'"),
        ({"store": "https://host/audits"}, "absolute path"),
        ({"id": "dataset"}, "there already"),
        ({"manifest": "s3://key:secret@bucket/m.yaml"}, "without a user name"),
        ({"root": "hf://someone@datasets/a/b"}, "without a user name"),
        ({"id": "../news"}, "must be 1 to 128 letters"),
        ({"deadline_hours": 0}, "deadline_hours"),
        ({"notify": ["nobody"]}, "mail address"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_bad_entry_is_told_with_its_place_and_hides_no_other(tmp_path, changes, told):
    entry = {name: value for name, value in (GOOD | {"id": "bad"} | changes).items() if value is not None}
    found = load_schedules(write(tmp_path, entry, GOOD))
    assert [kept.id for kept in found.audits] == ["news"]
    (problem,) = found.problems
    assert told in problem
    assert "/audits/0" in problem
    assert "line" in problem
    assert "secret" not in problem


WATCH = {"id": "incoming", "place": "s3://drop/manifests"}
REFERENCE = {"name": "poems", "kind": "protected-works", "paths": ["/works", "s3://works/poems"]}


def write_all(folder: Path, **lists: object) -> Path:
    path = folder / "audits.yaml"
    path.write_text(json.dumps(lists), encoding="utf-8")  # YAML too, and without aliases for what is there twice
    return path


def test_places_that_are_watched_and_references_stand_beside_audits(tmp_path):
    found = load_schedules(write_all(tmp_path, watched=[WATCH], references=[REFERENCE]))
    assert (found.audits, found.problems) == ((), ())
    (watched,), (reference,) = found.watched, found.references
    assert (watched.every_minutes, watched.manifests[0]) == (5, "**/manifest.yaml")
    assert (reference.kind, reference.cron, reference.paths) == (
        "protected-works", "@daily", ("/works", "s3://works/poems"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"watched": [WATCH | {"place": "incoming"}]}, "/watched/0/place"),
        ({"watched": [WATCH | {"manifests": []}]}, "/watched/0/manifests"),
        ({"watched": [WATCH | {"manifests": ["/etc/*"]}]}, "pattern of paths below the place"),
        ({"watched": [WATCH | {"manifests": ["../*.yaml"]}]}, "pattern of paths below the place"),
        ({"watched": [WATCH | {"every_minutes": 0}]}, "/watched/0/every_minutes"),
        ({"watched": [WATCH | {"id": "news"}]}, "give each its own"),
        ({"references": [REFERENCE | {"paths": []}]}, "/references/0/paths"),
        ({"references": [REFERENCE | {"kind": "poems"}]}, "/references/0/kind"),
        ({"references": [REFERENCE | {"cron": "daily"}]}, "five valid fields"),
        ({"references": [REFERENCE, REFERENCE]}, "give each its own"),
        ({"references": 7}, "must be a list"),
        ({"sources": []}, "is no list"),
    ],
)
def test_what_is_wrong_in_one_list_hides_nothing_in_the_others(tmp_path, lists, told):
    found = load_schedules(write_all(tmp_path, audits=[GOOD], **lists))
    assert [entry.id for entry in found.audits] == ["news"]
    (problem,) = found.problems
    assert told in problem
    assert (len(found.watched), len(found.references)) == (0, int(lists.get("references") == [REFERENCE] * 2))


def test_a_place_may_be_another_each_day(tmp_path):
    dated = GOOD | {"manifest": "/data/{date:%Y/%m}/{date}.yaml"}
    (entry,) = load_schedules(write(tmp_path, dated)).audits
    assert at_date(entry.manifest, datetime(2026, 3, 31, tzinfo=UTC)) == "/data/2026/03/2026-03-31.yaml"


def test_two_entries_of_one_name_are_told(tmp_path):
    found = load_schedules(write(tmp_path, GOOD, GOOD | {"manifest": "/other.yaml"}))
    assert [entry.manifest for entry in found.audits] == ["/data/news.yaml"]
    assert "each its own" in found.problems[0]


@pytest.mark.parametrize("content", [b"audits: 7", b"", b"- a", b"audits: [", b"\xff\xfe", b"a: &a [*a]"])
def test_a_file_without_a_list_is_refused(tmp_path, content):
    path = tmp_path / "audits.yaml"
    path.write_bytes(content)
    with pytest.raises(ScheduleError, match=r"audits\.yaml"):
        load_schedules(path)
    with pytest.raises(ScheduleError, match="cannot be read"):
        load_schedules(tmp_path / "gone.yaml")


def test_the_list_that_comes_along_is_sound():
    assert load_schedules(Path(__file__).parents[2] / "dags" / "audits.yaml").problems == ()


def test_lint_lists_what_runs_and_what_cannot(tmp_path):
    listed = write_all(tmp_path, audits=[GOOD, {"id": "bad"}], watched=[WATCH], references=[REFERENCE])
    done = CliRunner().invoke(app, ["schedule", "lint", str(listed)])
    assert done.exit_code == 2
    assert "watch_incoming  every 5 minutes  s3://drop/manifests" in done.output
    assert "refresh_references poems  @daily  /works, s3://works/poems" in done.output
    assert "audit_news  0 3 * * 1-5  /data/news.yaml" in done.output
    assert "lacks 'manifest'" in done.output
    assert CliRunner().invoke(app, ["schedule", "lint", str(write(tmp_path, GOOD))]).exit_code == 0
