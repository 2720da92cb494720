"""A document of a foreign format as a tree of values: JSON, YAML, or the front matter of Markdown.

The same rules hold as for manifests: no tags, no aliases, no doubled keys, bounds on depth and number of values. Only
the number of fields is freer: a file may describe thousands of datasets by name.
"""

import re
from pathlib import Path

from corpus_audit.manifest.conversion.listing import Folder
from corpus_audit.manifest.conversion.node import Node, pointer_of
from corpus_audit.manifest.conversion.result import ClaimProblem, SourceDocument
from corpus_audit.manifest.native import is_like_json, manifest_error
from corpus_audit.manifest.syntax import read_json, read_yaml
from corpus_audit.manifest.tree import UnreadableError
from corpus_audit.vocabulary import ClaimProblemCode

MAX_FOREIGN_FIELDS = 100_000
"""The most fields that a mapping of another format may have."""

_MARKDOWN = (".md", ".markdown")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_LINE_END = re.compile(r"\r\n?")


def read_document(
    text: str, name: str, folder: Folder | None = None
) -> tuple[SourceDocument, tuple[ClaimProblem, ...]]:
    """Return a document and what had to be refused in it; raises ManifestError when it cannot be read at all.

    *folder* is where the files lie that it describes, None when that is not known.
    """
    suffix = Path(name).suffix.lower()
    is_front_matter = suffix in _MARKDOWN
    if is_front_matter:
        match = _FRONT_MATTER.match(_LINE_END.sub("\n", text))
        text = match[1] if match else ""
    try:
        if not is_front_matter and is_like_json(text, suffix):
            reading = read_json(text, MAX_FOREIGN_FIELDS)
        else:
            reading = read_yaml(text, max_fields=MAX_FOREIGN_FIELDS)
    except UnreadableError as error:
        raise manifest_error([error.problem]) from None
    problems = (
        ClaimProblem(ClaimProblemCode.INVALID, pointer_of(problem.place), "", problem.message)
        for problem in reading.problems
    )
    return SourceDocument(Node(reading.value), Path(name).stem, folder, is_front_matter), tuple(problems)
