"""Names of heads: small objects that are written once, of which the last of a path counts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus_audit.store.bucket.objects import ObjectInfo

FOLDER = "heads"
_NAME = re.compile(rf"{FOLDER}/(.+)/(\d{{8}})-([0-9a-f]{{64}})")


@dataclass(frozen=True, order=True)
class Head:
    """The content of a path of the store: the how manieth, and its sha256; the largest counts."""

    number: int
    sha256: str
    path: str
    written_at: float = 0.0

    @property
    def object_path(self) -> str:
        """Where its content lies."""
        return f"{FOLDER}/{self.path}/{self.number:08d}-{self.sha256}"


def parse_heads(listed: Mapping[str, ObjectInfo]) -> list[Head]:
    """Return the heads among objects, in the order in which they count."""
    found = ((_NAME.fullmatch(path), about) for path, about in listed.items())
    return sorted(
        Head(int(name[2]), name[3], name[1], about.written_at) for name, about in found if name and is_plain(name[1])
    )


def is_plain(path: str) -> bool:
    """True if a path stays below the folder that it is relative to, and names nothing hidden."""
    return not any(step == "" or step.startswith(".") for step in path.split("/"))


def current_heads(heads: Iterable[Head]) -> dict[str, Head]:
    """Return the head of each path that counts."""
    return {head.path: head for head in sorted(heads)}
