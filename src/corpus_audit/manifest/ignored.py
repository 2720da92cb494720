"""What a folder of data holds beside its data: hidden files, caches, and what programs wrote there about it."""

from collections.abc import Iterable, Iterator
from posixpath import dirname, join

CACHES = "__pycache__"
IGNORED = ("**/.*", f"**/{CACHES}/**")
WRITTEN_BESIDE = ("manifest.yaml", "manifest.json")
"""What this program itself may have written beside the data, with its store."""
IGNORED_AT_ROOT = (*IGNORED, *WRITTEN_BESIDE, "audits/**")

_STATE, _INFO, _DICT = "state.json", "dataset_info.json", "dataset_dict.json"


def saved_documents(paths: Iterable[str]) -> Iterator[str]:
    """Yield the documents among *paths* that ``save_to_disk`` of the datasets package wrote: they are no records."""
    there = set(paths)
    folders = {dirname(path) for path in there}
    saved = {folder for folder in folders if {join(folder, _STATE), join(folder, _INFO)} <= there}
    for folder in sorted(saved):
        yield from (join(folder, _STATE), join(folder, _INFO))
    for above in sorted({dirname(folder) for folder in saved if folder}):
        if join(above, _DICT) in there:
            yield join(above, _DICT)
