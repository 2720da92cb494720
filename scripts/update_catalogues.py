"""Update the catalogue of report and review pages from their code, or list stale entries with --check.

Messages are extracted from the code and the templates, which speak English. A new one is left empty in the Chinese
catalogue for a person to translate.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "corpus_audit"
REPORT = PACKAGE / "report"
WORDED = (REPORT, *(PACKAGE / name for name in ("review", "store", "evidence", "ledger", "manifest", "pipeline")))
"""Where messages are written: reports, review pages, refusals and the labels of evidence tables share one catalogue."""
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
OPTIONS = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = DEFAULT_KEYWORDS | {"_n": (1, 2), "words": None}
# The same messages give the same bytes, whenever and on whatever day they are written.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
TRANSLATED = "zh"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def extracted() -> Catalog:
    """Return every message of the report and of the review pages, in the order of the files."""
    catalog = Catalog()
    for folder in WORDED:
        found = sorted(extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS), key=lambda message: message[:2])
        for file, _line, message, _comments, _context in found:
            if message:
                catalog.add(message, locations=[(file, 0)])
    return catalog


def catalogue(language: str, messages: Catalog) -> Catalog:
    """Return a language's catalogue: its translations of *messages*, and nothing else."""
    path = po_path(language)
    known = read_po(io.BytesIO(path.read_bytes()), language) if path.is_file() else Catalog(language)
    fresh = Catalog(
        language,
        project="corpus-audit",
        version="1",
        msgid_bugs_address="",
        header_comment=f"# The report's words, language {language}. Update it with: make docs",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        last_translator="The corpus-audit developers",
        fuzzy=False,
    )
    for message in messages:
        if message.id:
            string = translated(known.get(message.id), message)
            fresh.add(message.id, string, locations=sorted(set(message.locations)))
    return fresh


def translated(known: Message | None, message: Message) -> str | tuple[str, ...]:
    """Return what a catalogue already has for a message, or what marks it as not translated."""
    if known is not None and known.string and known.pluralizable == message.pluralizable:
        return known.string if isinstance(known.string, str) else tuple(known.string)
    return ("",) if message.pluralizable else ""


def problems(language: str, fresh: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue's translations."""
    for message in fresh:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if not all(strings):
            yield f"{language}: not translated: {ids[0]!r}"
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for string in filter(None, strings):
            extra = set(PLACEHOLDER.findall(string)) - wanted
            lacking = wanted - set(PLACEHOLDER.findall(string)) - ({"{count}", "%(count)s"} if len(ids) > 1 else set())
            if extra or lacking:
                yield f"{language}: placeholders differ: {ids[0]!r}"


def po_path(language: str) -> Path:
    """Return where a language's catalogue is, as people read it."""
    return REPORT / "locales" / language / "LC_MESSAGES" / "corpus_audit.po"


def po_bytes(fresh: Catalog) -> bytes:
    """Return a catalogue as people read it."""
    stream = io.BytesIO()
    write_po(stream, fresh, width=110, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def main() -> int:
    """Write the catalogue, or report what is wrong with it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a catalogue is stale")
    check = parser.parse_args().check
    fresh = catalogue(TRANSLATED, extracted())
    complaints = [*problems(TRANSLATED, fresh), *update(po_path(TRANSLATED), po_bytes(fresh), check=check)]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    return 1 if complaints else 0


def update(path: Path, content: bytes, *, check: bool) -> Iterator[str]:
    """Write a file that is stale, or with *check* yield that it is."""
    if path.is_file() and path.read_bytes() == content:
        return
    if check:
        yield f"stale: {path.relative_to(REPORT)} (run: make docs)"
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
