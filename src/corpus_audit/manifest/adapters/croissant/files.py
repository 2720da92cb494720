"""The files of a Croissant description: those on this disk, and a problem for each missing one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.manifest.adapters.croissant.graph import Distribution, Graph, is_archive
from corpus_audit.manifest.adapters.croissant.splits import split_in_path
from corpus_audit.manifest.adapters.croissant.tables import FILE_OBJECT
from corpus_audit.manifest.conversion.building import ClaimFragment
from corpus_audit.manifest.conversion.listing import REMOTE, Listing
from corpus_audit.manifest.conversion.mapping import FoundValue, carry, require
from corpus_audit.manifest.conversion.media_types import format_of_media_type
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.record_fields import RecordFields
from corpus_audit.vocabulary import ClaimProblemCode

_REQUIRED_OF_FILES = {"FileObject": ("name", "encodingFormat"), "FileSet": ("name", "encodingFormat", "includes")}


@dataclass(frozen=True)
class CroissantFiles:
    """Puts the files of a description into its source."""

    graph: Graph
    listing: Listing
    fields: Mapping[str, RecordFields]
    splits: Mapping[str, Sequence[FoundValue]]
    source: ClaimFragment

    def build(self) -> None:
        """Put every file that is described and there into the source."""
        for distribution in self.graph.distributions:
            require(distribution.node, self.source, _REQUIRED_OF_FILES.get(distribution.kind, ()))
            if distribution.kind == "FileSet":
                self._build_set(distribution)
            else:
                self._build_object(distribution)

    def _build_object(self, described: Distribution) -> None:
        file = self.source.builder.file(self.source)
        carry(FILE_OBJECT, described.node, {"file": file, "source": self.source})
        located = described.node.get("contentUrl")
        if located is None or located.text is None:
            detail = "lacks 'contentUrl', which its standard requires"
            file.report(ClaimProblemCode.MISSING, described.node.place, "path", detail)
        elif not (self._is_inside_archive(described) or _is_repository(described)):
            self._place(described, file, located)

    def _place(self, described: Distribution, file: ClaimFragment, located: Node) -> None:
        path = self.listing.locate(located.text or "")
        if path is None:
            file.report(ClaimProblemCode.REMOTE, located.place, "path", REMOTE)
        elif self.source.builder.place_file(self.source, file, path, located.place):
            self._put_fields(described, file, path)

    def _build_set(self, described: Distribution) -> None:
        if self._is_inside_archive(described):
            return
        excluded = {path for node in described.node.each("excludes") for path in self._matches(node)}
        for pattern in described.node.each("includes"):
            found = [path for path in self._matches(pattern) if path not in excluded]
            if not found:
                self._report_no_match(described, pattern)
            for path in found:
                file = self.source.builder.file(self.source)
                if self.source.builder.place_file(self.source, file, path, pattern.place):
                    self._put_fields(described, file, path)

    def _matches(self, pattern: Node) -> Sequence[str]:
        return self.listing.match(pattern.text) if pattern.text else ()

    def _put_fields(self, described: Distribution, file: ClaimFragment, path: str) -> None:
        split = split_in_path(path, self.splits.get(described.id, ()))
        if split is not None:
            file.put("split", split.value, split.place)
        fields = self.fields.get(described.id)
        if fields is None:
            return
        fields.put(file)
        media_type = described.node.get("encodingFormat")
        for entry in media_type.each() if media_type is not None else ():
            known_format = format_of_media_type(entry.text or "")
            if known_format is not None:
                file.put("format", known_format, entry.place)

    def _report_no_match(self, described: Distribution, pattern: Node) -> None:
        if any(_is_repository(outer) for outer in self.graph.around(described)):
            detail = "matches files at an address, which no audit opens: put them beside the description"
            self.source.report(ClaimProblemCode.REMOTE, pattern.place, "files", detail)
        else:
            detail = "matches no file beside the description"
            self.source.report(ClaimProblemCode.DANGLING, pattern.place, "files", detail)

    def _is_inside_archive(self, described: Distribution) -> bool:
        return any(is_archive(outer) for outer in self.graph.around(described))


def _is_repository(described: Distribution) -> bool:
    return any((entry.text or "").startswith("git") for entry in described.node.each("encodingFormat"))
