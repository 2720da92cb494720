"""Models that share the names of the fields they were given stay what they were."""

import pickle

from corpus_audit.manifest.model import DataFile, Source


def _file(**more: object) -> DataFile:
    return DataFile.model_validate({"path": "a.txt", **more})


def test_models_given_the_same_fields_share_their_names() -> None:
    assert _file().model_fields_set is _file().model_fields_set
    assert _file(size_bytes=1).model_fields_set == {"path", "size_bytes"}
    assert _file().model_dump(exclude_unset=True) == {"path": "a.txt"}


def test_a_changed_copy_changes_no_other_model() -> None:
    source = Source.model_validate({"id": "a", "files": [{"path": "a.txt"}]})
    copied = source.model_copy(update={"title": "A"})
    assert copied.model_fields_set == {"id", "files", "title"}
    assert source.model_fields_set == {"id", "files"}
    assert Source.model_validate({"id": "a", "files": []}).model_fields_set == {"id", "files"}


def test_a_model_that_was_pickled_is_the_same() -> None:
    assert pickle.loads(pickle.dumps(_file(size_bytes=1))) == _file(size_bytes=1)
