"""The list of audits that run by themselves: read whole, each entry checked by itself."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.errors import ScheduleError
from corpus_audit.schedules import load_schedules

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
    (entry,) = found.entries
    assert found.problems == ()
    assert (entry.id, entry.cron, entry.after, entry.deadline_hours) == ("news", "0 3 * * 1-5", ("news_collected",), 12)
    assert (entry.packs, entry.owner) == (("baseline", "eu-ai-act"), "data-governance")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cron": None}, "never starts"),
        ({"cron": "0 3 * *"}, "five fields"),
        ({"cron": "60 3 * * *"}, "numbers from 0 to 59"),
        ({"cron": "0 5-3 * * *"}, "numbers from 0 to 23"),
        ({"cron": "*/0 * * * *"}, "numbers from 0 to 59"),
        ({"cron": "@now"}, "five fields"),
        ({"manifest": "news.yaml"}, "absolute path"),
        ({"manifest": "/data/../etc/news.yaml"}, "absolute path"),
        ({"manifest": "file:///etc/passwd"}, "absolute path"),
        ({"manifest": "s3://key:secret@bucket/m.yaml"}, "without a user name"),
        ({"id": "../news"}, "must be 1 to 128 letters"),
        ({"deadline_hours": 0}, "deadline_hours"),
        ({"notify": ["nobody"]}, "mail address"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_bad_entry_is_told_with_its_place_and_hides_no_other(tmp_path, changes, told):
    entry = {name: value for name, value in (GOOD | {"id": "bad"} | changes).items() if value is not None}
    found = load_schedules(write(tmp_path, entry, GOOD))
    assert [kept.id for kept in found.entries] == ["news"]
    (problem,) = found.problems
    assert told in problem
    assert "/audits/0" in problem
    assert "line" in problem
    assert "secret" not in problem


def test_two_entries_of_one_name_are_told(tmp_path):
    found = load_schedules(write(tmp_path, GOOD, GOOD | {"manifest": "/other.yaml"}))
    assert [entry.manifest for entry in found.entries] == ["/data/news.yaml"]
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
    done = CliRunner().invoke(app, ["schedule", "lint", str(write(tmp_path, GOOD, {"id": "bad"}))])
    assert done.exit_code == 2
    assert "audit_news  0 3 * * 1-5  /data/news.yaml" in done.output
    assert "lacks 'manifest'" in done.output
    assert CliRunner().invoke(app, ["schedule", "lint", str(write(tmp_path, GOOD))]).exit_code == 0
