"""The documentation page of each description format's fields, generated from the adapters' tables."""

from collections.abc import Iterable, Iterator

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable

_INTRODUCTION = """\
# Descriptions that are read

Generated from the tables in `src/corpus_audit/manifest/adapters/`.

An existing description of a dataset can be used as it is. `corpus-audit audit` takes a file in any of these formats, or
the folder that contains one, and recognises the format; `corpus-audit manifest convert` writes it as a manifest:

    corpus-audit audit croissant.json
    corpus-audit manifest convert datapackage.json -o manifest.yaml

- A field that a format cannot express stays `not-recorded`. Each missing answer is a question to the provider:
  `convert` prints the questions, and an audit keeps them in `gather/questions`, each with the reason why it is open.
- What is said but is no claim, such as a link in the place of a checksum, is left out of the manifest. It becomes a
  finding with its JSON pointer (`gather/claim_problems`). No description is too bad to be audited.
- The bytes are kept as received, and `ingest/origins` tells for every field of the manifest where it came from.
- Paths are relative to the description's own folder, or to `--root`. An address means a file only within a root that is
  an address itself ([where data lies](data-formats.md#where-data-lies)); no other is opened. A file that was downloaded
  beside the description under its own name stands for its address.

A field is marked `[]` where a manifest has a list. Several fields that land in the same place are tried from the top:
a list takes all, anything else the first that says something.
"""


def formats_page(adapters: Iterable[Adapter]) -> str:
    """Return the page: for each format, which of its fields land where, and which are lost."""
    return "\n".join((_INTRODUCTION, *(line for adapter in adapters for line in _format(adapter)))).rstrip() + "\n"


def _format(adapter: Adapter) -> Iterator[str]:
    yield f"## {adapter.title}"
    yield ""
    yield f"Called `{adapter.name}` in audits. <{adapter.url}>"
    yield ""
    for table in adapter.tables:
        yield from _fields(table)


def _fields(table: FieldTable) -> Iterator[str]:
    yield f"### {table.object}"
    yield ""
    yield "| field | lands in | note |"
    yield "|---|---|---|"
    for row in table.rows:
        if isinstance(row, Carried):
            yield f"| `{row.field}` | `{row.target}` | {row.note} |"
        else:
            yield f"| `{row.field}` | – | lost: {row.why} |"
    yield ""
