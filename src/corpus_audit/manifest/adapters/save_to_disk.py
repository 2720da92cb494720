"""Folders that ``save_to_disk`` of the datasets package writes: one split, or a folder for each of several.

``dataset_info.json`` says what a split is, ``state.json`` which Arrow files hold it, ``dataset_dict.json`` which splits
there are. None of the three is a record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.datasets_features import fields_of_features
from corpus_audit.manifest.conversion.listing import Listing
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, Lost, carry
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import address, evidence_url, unless, words
from corpus_audit.manifest.conversion.record_fields import BY_THE_RULE, FIELD_TARGETS
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.manifest.ignored import IGNORED_AT_ROOT
from corpus_audit.manifest.values import is_path
from corpus_audit.vocabulary import ClaimProblemCode, FileFormat

DICT, INFO, STATE = "dataset_dict.json", "dataset_info.json", "state.json"
_SIGNS = frozenset({"features", "splits", "download_checksums", "builder_name", "dataset_name"})
_NO_PLACE = "a manifest has no place for it"
_NO_VERSION = ("0.0.0",)
_NAMED = "unless it is that of the builder, as for files of one's own; else the folder's name; made into an identifier"

DATASET_DICT = FieldTable(
    DICT,
    (
        Carried("splits", "file.split", note="a folder each"),
        Carried("the folder", "source.folders[]", note="so that files which no state names are noticed"),
        Carried(f"{DICT}, {INFO}, {STATE}", "source.ignore[]", note="they are no records"),
    ),
)
DATASET_INFO = FieldTable(
    INFO,
    (
        Carried("dataset_name", "dataset.id", note=_NAMED),
        Carried("dataset_name", "source.id", note=_NAMED),
        Carried("description", "dataset.description", words),
        Carried(
            "version/version_str", "dataset.version", unless(_NO_VERSION, words), "but 0.0.0, which stands for none"
        ),
        Carried("homepage", "source.origin.url", address),
        Carried("citation", "source.origin.description", words),
        Carried("license", "source.license.expression", words, "as written"),
        Carried("license", "source.license.evidence[]", evidence_url, "when it is an address"),
        *(Carried("features", f"file.fields.{target}", note=BY_THE_RULE) for target in FIELD_TARGETS),
        Lost(
            "splits", "sizes that stay as they were when rows are filtered or added; records are counted from the data"
        ),
        Lost("download_checksums", "they are of the files that the data was made from, which do not lie here"),
        Lost("builder_name, config_name, supervised_keys, task_templates", _NO_PLACE),
        Lost("download_size, dataset_size, size_in_bytes, post_processed", "sizes are measured"),
    ),
)
SPLIT_STATE = FieldTable(
    STATE,
    (
        Carried("_data_files/filename", "file.path", note="Arrow files; without it, those that lie there"),
        Carried("_data_files/filename", "file.format", note="always Arrow"),
        Carried("_split", "file.split", note="when one split was saved by itself"),
        Lost("_fingerprint", "it names the steps by which the split was made, not its content"),
        Lost("_format_columns, _format_kwargs, _format_type, _output_all_columns", "they hide columns from a reader"),
    ),
)


@dataclass(frozen=True)
class _SavedSplit:
    """One split: the folder it lies in ('' for the top), its name where one is known, and what describes it."""

    folder: str
    name: Node | None
    info: Node | None
    state: Node | None

    @property
    def documents(self) -> tuple[str, ...]:
        """The paths of the documents that describe it."""
        return self.path_of(INFO), self.path_of(STATE)

    def path_of(self, name: str) -> str:
        """Return the path of a file in the folder of the split."""
        return f"{self.folder}/{name}" if self.folder else name


def is_saved(document: SourceDocument) -> bool:
    """True if save_to_disk wrote it."""
    value = document.root.value
    if not isinstance(value, dict):
        return False
    if document.name == Path(DICT).stem:
        return isinstance(value.get("splits"), list)
    return document.name == Path(INFO).stem and bool(_SIGNS & value.keys())


def documents_beside(document: SourceDocument) -> Iterator[str]:
    """Yield the paths of the documents that describe the splits."""
    for split in _splits(document):
        yield from (path for path in split.documents if split.folder or path != INFO)


def build_from_saved(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest of one source, whose files are in the splits that were saved."""
    splits = list(_splits(document))
    infos = [split.info for split in splits if split.info is not None]
    named = next((found for info in infos if (found := _dataset_name(info)) is not None), document.root)
    name = named.text or _name_of(document)
    dataset, source = builder.dataset(name, named.place), builder.source(name, named.place)
    for info in infos:
        carry(DATASET_INFO, info, {"dataset": dataset, "source": source})
    _report_licenses(infos, source)
    source.put("folders[]", ".", ())
    about = [path for split in splits for path in split.documents]
    for path in (*IGNORED_AT_ROOT, *map(escape, (DICT, *about))):
        source.put("ignore[]", path, ())
    listing = Listing(document.folder)
    for split in splits:
        _put_split(split, listing, source)


def _splits(document: SourceDocument) -> Iterator[_SavedSplit]:
    if document.name == Path(INFO).stem:
        state = document.beside.get(STATE)
        yield _SavedSplit("", state.get("_split") if state is not None else None, document.root, state)
        return
    for named in document.root.each("splits"):
        folder = named.text or ""
        if folder and "/" not in folder and is_path(folder):
            found = (document.beside.get(f"{folder}/{name}") for name in (INFO, STATE))
            yield _SavedSplit(folder, named, *found)


def _dataset_name(info: Node) -> Node | None:
    """Return the name of a dataset; the package calls one that was made from files after what read them."""
    named, builder = info.get("dataset_name"), info.get("builder_name")
    is_own = named is not None and named.text and (builder is None or named.text != builder.text)
    return named if is_own else None


def _name_of(document: SourceDocument) -> str:
    folder = document.folder.resolve() if isinstance(document.folder, Path) else document.folder
    return document.name if folder is None else folder.name


def _report_licenses(infos: Sequence[Node], source: ClaimFragment) -> None:
    """Report each split that states another license than the first that states one: a source has one."""
    stated = [found for info in infos if (found := info.get("license")) is not None and found.text]
    for other in stated[1:]:
        if other.text != stated[0].text:
            detail = "differs from the license of another split: find out which of them holds"
            source.report(ClaimProblemCode.CONFLICT, other.place, "license.expression", detail)


def _put_split(split: _SavedSplit, listing: Listing, source: ClaimFragment) -> None:
    fields = fields_of_features(split.info.get("features") if split.info is not None else None)
    for path, place in _data_files(split, listing, source):
        file = source.builder.file(source)
        if source.builder.place_file(source, file, path, place.place):
            file.put("format", FileFormat.ARROW, place.place)
            if split.name is not None and split.name.text:
                file.put("split", split.name.text, split.name.place)
            fields.put(file)


def _data_files(split: _SavedSplit, listing: Listing, source: ClaimFragment) -> Iterator[tuple[str, Node]]:
    """Yield the paths of a split's files: those that its state names, else the Arrow files in its folder."""
    if split.state is not None:
        yield from ((split.path_of(named.text or ""), named) for named in split.state.each("_data_files/filename"))
        return
    place = split.name or split.info or Node(None)
    source.report(ClaimProblemCode.MISSING, place.place, "files", f"lacks {STATE}, which names the files of a split")
    yield from ((path, place) for path in listing.match(split.path_of("*.arrow")))


SAVE_TO_DISK = Adapter(
    name="save-to-disk",
    title="Folders written by save_to_disk of the datasets package",
    url="https://huggingface.co/docs/datasets/process#save",
    tables=(DATASET_DICT, DATASET_INFO, SPLIT_STATE),
    recognises=is_saved,
    build=build_from_saved,
    beside=documents_beside,
)
