"""What a PDF holds beside the text of its pages: texts that no page shows as text, attached files and pictures.

Runs in the process that parses PDF documents, see ``pdf_process``.
"""

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

MAX_CHARACTERS = 4 << 20
"""How much of the texts of one kind is kept."""

ANNOTATIONS, FORM_FIELDS, LINKS = "(annotations)", "(form fields)", "(links)"
OUTLINE, INFORMATION = "(outline)", "(document information)"

_KEYS = (b"Contents\0", b"T\0", b"Subj\0")
"""Entries of an annotation: what it says, who says it, and about what."""

_BYTES_PER_UNIT = 2


class PdfExtras:
    """Collects the extras of one document, page by page."""

    def __init__(self, document: Any) -> None:
        self.attachments: int = document.count_attachments()
        self.pictures = 0
        self.is_cut = False
        self._texts: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        self._document = document
        self._add(INFORMATION, *document.get_metadata_dict(skip_empty=True).values())
        self._add(OUTLINE, *(bookmark.get_title() for bookmark in document.get_toc()))

    @property
    def texts(self) -> dict[str, str]:
        """The texts by what they are, an entry a line."""
        return {name: "\n".join(found) for name, found in self._texts.items()}

    def add_page(self, page: Any) -> None:
        """Take in a page's annotations, form fields and links, and count its pictures."""
        import pypdfium2.raw as pdfium

        self.pictures += sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
        for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, number)
            if annotation:
                self._add_annotation(annotation)
                pdfium.FPDFPage_CloseAnnot(annotation)

    def _add_annotation(self, annotation: Any) -> None:
        import pypdfium2.raw as pdfium

        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        self.attachments += kind in _file_kinds()
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            form = self._document.formenv
            if form:
                self._add(FORM_FIELDS, *_field_texts(form, annotation))
            return
        self._add(ANNOTATIONS, *(_entry(annotation, key) for key in _KEYS))
        if kind == pdfium.FPDF_ANNOT_LINK:
            self._add(LINKS, _address(self._document, annotation))

    def _add(self, name: str, *texts: str) -> None:
        for text in filter(None, texts):
            size = self._sizes.get(name, 0) + len(text)
            if size > MAX_CHARACTERS:
                self.is_cut = True
                return
            self._sizes[name] = size
            self._texts.setdefault(name, []).append(text)


def _file_kinds() -> tuple[int, ...]:
    import pypdfium2.raw as pdfium

    return (
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
        pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE,
        pdfium.FPDF_ANNOT_SCREEN,
        pdfium.FPDF_ANNOT_THREED,
        pdfium.FPDF_ANNOT_RICHMEDIA,
    )


def _field_texts(form: Any, annotation: Any) -> Iterator[str]:
    import pypdfium2.raw as pdfium

    for read in (pdfium.FPDFAnnot_GetFormFieldAlternateName, pdfium.FPDFAnnot_GetFormFieldValue):
        yield _text(partial(read, form, annotation))


def _entry(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    return _text(partial(pdfium.FPDFAnnot_GetStringValue, annotation, key))


def _text(read: Callable[[Any, int], int]) -> str:
    """Return a string that PDFium writes in UTF-16 with a NUL at its end."""
    import pypdfium2.raw as pdfium

    size = read(None, 0)
    if size <= _BYTES_PER_UNIT:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - _BYTES_PER_UNIT].decode("utf-16-le", errors="replace")


def _address(document: Any, annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = link and pdfium.FPDFLink_GetAction(link)
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode(errors="replace")
