"""A document as DOCX for word processors: headings, lists and tables in their own styles, so that it can be edited.

The same document gives the same bytes: members of the archive have one fixed time.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

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

_FONT, _CHINESE_FONT = "Calibri", "Microsoft YaHei"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
_LATIN_LANGUAGE, _CHINESE_LANGUAGE = "en-GB", "zh-CN"
"""By script: Latin text that is said to be Chinese is broken within its words."""


def render_docx(document: Document) -> bytes:
    """Return a document as DOCX."""
    import docx

    written = docx.Document()
    _describe(written, document)
    _set_fonts(written)
    written.add_paragraph(document.kind, style="Subtitle")
    written.add_heading(document.title, level=0)
    for block in document.blocks:
        _add(written, block)
    written.sections[0].footer.paragraphs[0].text = document.footer
    stream = io.BytesIO()
    written.save(stream)
    return _with_fixed_times(stream.getvalue())


def _describe(written: Any, document: Document) -> None:
    about = written.core_properties
    about.title, about.language = document.title, document.language
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = _CREATED


def _set_fonts(written: Any) -> None:
    from docx.oxml.ns import qn

    for style in written.styles:
        properties = style.element.rPr if hasattr(style.element, "rPr") else None
        if properties is None:
            continue
        fonts = properties.get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
        fonts.set(qn("w:eastAsia"), _CHINESE_FONT)
    tags = written.styles.element.xpath("//w:docDefaults//w:lang")
    for tag in tags:
        tag.set(qn("w:val"), _LATIN_LANGUAGE)
        tag.set(qn("w:eastAsia"), _CHINESE_LANGUAGE)


def _add(written: Any, block: Block) -> None:
    if isinstance(block, Heading):
        written.add_heading(f"{block.text} ({block.count})" if block.count else block.text, level=block.level)
    elif isinstance(block, Paragraph):
        written.add_paragraph(block.text)
    elif isinstance(block, Bullets):
        _add_bullets(written, block.items)
    elif isinstance(block, Facts):
        rows = tuple((label, f"{value} ({note})" if note else value) for label, value, note in block.pairs)
        _add_table(written, (), rows)
    elif isinstance(block, Banner):
        written.add_paragraph(f"{block.label}: {block.word}. {block.text}", style="Intense Quote")
        _add_bullets(written, block.items)
    else:
        _add_figures(written, block)


def _add_figures(written: Any, block: TableBlock | Picture) -> None:
    """Add a table under its title; a picture is the table that says the same."""
    table = block.table if isinstance(block, Picture) else block
    written.add_paragraph(block.title, style="Caption")
    _add_table(written, table.headings, table.rows)
    if table.left:
        written.add_paragraph(table.left)


def _add_bullets(written: Any, items: tuple[str, ...]) -> None:
    for item in items:
        written.add_paragraph(item, style="List Bullet")


def _add_table(written: Any, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from docx.oxml import OxmlElement

    lines = (headings, *rows) if headings else rows
    if not lines:
        return
    table = written.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    for row, cells in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if headings:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    written.add_paragraph()


def _with_fixed_times(archive: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            fixed.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
