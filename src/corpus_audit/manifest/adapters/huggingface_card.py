"""Hugging Face dataset cards: the front matter of a README.md, and the data files of the snapshot it lies in."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus_audit.corpus.field_roles import Path as ColumnPath
from corpus_audit.corpus.field_roles.columns import EVERY, MAX_DEPTH
from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.listing import Folder, Listing, RemoteFolder
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, FoundValue, Lost, Reading, Unusable, carry
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import by_config, joined, known, labelled, language, words
from corpus_audit.manifest.conversion.record_fields import BY_THE_RULE, FIELD_TARGETS, RecordFields
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.manifest.formats import format_of_data
from corpus_audit.manifest.splits import splits_by_name
from corpus_audit.manifest.values import is_path, is_url
from corpus_audit.vocabulary import Answer, ClaimProblemCode, FileFormat

_NO_PLACE = "a manifest has no place for it"
_ORIGINAL = "original"
_EXTENDED = re.compile(r"extended\|?")
_GENERATED = {"machine-generated": str(Answer.YES)}
_SYNTHETIC_TAG = {"synthetic": str(Answer.YES)}
_DATA = (FileFormat.PARQUET, FileFormat.ARROW, FileFormat.JSONL, FileFormat.CSV, FileFormat.TAR, FileFormat.ZIP)
_REPOSITORY = "datasets--"
_DOWNLOADS = ".cache/huggingface/download"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_STRINGS = ("string", "large_string")


def _derived_from(node: Node) -> Reading:
    """Yield each dataset that this one extends; 'original' says that there is none."""
    for found in words(node):
        if isinstance(found, Unusable):
            yield found
        elif found.value != _ORIGINAL:
            yield FoundValue(_EXTENDED.sub("", found.value, count=1) or "not named", found.place)


def _license_link(node: Node) -> Reading:
    """Yield where the license is written down: an address, or a file of the snapshot."""
    for found in words(node):
        if isinstance(found, FoundValue) and is_url(found.value):
            yield FoundValue({"kind": "url", "url": found.value}, found.place)
        elif isinstance(found, FoundValue) and is_path(found.value):
            yield FoundValue({"kind": "text", "file": found.value}, found.place)


CARD = FieldTable(
    "Front matter of README.md",
    (
        Carried("pretty_name", "dataset.id", note="else the folder's name; made into an identifier"),
        Carried("pretty_name", "source.id", note="else the folder's name; made into an identifier"),
        Carried("pretty_name", "dataset.title", words),
        Carried("language", "dataset.languages[]", by_config(language)),
        Carried("language_bcp47", "dataset.languages[]", language),
        Carried("languages", "dataset.languages[]", by_config(language), "the older name; also for each config"),
        Carried("license_name", "source.license.expression", words, "when the license is 'other'"),
        Carried("license", "source.license.expression", joined(by_config(words), "; "), "as written"),
        Carried("licenses", "source.license.expression", joined(by_config(words), "; "), "the older name"),
        Carried("license_link", "source.license.evidence[]", _license_link, "an address or a file"),
        Carried("language_creators", "source.synthetic.generated", known(_GENERATED), "yes, when machine-generated"),
        Carried("tags", "source.synthetic.generated", known(_SYNTHETIC_TAG), "yes, when tagged synthetic"),
        Carried("language_creators", "source.collection.method", joined(labelled("language by"))),
        Carried("annotations_creators", "source.processing[]", labelled("annotations by")),
        Carried("source_datasets", "source.derived_from[]", _derived_from, "without 'original'"),
        Carried("configs/data_files", "file.path", note="files of the snapshot; without it, all that hold data"),
        *(Carried("dataset_info/features", f"file.fields.{target}", note=BY_THE_RULE) for target in FIELD_TARGETS),
        Carried("configs/data_files", "file.split", note="as stated; without it, by the names of files and folders"),
        Carried("configs/data_files", "file.format", note="by the file's name, when features are known"),
        Lost("license_details, extra_gated_prompt, extra_gated_fields", "free text, for a person to read"),
        Lost("task_categories, task_ids, size_categories, multilinguality, paperswithcode_id, viewer", _NO_PLACE),
        Lost("dataset_info/splits, download_size, dataset_size", "sizes are counted from the data"),
        Lost("the text below the front matter", "free text, for a person to read"),
    ),
)
SNAPSHOT = FieldTable(
    "Snapshot folder",
    (
        Carried("name of the folder", "dataset.id", note="when the card has no pretty_name"),
        Carried("name of the folder", "source.id", note="when the card has no pretty_name"),
        Carried(f"{_DOWNLOADS}/*.metadata", "file.sha256", note="what the hub said of files it stores as large ones"),
        Carried(f"{_DOWNLOADS}/*.metadata", "dataset.version", note="the revision that was downloaded"),
        Carried("blobs/*", "file.sha256", note="in the cache of the hub's client: the blob a file links to"),
        Carried("snapshots/*", "dataset.version", note="in the cache of the hub's client: the name of the folder"),
        Carried("hf://datasets/*@*", "dataset.version", note="the commit, where the dataset is read on a hub"),
        Carried("LICENSE*", "source.license.evidence[]", note="license files beside the card"),
    ),
)
_SIGNS = frozenset(
    {
        "license",
        "licenses",
        "language",
        "languages",
        "task_categories",
        "dataset_info",
        "configs",
        "pretty_name",
        "size_categories",
        "annotations_creators",
        "source_datasets",
        "tags",
        "language_creators",
        "multilinguality",
    }
)
_PINNED = re.compile(r"hf://datasets/[^/]+/(?P<name>[^/@]+)@(?P<commit>[0-9a-f]{40})(/.*)?")
"""The address of a commit of a dataset on a hub, and of what lies in it."""
_LICENSE_FILE = re.compile(r"licen[cs]e([.-].*)?", re.IGNORECASE)


def is_card(document: SourceDocument) -> bool:
    """True if it is front matter with fields of a dataset card."""
    value = document.root.value
    return document.is_front_matter and isinstance(value, dict) and bool(_SIGNS & value.keys())


def build_from_card(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest of one source from a card and the snapshot around it."""
    root = document.root
    folder_name = _name_of(document)
    named = root.get("pretty_name") or root
    dataset = builder.dataset(named.text or folder_name, named.place)
    source = builder.source(named.text or folder_name, named.place)
    for required in ("license", "language"):
        if root.get(required) is None and root.get(f"{required}s") is None:
            detail = f"lacks '{required}', which a card should have"
            source.report(ClaimProblemCode.MISSING, (), required, detail)
    carry(CARD, root, {"dataset": dataset, "source": source})
    snapshot = _Snapshot(document.folder)
    if snapshot.revision:
        dataset.put("version", snapshot.revision, ())
    _put_files(root, source, snapshot)


def _name_of(document: SourceDocument) -> str:
    """Return what the folder of a card is called; the hub's client calls a snapshot after its revision."""
    folder = document.folder.resolve() if isinstance(document.folder, Path) else document.folder
    if folder is None:
        return document.name
    if isinstance(folder, RemoteFolder) and (pinned := _PINNED.fullmatch(folder.address)):
        return pinned["name"]
    repository = _repository_of(folder)
    return repository.name.removeprefix(_REPOSITORY) if repository is not None else folder.name


def _repository_of(folder: Folder) -> Path | None:
    """Return the repository in the cache of the hub's client that a folder is a snapshot of."""
    if not isinstance(folder, Path) or folder.parent.name != "snapshots":
        return None
    return folder.parent.parent if folder.parent.parent.name.startswith(_REPOSITORY) else None


class _Snapshot:
    """What lies in the folder of a card, and what its download left about it."""

    def __init__(self, folder: Folder | None) -> None:
        self.listing = Listing(folder)
        self._given = folder
        self._folder = folder.resolve() if isinstance(folder, Path) else None

    @property
    def data_files(self) -> list[str]:
        """Files that hold data by their names."""
        return [file for file in self.listing.files if format_of_data(file) in _DATA]

    @property
    def license_files(self) -> list[str]:
        """Files beside the card that are called license."""
        return [file for file in self.listing.files if _LICENSE_FILE.fullmatch(file)]

    @property
    def revision(self) -> str:
        """The revision that was downloaded or is read on a hub, '' when the download left no notes."""
        if isinstance(self._given, RemoteFolder):
            pinned = _PINNED.fullmatch(self._given.address)
            return pinned["commit"] if pinned is not None else ""
        if self._folder is not None and _repository_of(self._folder) is not None:
            return self._folder.name if _COMMIT.fullmatch(self._folder.name) else ""
        notes = (self._notes(file) for file in self.listing.files)
        return next((lines[0] for lines in notes if lines and _COMMIT.fullmatch(lines[0])), "")

    def sha256(self, file: str) -> str | None:
        """Return the checksum that the hub gave for a file, None for files that it keeps in git."""
        if self._folder is not None and _repository_of(self._folder) is not None:
            blob = Path(os.path.realpath(self._folder / file)).name
            return blob if _SHA256.fullmatch(blob) else None
        lines = self._notes(file)
        return lines[1] if len(lines) > 1 and _SHA256.fullmatch(lines[1]) else None

    def _notes(self, file: str) -> Sequence[str]:
        if self._folder is None:
            return ()
        try:
            return (self._folder / _DOWNLOADS / f"{file}.metadata").read_text(encoding="utf-8").split("\n")[:3]
        except (OSError, ValueError):
            return ()


def _put_files(root: Node, source: ClaimFragment, snapshot: _Snapshot) -> None:
    described = _features_by_config(root)
    patterns = list(_data_patterns(root))
    for config, split, pattern in patterns:
        found = snapshot.listing.match(pattern.text or "")
        for path in found:
            _put_file(source, path, pattern, snapshot, _features_of(config, described), split)
        if not found and snapshot.listing.files:
            detail = "matches no file of the snapshot"
            source.report(ClaimProblemCode.DANGLING, pattern.place, "files", detail)
    data_files = () if patterns else snapshot.data_files
    splits = splits_by_name(data_files)
    for path in data_files:
        split = FoundValue(splits[path], ()) if path in splits else None
        _put_file(source, path, root, snapshot, _features_of("", described), split)
    for path in snapshot.license_files:
        source.put("license.evidence[]", {"kind": "text", "file": path}, ())
        _put_file(source, path, root, snapshot, RecordFields())


def _put_file(
    source: ClaimFragment,
    path: str,
    said_at: Node,
    snapshot: _Snapshot,
    fields: RecordFields,
    split: FoundValue | None = None,
) -> None:
    file = source.builder.file(source)
    if not source.builder.place_file(source, file, path, said_at.place):
        return
    checksum = snapshot.sha256(path)
    if checksum is not None:
        file.put("sha256", checksum, ())
    if split is not None:
        file.put("split", split.value, split.place)
    if fields.is_known:
        fields.put(file)
        file.put("format", format_of_data(path), said_at.place)


_Pattern = tuple[FoundValue | None, Node]
"""The split that files are in, where one is stated, and a pattern of their paths."""


def _data_patterns(root: Node) -> Iterator[tuple[str, FoundValue | None, Node]]:
    """Yield the patterns of data files, each with its configuration and split: one, a list, or one for each split."""
    for config in root.each("configs"):
        named = config.get("config_name")
        for entry in config.each("data_files"):
            for split, pattern in _patterns_of(entry):
                yield (named.text if named is not None else None) or "", split, pattern


def _patterns_of(entry: Node) -> Iterator[_Pattern]:
    if entry.text is not None:
        yield None, entry
    elif entry.get("path") is not None:
        named = entry.get("split")
        split = FoundValue(named.text, named.place) if named is not None and named.text else None
        yield from ((split, pattern) for pattern in entry.each("path"))
    else:
        for name, patterns in entry.members():
            yield from ((FoundValue(name, patterns.place), pattern) for pattern in patterns.each())


def _features_by_config(root: Node) -> dict[str, RecordFields]:
    """Return the features of each configuration by its name."""
    described: dict[str, RecordFields] = {}
    for info in root.each("dataset_info"):
        named = info.get("config_name")
        fields = described.setdefault((named.text if named is not None else None) or "", RecordFields())
        _add_features(info, "features", (), fields)
    return described


def _features_of(config: str, described: dict[str, RecordFields]) -> RecordFields:
    """Return the features of a configuration; those of the only one where names do not tell, else none."""
    only = next(iter(described.values())) if len(described) == 1 else RecordFields()
    return described.get(config, only)


def _add_features(node: Node, key: str, steps: ColumnPath, fields: RecordFields) -> None:
    """Add each feature without features in it; a list within a record is a step '*'."""
    for feature in node.each(key):
        named = feature.get("name")
        kind = feature.get("dtype")
        path = (*steps, named.text or "") if named is not None else steps
        if kind is not None and path:
            _add_feature(feature, kind, path, fields)
        for inner, more in (("struct", ()), ("list", (EVERY,)), ("sequence", (EVERY,))):
            if feature.get(inner) is not None and len(path) < MAX_DEPTH:
                _add_nested(feature, inner, (*path, *more), fields)


def _add_feature(feature: Node, kind: Node, path: ColumnPath, fields: RecordFields) -> None:
    place = (feature.get("name") or feature).place
    languages = list(kind.each("translation/languages"))
    for language_ in languages:
        fields.add((*path, language_.text or ""), language_.place, is_text=True)
    if not languages:
        fields.add(path, place, is_text=kind.text in _STRINGS)


def _add_nested(feature: Node, key: str, steps: ColumnPath, fields: RecordFields) -> None:
    inner = feature.get(key)
    if inner is not None and inner.text is not None:
        fields.add(steps, inner.place, is_text=inner.text in _STRINGS)
    else:
        _add_features(feature, key, steps, fields)


HUGGINGFACE_CARD = Adapter(
    name="huggingface-card",
    title="Hugging Face dataset cards and snapshots",
    url="https://huggingface.co/docs/hub/datasets-cards",
    tables=(CARD, SNAPSHOT),
    recognises=is_card,
    build=build_from_card,
)
