"""A document as PDF, typeset by Typst: tagged for screen readers (PDF/UA), without a browser or the network.

The document goes to Typst as data beside a fixed template, so no text of a manifest can become markup. Its fonts come
from packages of the extra *pdf*; those of the system are left alone, so that every machine makes the same bytes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib import import_module
from importlib.resources import files
from typing import Any

from corpus_audit.document.blocks import Block, Document, Picture, TableBlock
from corpus_audit.document.cells import count_cells
from corpus_audit.errors import PaperError

_TEMPLATE = "document.typ"
_FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Noto Sans as variable fonts (OFL-1.1): of most scripts, symbols and emoji; of Chinese, Japanese and Korean."""

_SERIF_FONTS = ("Libertinus Serif", "Noto Sans CJK SC", "Noto Sans")
_SANS_FONTS = ("Noto Sans CJK SC", "Noto Sans")
# In a drawing Typst takes the lightest weight of a variable font unless told otherwise.
_REGULAR = "font-variation-settings:'wght' 400"
_COLUMN_CHARACTERS = (9, 36)
_UNBROKEN = re.compile(r"[^\s\u3000-\u9fff_./:=@,;)\]-]+[_./:=@,;)\]-]*")
"""What no line breaks: a word, or its part up to a mark."""
_LONGEST_WORD = 22
_DIGEST = re.compile(r"[0-9a-f]{64}")

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

_MISSING_TEXT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PROPERTY = re.compile(r"var\((--[\w-]+)\)")


def render_pdf(document: Document) -> bytes:
    """Return a document as PDF: the same bytes for the same document and versions of the packages in the extra *pdf*.

    Raises PaperError when that extra is not installed.
    """
    typst = _load_typst()
    content = json.dumps(_as_data(document), ensure_ascii=False)
    try:
        return _compile(typst, content)
    except typst.TypstError as error:
        missing = _MISSING_TEXT.findall(error.diagnostic)
    try:
        return _compile(typst, _spell_out(content, missing))
    except typst.TypstError as error:
        # Its diagnostics may quote the document, which may quote the data.
        message = "The PDF could not be set. The same report is there as HTML and Markdown."
        raise PaperError(message) from error


def _compile(typst: Any, content: str) -> bytes:
    pdf: bytes = typst.compile(
        files("corpus_audit.document").joinpath(_TEMPLATE).read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(files(name)) for name in _FONT_PACKAGES]),
        format="pdf",
        sys_inputs={"document": content},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return pdf


def _spell_out(content: str, missing: Iterable[str]) -> str:
    """Return *content* with the number of each character that no font has in the place of that character."""
    characters = {character for text in missing for character in _unescape(text)}
    return content.translate({ord(character): f"U+{ord(character):04X}" for character in characters})


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def is_available() -> bool:
    """True if the packages for PDF are installed."""
    try:
        _load_typst()
    except PaperError:
        return False
    return True


def _load_typst() -> Any:
    try:
        import typst

        for name in _FONT_PACKAGES:
            import_module(name)
    except ImportError as error:
        message = "PDF needs the extra 'pdf': pip install 'corpus-audit[pdf]'. HTML and Markdown need nothing more."
        raise PaperError(message) from error
    return typst


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
    """Return how wide a column should be beside the others: as its longest cell within bounds, and as its words."""
    narrowest, widest = _COLUMN_CHARACTERS
    cells = [row[column] for row in table.rows]
    longest = max(map(count_cells, cells), default=0)
    pieces = (piece for text in (table.headings[column], *cells) for piece in _UNBROKEN.findall(text))
    word = min(max(map(count_cells, pieces), default=0), _LONGEST_WORD) + 2
    return max(narrowest, word, min(widest, longest))


def _on_paper(svg: str) -> str:
    """Return a drawing with colours and fonts of its own: on paper no stylesheet gives them."""
    colored = _PROPERTY.sub(lambda found: PALETTE[found.group(1)], svg)
    return colored.replace('font-family="sans-serif"', f'font-family="{", ".join(_SANS_FONTS)}" style="{_REGULAR}"')
