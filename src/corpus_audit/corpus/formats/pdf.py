"""PDF: one file is one record, with the text of its pages; parsed in a separate process."""

from collections.abc import Iterator

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.pdf_process import PdfProcess
from corpus_audit.corpus.texts import text_batch
from corpus_audit.vocabulary import DefectCode

_PROCESS = PdfProcess()
"""One for this process: it starts with the first PDF and is kept for the next."""


def read_pdf(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - a document is its own batch
    """Yield the text of a document as one record."""
    with source.stream() as stream:
        content = read_whole(stream)
    answer = _PROCESS.text_of(content)
    if answer.problem:
        yield entry.defect(DefectCode.FILE_UNREADABLE, answer.problem)
    elif answer.text.strip():
        yield text_batch([0], [answer.text], aigc_label=[answer.aigc_label or None])
    else:
        yield entry.defect(DefectCode.NULL_TEXT, "the document shows no text; its pages may be pictures")
