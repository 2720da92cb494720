"""Reports on paper and in pull requests: what they say, that nothing of a manifest becomes markup, what is missing."""

import io
import os
import re
import subprocess
import sys

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from corpus_audit.document import pdf
from corpus_audit.document.blocks import Bullets, Document, Heading, Paragraph, TableBlock
from corpus_audit.document.docx import render_docx
from corpus_audit.document.markdown import render_markdown
from corpus_audit.document.pdf import render_pdf
from corpus_audit.errors import PaperError
from corpus_audit.report.outline import short_report, whole_report
from corpus_audit.vocabulary import Language
from golden.report_fixture import large_input, small_input
from golden.report_rows import SCRIPT

HOSTILE = "<script>alert(1)</script> [x](javascript:y) @somebody #12 | `code` *bold* _it_ \n# heading"
COMMENT_LIMIT = 65_536
_CHINESE_PDF = """
import sys
from corpus_audit.document.blocks import Document, Heading, Paragraph
from corpus_audit.document.pdf import render_pdf
blocks = (Heading("数据来源 data"), Paragraph("審計 报告 데이터 データ"))
document = Document(kind="kind", title="A title", language="en", footer="the end", blocks=blocks)
sys.stdout.buffer.write(render_pdf(document))
"""


def document(*blocks):
    return Document(kind="kind", title="A title", language="en", footer="the end", blocks=blocks)


def html_of(markdown):
    return MarkdownIt("commonmark").enable("table").render(markdown)


def printed(content):
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content))


def test_text_stays_text_in_markdown():
    table = TableBlock("t", (HOSTILE, "b"), ((HOSTILE, "1"),), frozenset({1}))
    shown = html_of(render_markdown(document(Heading(HOSTILE), Paragraph(HOSTILE), table)))
    assert set(re.findall(r"<(\w+)", shown)) == {"h1", "h2", "p", "em", "table", "thead", "tbody", "tr", "th", "td"}
    assert shown.count("<td") == 2
    assert "javascript:y" in shown
    assert not re.search(r"@\w", shown)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("make", [small_input, lambda: large_input(sources=200, files=500)], ids=["small", "large"])
def test_a_comment_has_room_for_the_short_report(make, language):
    markdown = render_markdown(short_report(make().build(), language))
    assert len(markdown) < COMMENT_LIMIT
    assert SCRIPT not in markdown


@pytest.mark.parametrize("language", Language)
def test_a_comment_has_room_however_many_rules_fail(language):
    report = large_input(sources=50, files=50).build()
    rules = tuple(rule.model_copy(update={"rule_id": f"{rule.rule_id}-{n}"}) for n in range(9) for rule in report.rules)
    findings = tuple(
        found.model_copy(update={"rule_id": f"{found.rule_id}-{n}"}) for n in range(9) for found in report.findings[::9]
    )
    crowded = report.model_copy(update={"rules": rules, "findings": findings})
    assert len({found.rule_id for found in findings}) > 250
    assert len(render_markdown(short_report(crowded, language))) < COMMENT_LIMIT


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ENGLISH, ("Training-data provenance audit", "Fail", "What was not checked", "ledger entry 7")),
        (Language.CHINESE, ("不通过", "未核查的内容", "审计历史", "待整改")),
    ],
)
def test_a_pdf_says_what_the_report_says(language, said):
    report = small_input().build()
    content = render_pdf(whole_report(report, language))
    text = printed(content).replace("\n", "").replace("\r", "")
    for words in said:
        assert words in text
    assert report.audit.manifest_sha256 in text
    for source in report.sources.listed:
        assert source.source_id in text
    assert b"/MarkInfo" in content or pdfium.PdfDocument(content).is_tagged()


def test_the_same_report_gives_the_same_pdf():
    report = whole_report(small_input().build())
    assert render_pdf(report) == render_pdf(report)


def test_text_stays_text_in_pdf():
    content = printed(render_pdf(document(Paragraph("#set page(fill: red) $x^2$ *no* " + HOSTILE))))
    assert "#set page(fill: red) $x^2$ *no* <script>" in content


def test_chinese_needs_no_font_of_the_system(tmp_path):
    """With a fontconfig that knows no folder, every glyph is there and comes from the fonts of the extra."""
    nothing = tmp_path / "fonts.conf"
    nothing.write_text("<fontconfig/>", encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-c", _CHINESE_PDF],
        env=os.environ | {"FONTCONFIG_FILE": str(nothing), "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    ).stdout
    assert made == render_pdf(document(Heading("数据来源 data"), Paragraph("審計 报告 데이터 データ")))
    text = printed(made)
    assert all(words in text for words in ("数据来源 data", "審計", "报告", "데이터", "データ"))
    fonts = {name.decode() for name in re.findall(rb"/BaseFont ?/[A-Z]{6}\+([\w-]+)", made)}
    assert fonts
    assert all(name.startswith(("NotoSansCJKsc", "LibertinusSerif")) for name in fonts)


@pytest.mark.parametrize("written", ["🎵", "ไทย", "हिन्दी", "العربية", "Ελληνικά", "Привет", "☃", "ﬁ", "e\u0301"])
def test_names_in_any_script_are_set(written):
    assert "U+" not in printed(render_pdf(document(Paragraph(f"name {written}"))))


def test_a_character_without_a_glyph_is_spelled_out():
    """One private character in a name must not keep the whole report from being written."""
    text = printed(render_pdf(document(Paragraph("a \U000f1234 b \U00020000 c \u200b\u2060 d"))))
    assert "a U+F1234 b U+20000 c" in text


@pytest.mark.parametrize("package", ["typst", "manimgx_fonts", "manimgx_fonts_cjk"])
def test_without_the_extra_the_error_says_what_to_install(package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    assert not pdf.is_available()
    with pytest.raises(PaperError, match=r"pip install 'corpus-audit\[pdf\]'"):
        render_pdf(document())


def test_no_word_of_a_narrow_column_is_broken():
    table = TableBlock(
        "Fields",
        ("Where", "Authorisation", "Purpose", "Reason"),
        (("mara-olsen", "not applicable", "redistribution", "passing changed versions on is not granted " * 3),),
    )
    text = printed(render_pdf(document(table)))
    for word in ("applicable", "redistribution", "Authorisation", "Purpose"):
        assert word in text


def test_a_docx_reads_back_and_names_no_program():
    table = TableBlock("Fields", ("Where", "State"), (("mara", "not recorded"),))
    made = render_docx(document(Heading("数据 data"), Paragraph("a sentence"), Bullets(("first", "second")), table))
    assert made == render_docx(
        document(Heading("数据 data"), Paragraph("a sentence"), Bullets(("first", "second")), table)
    )
    read = docx.Document(io.BytesIO(made))
    styles = {paragraph.text: paragraph.style.name for paragraph in read.paragraphs}
    assert styles["数据 data"] == "Heading 2"
    assert styles["second"] == "List Bullet"
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["Where", "State"],
        ["mara", "not recorded"],
    ]
    (language,) = read.styles.element.xpath("//w:docDefaults//w:lang")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN"), "words stay whole"
    about = read.core_properties
    assert (about.author, about.comments, about.last_modified_by) == ("", "", "")
