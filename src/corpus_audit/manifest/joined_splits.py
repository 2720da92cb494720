"""Splits that lie beside each other, each with a description of its own: one source where all say the same."""

from itertools import chain

from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.manifest.splits import split_folders
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import NOT_RECORDED

_OWN = ("id", "title", "files", "folders", "ignore")
"""What may differ between the descriptions of two splits of one source."""


def join_splits(manifest: Manifest, name: str) -> Manifest:
    """Return a manifest whose sources that fill folders called after splits are one, called *name*.

    Where they differ in anything but their files, such as their license, they stay as they are.
    """
    by_folder = {source.folders[0]: source for source in manifest.sources if len(source.folders) == 1}
    splits = [by_folder[folder] for folder in split_folders(by_folder)]
    if len(splits) < 2 or len({_claims(source) for source in splits}) > 1:
        return manifest
    others = [source for source in manifest.sources if source not in splits]
    joined = _join(splits, make_identifier(name, {source.id for source in others}), name)
    return manifest.model_copy(update={"sources": (*others, joined)})


def _claims(source: Source) -> str:
    return source.model_dump_json(exclude=set(_OWN))


def _join(splits: list[Source], source_id: str, name: str) -> Source:
    return splits[0].model_copy(
        update={
            "id": source_id,
            "title": name if name != source_id and is_text(name) else NOT_RECORDED,
            "files": tuple(chain.from_iterable(source.files for source in splits)),
            "folders": tuple(chain.from_iterable(source.folders for source in splits)),
            "ignore": tuple(dict.fromkeys(chain.from_iterable(source.ignore for source in splits))),
        }
    )
