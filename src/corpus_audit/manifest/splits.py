"""Splits of a source: what their names mean, and which one a file is in by the conventions of the Hugging Face Hub."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from posixpath import basename, dirname

from corpus_audit.corpus.paths import path_matcher
from corpus_audit.manifest.file_fields import TABLES
from corpus_audit.manifest.formats import format_of_data, is_json
from corpus_audit.manifest.model import DataFile, Source
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import FileFormat, SplitName, SplitRole

KEYWORDS: Mapping[str, SplitName] = {
    **dict.fromkeys(("train", "training"), SplitName.TRAIN),
    **dict.fromkeys(("validation", "valid", "dev", "val"), SplitName.VALIDATION),
    **dict.fromkeys(("test", "testing", "eval", "evaluation"), SplitName.TEST),
}
"""Words by which the Hub knows a split, in the name of a file or folder."""

ROLES: Mapping[SplitName, SplitRole] = {
    SplitName.TRAIN: SplitRole.TRAINING,
    SplitName.VALIDATION: SplitRole.EVALUATION,
    SplitName.TEST: SplitRole.EVALUATION,
}
_ROWS = TABLES | {FileFormat.TAR, FileFormat.ZIP, FileFormat.WARC}
_NO_SPLIT = "data"
"""What save_to_disk calls its files, whatever split they hold."""
_WORDS = re.compile(r"[^\W\d_]+")
_SHARDED = re.compile(r"(?:.*/)?data/(?P<split>\w+(?:\.\w+)*)-\d{5}-of-\d{5}[^/]*\.[^/]*")


def known_split(name: str) -> SplitName | None:
    """Return the split that a name stands for ('dev', 'test-clean', 'train.360'), None where no word tells."""
    words = _WORDS.findall(name.lower())
    return next((KEYWORDS[word] for word in words if word in KEYWORDS), None)


def role_of_split(name: str) -> SplitRole:
    """Return what a split of that name is for."""
    known = known_split(name)
    return SplitRole.OTHER if known is None else ROLES[known]


def split_of(source: Source, file: DataFile) -> str | None:
    """Return the split of a file of *source*: its own, else the first of the source's whose patterns fit."""
    if file.split is not None:
        return file.split
    return next((named.split for named in source.splits if _matcher(named.files)(file.path)), None)


@lru_cache(maxsize=256)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    return path_matcher(patterns)


def splits_by_name(paths: Iterable[str]) -> dict[str, str]:
    """Return the split of each path whose folders or own name tell it.

    The name of a file tells only of files that hold rows: ``test_parser.py`` is a text like others. Folders of other
    files tell when a training split lies beside one for evaluation, as in folders of pictures.
    """
    paths = list(paths)
    divided = _divided_folders(paths)
    named = {path: _split_by_name(path, divided) for path in paths}
    return {path: split for path, split in named.items() if split is not None}


def with_splits(files: Sequence[DataFile]) -> tuple[DataFile, ...]:
    """Return files, each with the split that its path tells where none is stated."""
    named = splits_by_name(file.path for file in files)
    return tuple(
        file.model_copy(update={"split": named[file.path]}) if file.split is None and file.path in named else file
        for file in files
    )


def split_folders(names: Iterable[str]) -> list[str]:
    """Return which of some folders beside each other are splits of one source; none without a training split."""
    known = {name: known_split(name) for name in names if name.lower() in KEYWORDS}
    return list(known) if SplitName.TRAIN in known.values() else []


def _split_by_name(path: str, divided: Collection[str]) -> str | None:
    holds_rows = is_json(path) or format_of_data(path) in _ROWS
    sharded = _SHARDED.fullmatch(path) if holds_rows else None
    if sharded is not None and sharded["split"] != _NO_SPLIT and is_text(sharded["split"]):
        return sharded["split"]
    folder = dirname(path)
    while folder:
        known = known_split(basename(folder))
        if known is not None and (holds_rows or folder in divided):
            return known
        folder = dirname(folder)
    return known_split(_stem(path)) if holds_rows else None


def _stem(path: str) -> str:
    name = basename(path)
    return name.rsplit(".", 1)[0] if "." in name else name


def _divided_folders(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders called after a split that have one for training and one for evaluation among them."""
    beside: dict[str, dict[str, SplitRole]] = {}
    for folder in {parent for path in paths for parent in _parents(path)}:
        name = basename(folder)
        if name.lower() in KEYWORDS:
            beside.setdefault(dirname(folder), {})[folder] = role_of_split(name)
    both = {SplitRole.TRAINING, SplitRole.EVALUATION}
    return frozenset(folder for folders in beside.values() if both <= set(folders.values()) for folder in folders)


def _parents(path: str) -> Iterable[str]:
    folder = dirname(path)
    while folder:
        yield folder
        folder = dirname(folder)
