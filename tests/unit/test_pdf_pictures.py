"""Pictures on the pages of a PDF: records of their own, or counted as not looked at."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from corpus_audit.corpus import pdf_pictures
from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.formats import pdf
from corpus_audit.corpus.pdf_pictures import find_pictures
from corpus_audit.corpus.pdf_process import PdfProcess
from corpus_audit.vocabulary import FileFormat, Unit
from unit.record_reading import read_all
from unit.test_pdf_extras import document

MODES = ("RGB", "L", "P")
SHOWN, DIFFERENT = 2 * 2 + len(MODES), 1 + 2 + len(MODES)


def picture(mode: str, seed: int) -> Image.Image:
    blocks = np.random.default_rng(seed).integers(0, 255, (4, 6, 3), np.uint8)
    return Image.fromarray(np.kron(blocks, np.ones((20, 20, 1), np.uint8))).convert(mode)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a PDF by Typst: a logo and a photograph on each of two pages, and pictures of each mode."""
    import typst

    folder = tmp_path_factory.mktemp("pdf")
    picture("RGB", 1).save(folder / "logo.png")
    source = ""
    for page in range(2):
        picture("RGB", 10 + page).save(folder / f"photo{page}.jpg")
        source += f'#image("logo.png")\nHigh water at six on day {page}.\n#image("photo{page}.jpg")\n#pagebreak()\n'
    for seed, mode in enumerate(MODES):
        picture(mode, 20 + seed).save(folder / f"{mode}.png")
        source += f'#image("{mode}.png", width: 3cm)\n'
    (folder / "a.typ").write_text(source)
    (folder / "a.pdf").write_bytes(typst.compile(str(folder / "a.typ")))
    return folder


def records_in(pieces: list[Any]) -> list[dict[str, Any]]:
    return [row for piece in pieces if isinstance(piece, pa.RecordBatch) for row in piece.to_pylist()]


def gaps(coverage: PartCoverage) -> dict[tuple[str, str], int]:
    return {(row["unit"], row["reason"]): row["count"] for row in coverage.unread}


def test_each_picture_is_a_record_at_its_place_and_one_that_pages_share_is_one(folder: Path) -> None:
    pieces, coverage = read_all(folder / "a.pdf", FileFormat.PDF)
    text, *pictures = records_in(pieces)
    assert "High water at six on day 1" in text["text"]
    contents = {row["member"]: row["content"] for row in pictures}
    places = ["page 1, picture 1", "page 1, picture 2", "page 2, picture 2"]
    places += [f"page 3, picture {number}" for number in range(1, len(MODES) + 1)]
    assert list(contents) == places
    assert {row["modality"] for row in pictures} == {"image"}
    assert contents["page 2, picture 2"] == (folder / "photo1.jpg").read_bytes()
    for place, file in [(places[0], "logo.png"), *zip(places[3:], (f"{mode}.png" for mode in MODES), strict=True)]:
        shown, drawn = (Image.open(given).convert("RGB") for given in (BytesIO(contents[place]), folder / file))
        assert shown.tobytes() == drawn.tobytes()
    assert len({row["record_id"] for row in (text, *pictures)}) == 1 + DIFFERENT
    assert (coverage.counts["members"], coverage.counts["members_read"], gaps(coverage)) == (DIFFERENT, DIFFERENT, {})
    assert (coverage.counts["rows"], coverage.counts["rows_read"]) == (1, 1)


def test_where_extracting_them_fails_the_text_stays_and_all_pictures_are_unread(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf._PROCESS, "pictures_of", lambda content: PdfProcess().pictures_of(content, seconds=0))
    pieces, coverage = read_all(folder / "a.pdf", FileFormat.PDF)
    assert (len(records_in(pieces)), coverage.counts["members_read"]) == (1, 0)
    assert gaps(coverage) == {(Unit.MEMBER, "page-picture"): SHOWN}


@pytest.mark.parametrize(
    ("limit", "value", "found"), [("MAX_PICTURES", 2, 2), ("MAX_BYTES", 1, 0), ("MAX_PIXELS", 1, 2)]
)
def test_what_is_beyond_a_limit_is_counted(
    limit: str, value: int, found: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A JPEG is no pixels before it is measured, so the limit of pixels is not its own."""
    import pypdfium2

    monkeypatch.setattr(pdf_pictures, limit, value)
    with pypdfium2.PdfDocument(folder / "a.pdf") as opened:
        pictures = find_pictures(opened)
    assert len(pictures.found) == found
    assert pictures.failed >= DIFFERENT - found


@pytest.mark.parametrize("coded", ["", "Flate", "LZW", "DCT", "JPX", "JBIG2", "CCITTFax", "Crypt", "Other"])
def test_a_damaged_picture_and_one_whose_damage_would_not_show_is_unread(coded: str, tmp_path: Path) -> None:
    """PDFium draws what lacks of a picture in black or white and reports no fault."""
    filters = f"/Filter /{coded}Decode" if coded else ""
    kind = f"/Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 {filters} /Length 7"
    content = document(picture=(f"<< /Type /XObject /Subtype /Image {kind} >>", "garbage"))
    (tmp_path / "a.pdf").write_bytes(content)
    _, coverage = read_all(tmp_path / "a.pdf", FileFormat.PDF)
    assert gaps(coverage)[Unit.MEMBER, "page-picture"] == 1
