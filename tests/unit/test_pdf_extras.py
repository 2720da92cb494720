"""What a PDF holds beside the text and the pictures of its pages: scanned, or counted as not read."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus import pdf_extras
from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.pdf_process import _read_document
from corpus_audit.corpus.records import OtherTexts
from corpus_audit.vocabulary import ColumnRole, DefectCode, FileFormat, Unit
from unit.record_reading import read_all

PAGE = "BT /F1 24 Tf 72 720 Td (High water at six) Tj ET"
ANNOTATIONS = [
    "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (ask zoe@posteo.de) /T (Zoe Ritter) >>",
    "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:max@posteo.de) >> >>",
    "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /Type /Filespec /F (a.txt) >> >>",
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (phone) /TU (Your number) /V (+49 30 901820) /Rect [0 0 9 9] >>",
]
PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


def stream(dictionary: str, content: str) -> str:
    return f"{dictionary}\nstream\n{content}\nendstream"


def document(page: str = PAGE, *, extras: bool = True, picture: tuple[str, str] = (PICTURE, "x")) -> bytes:
    """Return a PDF of one page; with *extras* it has annotations, a field, two files, a picture and an outline."""
    kids = " ".join(f"{number} 0 R" for number in range(10, 10 + len(ANNOTATIONS)))
    catalog = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [13 0 R] >> /Outlines 6 0 R /Names 8 0 R >>"
    held = "/Resources << /Font << /F1 3 0 R >> /XObject << /P 9 0 R >> >>"
    objects = [
        catalog if extras else "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {held} /Contents 5 0 R "
        + (f"/Annots [{kids}] >>" if extras else ">>"),
        stream(f"<< /Length {len(page) + 6 * extras} >>", page + " /P Do" * extras),
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (Notes of Zoe) /Parent 6 0 R >>",
        "<< /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.txt) /EF << /F 9 0 R >> >>] >> >>",
        stream(*picture),
        *ANNOTATIONS,
        "<< /Author (Zoe Ritter) /Subject (tides) >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    information = f"/Info {len(objects)} 0 R" if extras else ""
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {information} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def read_document(content: bytes, folder: Path) -> tuple[list[Any], PartCoverage]:
    (folder / "a.pdf").write_bytes(content)
    return read_all(folder / "a.pdf", FileFormat.PDF)


def gaps(coverage: PartCoverage) -> dict[tuple[str, str], int]:
    return {(row["unit"], row["reason"]): row["count"] for row in coverage.unread}


def test_texts_beside_the_pages_are_scanned_and_the_rest_is_counted(tmp_path: Path) -> None:
    pieces, coverage = read_document(document(), tmp_path)
    scanned = {piece.found.column: piece.found.texts.to_pylist() for piece in pieces if isinstance(piece, OtherTexts)}
    assert scanned == {
        "(annotations)": ["ask zoe@posteo.de\nZoe Ritter"],
        "(document information)": ["Zoe Ritter\ntides"],
        "(form fields)": ["Your number\n+49 30 901820"],
        "(links)": ["mailto:max@posteo.de"],
        "(outline)": ["Notes of Zoe"],
    }
    assert {column["role"] for column in coverage.columns} == {ColumnRole.SCANNED}
    assert gaps(coverage) == {(Unit.MEMBER, "attached-file"): 2}
    assert (coverage.counts["rows_scanned"], coverage.counts["rows_scanned_only"]) == (1, 0)
    (batch,) = (piece for piece in pieces if isinstance(piece, pa.RecordBatch))
    assert batch["text"].to_pylist() == ["High water at six", None]


def test_a_page_of_pictures_with_notes_is_scanned_only(tmp_path: Path) -> None:
    _, coverage = read_document(document(" "), tmp_path)
    assert (coverage.counts["rows_read"], coverage.counts["rows_scanned_only"]) == (0, 1)


def test_a_document_of_text_alone_is_read_whole(tmp_path: Path) -> None:
    pieces, coverage = read_document(document(extras=False), tmp_path)
    assert (len(pieces), coverage.unread, coverage.counts["breaks"]) == (1, [], 0)


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (document() + b"PK\x03\x04 and an archive", len(document())),
        (document() + document(), len(document())),
        (b"GIF89a and more\n" + document(), 0),
    ],
    ids=["archive", "second", "prefix"],
)
def test_bytes_outside_the_document_are_a_defect(content: bytes, at: int, tmp_path: Path) -> None:
    pieces, coverage = read_document(content, tmp_path)
    (defect,) = (piece for piece in pieces if isinstance(piece, Defect))
    assert defect.code == DefectCode.TRAILING_DATA
    assert at - 1 <= int(defect.place.removeprefix("byte ")) <= at
    assert coverage.counts["breaks"] == 1


def test_more_notes_than_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setattr(pdf_extras, "MAX_CHARACTERS", 12)
    with pypdfium2.PdfDocument(document()) as opened:
        assert _read_document(opened).is_cut
