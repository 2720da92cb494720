"""What the first bytes of a file, or of a member of an archive, show against its name and its manifest."""

from collections.abc import Iterator

from corpus_audit.corpus.compression import named_compression
from corpus_audit.corpus.content import Content
from corpus_audit.corpus.recognition import UNSEEN
from corpus_audit.vocabulary import DefectCode, EncodingBasis, FileFormat

Doubt = tuple[DefectCode, str]
"""A kind of defect, and what is said of it."""

_POINTER = "it only points to data of Git LFS or git-annex, which was not fetched"
_ANSWER = "it is a web page or an error message of a server, in place of the data that its name says"


def doubts_of(
    found: Content, name: str, codec: str | None, declared: str | None = None, named: FileFormat | None = None
) -> Iterator[Doubt]:
    """Yield what is wrong with a content called *name*, packed with *codec*.

    *declared* is the format that the manifest states, *named* the one that the name stands for. Of a content that was
    not looked at nothing is said.
    """
    if found.recognition is UNSEEN:
        return
    if found.is_empty:
        if found.format is not FileFormat.TEXT:
            yield DefectCode.EMPTY, "it holds no byte"
        return
    if found.is_pointer:
        yield DefectCode.POINTER, _POINTER
        return
    by_name = named_compression(name)
    if by_name is not None and codec != by_name:
        is_packed = f"packed as {codec}" if codec else "not packed at all"
        yield DefectCode.MISLABELLED, f"its name says {by_name}, it is {is_packed}"
    if found.is_answer:
        yield DefectCode.MISLABELLED, _ANSWER
    elif declared is not None and declared != found.format:
        yield DefectCode.MISLABELLED, f"declared as {declared}, its bytes are {found.format}"
    elif declared is None and named is FileFormat.JSONL and found.format is FileFormat.TEXT:
        yield DefectCode.MISLABELLED, f"its name says {named}, none of its first lines is an object or a string"
    if found.recognition.encoding_basis is EncodingBasis.GUESSED:
        detail = f"read as {found.recognition.encoding}: its encoding is not stated, and two detectors disagree on it"
        yield DefectCode.ENCODING_GUESSED, detail
