"""A document as PDF, set by Typst: tagged for screen readers (PDF/UA), without a browser and without the network.

The document goes to Typst as data beside a fixed template, so no text of a manifest can become markup.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from corpus_audit.document.blocks import Block, Document, Picture, TableBlock
from corpus_audit.document.cells import count_cells
from corpus_audit.errors import PaperError

_TEMPLATE = "document.typ"
_SERIF_FONTS = ("Libertinus Serif", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC")
_SANS_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Libertinus Serif")
_COLUMN_CHARACTERS = (9, 36)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

PALETTE: Mapping[str, str] = {
    "--ink": "#1c1f24",
    "--ink-soft": "#575e68",
    "--panel": "#f5f5f2",
    "--tone-plain": "#41719c",
    "--tone-muted": "#a9afb5",
    "--tone-open": "#cf9322",
    "--tone-bad": "#b53a2d",
    "--tone-track": "#e3e3df",
}
"""What the custom properties of drawings are on paper."""

_PROPERTY = re.compile(r"var\((--[\w-]+)\)")


def render_pdf(document: Document) -> bytes:
    """Return a document as PDF: the same bytes for the same document, fonts and version of Typst.

    Raises PaperError when the extra *pdf* is not installed, or when no font has the characters that are needed.
    """
    typst = _load_typst()
    content = json.dumps(_as_data(document), ensure_ascii=False)
    fonts = typst.Fonts()
    _check_fonts(content, set(fonts.families()))
    try:
        pdf: bytes = typst.compile(
            files("corpus_audit.document").joinpath(_TEMPLATE).read_bytes(),
            font_paths=fonts,
            format="pdf",
            sys_inputs={"document": content},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        # Its diagnostics may quote the document, which may quote the data.
        message = f"The PDF could not be set: {error.message[:200]}. The same report is there as HTML and Markdown."
        raise PaperError(message) from error
    return pdf


def is_available() -> bool:
    """Is what PDF needs installed?"""
    try:
        _load_typst()
    except PaperError:
        return False
    return True


def _load_typst() -> Any:
    try:
        import typst
    except ImportError as error:
        message = "PDF needs the extra 'pdf': pip install 'corpus-audit[pdf]'. HTML and Markdown need nothing more."
        raise PaperError(message) from error
    return typst


def _check_fonts(content: str, families: set[str]) -> None:
    if _CHINESE.search(content) and not families & {*_SERIF_FONTS[1:], *_SANS_FONTS[:-1]}:
        message = (
            "No font for Chinese is installed, which this document needs. "
            "On Debian: apt-get install fonts-noto-cjk. Then run the same command again."
        )
        raise PaperError(message)


def _as_data(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "title": document.title,
        "language": document.language.split("-")[0],
        "footer": document.footer,
        "fonts": {"serif": _SERIF_FONTS, "sans": _SANS_FONTS},
        "palette": dict(PALETTE),
        "blocks": [_block_data(block) for block in document.blocks],
    }


def _block_data(block: Block) -> dict[str, Any]:
    data = asdict(block) | {"kind": type(block).__name__.lower()}
    if isinstance(block, Picture):
        data["svg"] = _on_paper(block.draw())
        del data["draw"], data["table"]
    if isinstance(block, TableBlock):
        data["numbers"] = sorted(block.numbers)
        data["weights"] = [_weight(block, number) for number in range(len(block.headings))]
        data["digests"] = [
            number for number in range(len(block.headings)) if any(_DIGEST.fullmatch(row[number]) for row in block.rows)
        ]
    return data


def _weight(table: TableBlock, column: int) -> int:
    """Return how wide a column should be beside the others: as its longest cell, within bounds."""
    narrowest, widest = _COLUMN_CHARACTERS
    longest = max((count_cells(row[column]) for row in table.rows), default=0)
    return max(narrowest, min(widest, longest))


def _on_paper(svg: str) -> str:
    """Return a drawing with colours and fonts of its own: on paper no stylesheet gives them."""
    colored = _PROPERTY.sub(lambda found: PALETTE[found.group(1)], svg)
    return colored.replace('font-family="sans-serif"', f'font-family="{", ".join(_SANS_FONTS)}"')
