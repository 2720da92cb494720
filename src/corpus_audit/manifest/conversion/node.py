"""A value of a received document, and its place there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.manifest.tree import Place

Spellings = Mapping[str, Sequence[str]]
"""For a name that adapters ask for, the keys that a document may use for it, the preferred one first."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; *spellings* say which keys a name may have in this document (None: only itself)."""

    value: Any
    place: Place = ()
    spellings: Spellings | None = None

    def get(self, name: str) -> "Node | None":
        """Return the value under a name, None if there is none or this is no mapping."""
        if isinstance(self.value, dict):
            for key in self.spellings.get(name, (name,)) if self.spellings else (name,):
                if self.value.get(key) is not None:
                    return Node(self.value[key], (*self.place, key), self.spellings)
        return None

    def each(self, path: str = "") -> Iterator["Node"]:
        """Yield every value at a path of names joined with '/', taking lists apart on the way."""
        if isinstance(self.value, list):
            for index, item in enumerate(self.value):
                yield from Node(item, (*self.place, index), self.spellings).each(path)
        elif not path:
            yield self
        else:
            name, _, rest = path.partition("/")
            found = self.get(name)
            if found is not None:
                yield from found.each(rest)

    def whole(self, path: str) -> "Node | None":
        """Return the value at a path of names joined with '/', lists left whole; a list of one on the way is opened."""
        found: Node | None = self
        for name in path.split("/"):
            found = found.only().get(name) if found is not None else None
        return found

    def only(self) -> "Node":
        """Return the only entry of a list of one, anything else as it is."""
        if isinstance(self.value, list) and len(self.value) == 1:
            return Node(self.value[0], (*self.place, 0), self.spellings)
        return self

    def members(self) -> Iterator[tuple[str, "Node"]]:
        """Yield the key and value of each member of a mapping."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(value, (*self.place, key), self.spellings)

    @property
    def text(self) -> str | None:
        """The value as words without space around them, None when it is none or blank."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int):
            return None
        return str(self.value).strip() or None


def pointer_of(place: Place) -> str:
    """Return a place as a JSON pointer (RFC 6901)."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in place)
    # A key may hold half of a surrogate pair, which no table and no page can.
    return "".join(f"/{step}" for step in steps).encode(errors="replace").decode()
