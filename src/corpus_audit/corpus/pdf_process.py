"""PDF parsing in a process that may crash, hang or run out of memory without harm.

Run as a program it is that process: it answers documents on standard input with their texts, or with the pictures on
their pages, on standard output.
"""

import json
import os
import resource
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from corpus_audit.corpus.pdf_extras import PdfExtras
from corpus_audit.corpus.pdf_pictures import PagePicture, PagePictures, find_pictures

SECONDS = 60
"""How long one document may take."""

_MEMORY = 2 << 30
_MAX_PAGES = 20_000
_MAX_CHARACTERS = 64 << 20
_MAX_LABEL = 1 << 16
_LENGTH = struct.Struct("<Q")
_REQUEST = struct.Struct("<Q?")
"""Length of a document, and whether its pictures are wanted rather than its texts."""

_CHUNK = 1 << 20


@dataclass(frozen=True)
class PdfText:
    """The text of a document and its label of generated content, or what kept it from being read.

    *other_texts* are those that its pages do not show as text, by what they are; *is_cut* says that there is more text
    than is read.
    """

    text: str = ""
    problem: str = ""
    aigc_label: str = ""
    other_texts: Mapping[str, str] = field(default_factory=dict)
    attachments: int = 0
    pictures: int = 0
    is_cut: bool = False


class PdfProcess:
    """A process that parses PDF documents; it is started when it is first needed, and again when it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def text_of(self, content: bytes, seconds: float = SECONDS) -> PdfText:
        """Return the text of a document within so many seconds."""
        try:
            return PdfText(**json.loads(next(self._ask(content, seconds))))
        except TimeoutError:
            self.stop()
            return PdfText(problem=f"parsing it took longer than {seconds:g} seconds")
        except (OSError, EOFError, ValueError):
            self.stop()
            return PdfText(problem="parsing it broke the parser")

    def pictures_of(self, content: bytes, seconds: float = SECONDS) -> PagePictures | None:
        """Return the pictures on the pages of a document within so many seconds, None if that fails."""
        try:
            answers = self._ask(content, seconds, pictures=True)
            said = json.loads(next(answers))
            found = [PagePicture(page, number, next(answers)) for page, number in said["places"]]
            return PagePictures(found, said["failed"])
        except (TimeoutError, OSError, EOFError, ValueError):
            self.stop()
            return None

    def _ask(self, content: bytes, seconds: float, *, pictures: bool = False) -> Iterator[bytes]:
        """Yield the parts of the answer to a document, as many as are asked for."""
        process, deadline = self._started(), time.monotonic() + seconds
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(_REQUEST.pack(len(content), pictures))
        # The process reads a document whole before it writes, so writing never waits for our reading.
        view = memoryview(content)
        while view:
            view = view[process.stdin.write(view[:_CHUNK]) or 0 :]
        while True:
            (length,) = _LENGTH.unpack(_read(process.stdout, _LENGTH.size, deadline))
            yield _read(process.stdout, length, deadline)

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - this very module
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process


def _read(stream: IO[bytes], count: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while count:
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(stream.fileno(), min(count, _CHUNK))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


# --- the process itself -----------------------------------------------------------------------------------------------


def _parse(content: bytes) -> PdfText:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > _MAX_PAGES:
                return PdfText(problem=f"it has more than {_MAX_PAGES:,} pages")
            return _read_document(document)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        return PdfText(problem="it is encrypted" if is_locked else "it is no PDF, or a damaged one")
    except MemoryError:
        return PdfText(problem="parsing it takes too much memory")


def _read_document(document: Any) -> PdfText:
    document.init_forms()
    extras = PdfExtras(document)
    texts: list[str] = []
    left = _MAX_CHARACTERS
    for page in document:
        text = page.get_textpage().get_text_bounded()
        extras.add_page(page)
        page.close()
        left -= len(text)
        if left < 0:
            break
        texts.append(text.replace("\r\n", "\n"))
    return PdfText(
        text="\n".join(texts),
        aigc_label=document.get_metadata_value("AIGC")[:_MAX_LABEL],
        other_texts=extras.texts,
        attachments=extras.attachments,
        pictures=extras.pictures,
        is_cut=left < 0 or extras.is_cut,
    )


def _answer_texts(content: bytes) -> Iterator[bytes]:
    yield json.dumps(vars(_parse(content))).encode()


def _answer_pictures(content: bytes) -> Iterator[bytes]:
    """Yield the places of the pictures in a document that was parsed before, then each of them."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        pictures = find_pictures(document)
    places = [(picture.page, picture.number) for picture in pictures.found]
    yield json.dumps({"places": places, "failed": pictures.failed}).encode()
    for picture in pictures.found:
        yield picture.content


def _serve() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(header := requests.read(_REQUEST.size)) == _REQUEST.size:
        length, pictures = _REQUEST.unpack(header)
        answer = _answer_pictures if pictures else _answer_texts
        for part in answer(requests.read(length)):
            answers.write(_LENGTH.pack(len(part)) + part)
        answers.flush()


if __name__ == "__main__":
    _serve()
