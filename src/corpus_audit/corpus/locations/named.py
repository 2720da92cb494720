"""A location whose files are asked for by other names than they have there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus_audit.corpus.locations.base import Listed, Location, StoredFile


@dataclass(frozen=True)
class NamedLocation:
    """Opens files by the names that stored tables have for them; *paths* are those that differ."""

    location: Location
    paths: Mapping[str, str] = field(repr=False)

    @property
    def address(self) -> str:
        """What an operator calls the location."""
        return self.location.address

    def find(self, file: str) -> StoredFile:
        """Return the file that a stored table names."""
        return self.location.find(self.paths.get(file, file))

    def walk(self, folder: str) -> Iterator[Listed]:
        """Yield what lies below a folder of the location itself."""
        return self.location.walk(folder)
