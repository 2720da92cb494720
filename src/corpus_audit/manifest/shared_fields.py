"""Fields shared by all files of a source, stated once."""

from collections import defaultdict
from posixpath import basename
from typing import Any

from corpus_audit.manifest.file_fields import NO_FIELDS, fields_of
from corpus_audit.manifest.model import DataFile, FieldsOfFiles, FileFields, Source

_FEWEST = 2


def share_fields(source: Source) -> Source:
    """Return a source with fields of files of one kind stated once, where the meaning stays the same."""
    if source.fields:
        return source
    groups: dict[tuple[str, FileFields], list[DataFile]] = defaultdict(list)
    for file in source.files:
        if file.fields != NO_FIELDS:
            groups[(_suffix(file.path), file.fields)].append(file)
    largest = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0][0]))
    shared = {}
    for (suffix, fields), files in largest:
        if suffix and suffix not in shared and len(files) >= _FEWEST:
            shared[suffix] = FieldsOfFiles(files=(f"**/*{suffix}",), **fields.model_dump())
    bare = tuple(_bare(file, shared) for file in source.files)
    short = source.model_copy(update={"fields": tuple(shared.values()), "files": bare})
    is_same = all(
        _says(fields_of(short, new)) == _says(old.fields) for new, old in zip(bare, source.files, strict=True)
    )
    return short if shared and is_same else source


def _bare(file: DataFile, shared: dict[str, FieldsOfFiles]) -> DataFile:
    """Return a file without its fields where its source says them."""
    said = shared.get(_suffix(file.path))
    is_same = said is not None and _says(said) == _says(file.fields)
    return file.model_copy(update={"fields": NO_FIELDS}) if is_same else file


def _says(fields: FileFields) -> dict[str, Any]:
    """Return which fields mean what, whatever files they hold for."""
    return fields.model_dump(exclude={"files"})


def _suffix(path: str) -> str:
    """Return a file's name from its first dot on: '.jsonl.zst'."""
    name = basename(path)
    return name[name.find(".", 1) :] if "." in name[1:] else ""
