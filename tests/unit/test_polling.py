"""A watched folder tells each change of a manifest once, whatever happens in between."""

import json
import os
from pathlib import Path

import pytest

from corpus_audit.corpus.locations import open_location
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.errors import StoreError
from corpus_audit.manifest.load import load_manifest
from corpus_audit.pipeline.receiving import read_documents
from corpus_audit.schedules import WatchedPlace
from corpus_audit.schedules.polling import MOST_AT_ONCE, mark_started, poll

A = '{"manifest_version": "1", "dataset": {"id": "a"}}'
B = '{"manifest_version": "1", "dataset": {"id": "b"}}'


class Place:
    """A folder that is watched, and the store that remembers what was seen."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder / "place", folder / "store"
        self.folder.mkdir()
        self.watch = WatchedPlace(id="incoming", place=str(self.folder))
        self.pauses = 0

    def put(self, file, content):
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def look(self, meanwhile=lambda: None, watch=None):
        def pause(_seconds):
            self.pauses += 1
            meanwhile()

        return poll(watch or self.watch, self.store, pause=pause)

    def take(self, **options):
        """Look, and start what is told."""
        changes = self.look(**options)
        mark_started(self.watch, self.store, [change.run_id for change in changes])
        return [Path(change.manifest).read_text(encoding="utf-8") for change in changes]


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_a_manifest_is_told_when_it_is_new_and_when_it_changes_and_never_else(place):
    place.put("news/manifest.yaml", A)
    place.put("news/data.txt", "no manifest")
    place.put("news/.manifest.yaml", A)
    place.put(".partial/manifest.yaml", A)
    assert place.take() == [A]
    assert place.take() == []
    assert place.pauses == 1
    place.put("news/manifest.yaml", B)
    place.put("code/manifest.json", A)
    assert place.take() == [A, B]
    os.utime(place.folder / "news" / "manifest.yaml", (1, 1))
    assert place.take() == []


def test_a_change_back_to_an_earlier_content_is_a_change(place):
    told = []
    for content in (A, B, A):
        place.put("manifest.yaml", content)
        told += place.look()
        mark_started(place.watch, place.store, [change.run_id for change in told])
    assert [Path(change.manifest).read_text() for change in told] == [A, B, A]
    assert len({change.run_id for change in told}) == 3


def test_what_was_not_started_is_told_again_under_the_same_name(place):
    place.put("manifest.yaml", A)
    (first,) = place.look()
    place.put("manifest.yaml", B)
    again, second = place.look()
    assert again == first
    assert Path(again.manifest).read_text() == A, "what was to be audited is lost"
    mark_started(place.watch, place.store, [first.run_id])
    assert place.look() == [second]


def test_nothing_is_told_that_was_not_written_down(place, monkeypatch):
    place.put("manifest.yaml", A)
    with monkeypatch.context() as broken:
        broken.setattr("corpus_audit.schedules.polling.write_json", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            place.look()
    (told,) = place.look()
    assert place.look() == [told]


def test_a_manifest_that_is_being_written_is_left_for_the_next_look(place):
    place.put("slow/manifest.yaml", A[:20])
    place.put("done/manifest.yaml", B)
    assert place.take(meanwhile=lambda: place.put("slow/manifest.yaml", A[:30])) == [B]
    place.put("slow/manifest.yaml", A)
    assert place.take() == [A]


def test_a_manifest_that_goes_is_forgotten_by_nobody(place):
    place.put("manifest.yaml", A)
    assert place.take(meanwhile=(place.folder / "manifest.yaml").unlink) == []
    place.put("manifest.yaml", A)
    assert place.take() == [A]
    (place.folder / "manifest.yaml").unlink()
    assert place.take() == []
    place.put("manifest.yaml", A)
    assert place.take() == []


def test_two_manifests_of_one_content_and_like_names_are_two_changes(place):
    watch = place.watch.model_copy(update={"manifests": ("*.yaml",)})
    for file in ("a/b.yaml", "a-b.yaml"):
        place.put(file, A)
    told = place.look(watch=watch)
    assert len({change.run_id for change in told}) == 2
    assert {change.root for change in told} == {str(place.folder), str(place.folder / "a")}


def test_another_place_is_looked_at_anew(place, tmp_path):
    place.put("manifest.yaml", A)
    place.take()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.yaml").write_text(A)
    other = place.watch.model_copy(update={"place": str(tmp_path / "other"), "root": "/data"})
    (change,) = place.look(watch=other)
    assert change.root == "/data"


def test_more_changes_than_one_look_tells_wait_for_the_next(place):
    for number in range(MOST_AT_ONCE + 3):
        place.put(f"{number:03}/manifest.yaml", A)
    assert len(place.take()) == MOST_AT_ONCE
    assert len(place.take()) == 3


def test_what_is_included_is_copied_and_its_change_is_one_of_the_manifest(place):
    place.put("mix/parts/code/manifest.yaml", B)
    place.put("mix/parts/notes.json", A)
    includes = {"include": [{"path": "parts/code"}, {"path": "parts/notes.json"}, {"path": "parts/gone.json"}]}
    place.put("mix/manifest.json", json.dumps(json.loads(A) | includes))
    watch = place.watch.model_copy(update={"manifests": ("*/manifest.json",)})
    (change,) = place.look(watch=watch)
    copied = {path.relative_to(Path(change.manifest).parent).as_posix() for path in copied_beside(change)}
    assert copied == {"manifest.json", "parts/code/manifest.yaml", "parts/notes.json"}
    place.put("mix/parts/notes.json", B)
    assert len(place.look(watch=watch)) == 2


def copied_beside(change):
    return (path for path in Path(change.manifest).parent.rglob("*") if path.is_file())


def test_a_copy_loads_as_the_manifest_does(place):
    place.put("mix/parts/notes.json", B)
    place.put("mix/manifest.json", json.dumps(json.loads(A) | {"include": [{"path": "parts/notes.json"}]}))
    original = place.folder / "mix" / "manifest.json"
    copy = read_documents(open_location(str(place.folder)), "mix/manifest.json").keep(place.store)
    assert load_manifest(copy).sha256 == load_manifest(original).sha256


def test_an_unreadable_manifest_is_told_once_with_the_place_itself(place, monkeypatch):
    place.put("locked/manifest.yaml", A)
    place.put("open/manifest.yaml", B)
    read = LocalFile.stream

    def refuse(file, first, length):
        if file.name.startswith("locked"):
            raise PermissionError(13, "Permission denied")
        return read(file, first, length)

    with monkeypatch.context() as denied:
        denied.setattr(LocalFile, "stream", refuse)
        locked, opened = place.look()
        assert locked.manifest == str(place.folder / "locked" / "manifest.yaml")
        assert Path(opened.manifest).read_text() == B
        mark_started(place.watch, place.store, [locked.run_id, opened.run_id])
        assert place.look() == []
    assert place.take() == [A]


def test_links_that_lead_out_of_the_place_are_not_followed(place, tmp_path):
    (tmp_path / "secret.yaml").write_text(A)
    (place.folder / "manifest.yaml").symlink_to(tmp_path / "secret.yaml")
    assert place.take() == []


def test_a_place_that_is_not_there_is_told(place):
    place.folder.rmdir()
    with pytest.raises(StoreError, match="is not a folder"):
        place.look()


def test_an_empty_manifest_is_told_too(place):
    place.put("manifest.yaml", "")
    assert place.take() == [""]


def test_a_look_keeps_no_other_process_waiting_and_takes_nothing_twice(place):
    place.put("manifest.yaml", A)
    told = []

    def another_process():
        changes = poll(place.watch, place.store, pause=lambda _seconds: None)
        told.extend(changes)
        mark_started(place.watch, place.store, [change.run_id for change in changes])

    assert place.look(meanwhile=another_process) == []
    assert len(told) == 1
    assert place.look() == []
