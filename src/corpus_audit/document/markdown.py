"""A document as Markdown, for pull requests; text of a manifest becomes neither markup nor an @mention."""

import re
from collections.abc import Iterator, Sequence

from corpus_audit.document.blocks import (
    Banner,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    TableBlock,
)

_MARKUP = re.compile(r"[\\`*{}\[\]<>#|~&]|(?<!\w)_|_(?!\w)")
_LIST_MARK = re.compile(r"^(\d*)([-+.)])(?=\s|$)")
_MENTION = re.compile(r"@(?=\w)")


def escape(text: str) -> str:
    """Return *text* on one line, so that Markdown shows it as it is."""
    escaped = _LIST_MARK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", " ".join(text.split())))
    return _MENTION.sub("@<!-- -->", escaped)


def render_markdown(document: Document) -> str:
    """Return a document as GitHub's Markdown. Pictures become tables that are folded away."""
    lines = [f"# {escape(document.title)}", "", f"*{escape(document.kind)}*"]
    for block in document.blocks:
        lines += ["", *_lines(block)]
    return "\n".join([*lines, "", f"*{escape(document.footer)}*", ""])


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}{f' ({escape(block.count)})' if block.count else ''}"
    elif isinstance(block, Paragraph):
        yield f"*{escape(block.text)}*" if block.is_soft else escape(block.text)
    elif isinstance(block, Bullets):
        yield from (f"- {escape(item)}" for item in block.items)
    elif isinstance(block, Banner):
        yield from _banner(block)
    elif isinstance(block, Facts):
        yield from _facts(block)
    elif isinstance(block, TableBlock):
        yield from _table(block)
    else:
        yield from _picture(block)


def _banner(banner: Banner) -> Iterator[str]:
    yield f"> **{escape(banner.label)}: {escape(banner.word)}**"
    yield ">"
    yield f"> {escape(banner.text)}"
    if banner.items:
        yield ">"
        yield from (f"> - {escape(item)}" for item in banner.items)


def _facts(facts: Facts) -> Iterator[str]:
    for label, value, note in facts.pairs:
        yield f"- **{escape(label)}**: {escape(value)}{f' ({escape(note)})' if note else ''}"


def _table(table: TableBlock) -> Iterator[str]:
    yield _row(table.headings)
    yield _row(["--:" if number in table.numbers else "---" for number in range(len(table.headings))], is_escaped=True)
    yield from (_row(row) for row in table.rows)
    if table.left:
        yield from ("", f"*{escape(table.left)}*")


def _row(cells: Sequence[str], *, is_escaped: bool = False) -> str:
    return f"| {' | '.join(cell if is_escaped else escape(cell) for cell in cells)} |"


def _picture(picture: Picture) -> Iterator[str]:
    yield from ("<details>", f"<summary>{_html(picture.title)}</summary>", "")
    yield from (escape(picture.description), "")
    yield from _table(picture.table)
    yield from ("", "</details>")


def _html(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
