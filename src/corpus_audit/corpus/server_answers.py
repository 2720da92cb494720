"""What a server sent in place of the data: an error page, or a message that the data cannot be had."""

import json
import re

from corpus_audit.vocabulary import FileFormat

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|error|errors|fault|soap:envelope|listbucketresult)\b",
    re.IGNORECASE | re.DOTALL,
)
_NEVER_MARKUP = frozenset(FileFormat) - {
    FileFormat.TEXT, FileFormat.HTML, FileFormat.BINARY, FileFormat.IMAGE, FileFormat.AUDIO, FileFormat.VIDEO,
}  # fmt: skip
"""Formats that never begin with markup; media say by themselves that they are none."""

_LONGEST_MESSAGE = 16 * 1024
_TELLING = frozenset({"error", "errors", "fault"})
_STATUS = frozenset({"status", "statuscode", "status_code", "code", "documentation_url", "request_id", "requestid"})
_BESIDE = frozenset({"message", "detail", "title", "type", "path", "timestamp", "reason", "success", "trace_id"})


def is_server_answer(text: str, named: FileFormat | None, *, is_whole: bool) -> bool:
    """Return whether a file that is named as data holds what a server answers when it does not give the data.

    *text* is its beginning, *is_whole* says that nothing comes behind it.
    """
    if named not in _NEVER_MARKUP:
        return False
    return _MARKUP.match(text) is not None or (is_whole and _is_message(text))


def _is_message(text: str) -> bool:
    """True for one object of a few keys, an error among them, or a message with its status."""
    if len(text) > _LONGEST_MESSAGE or not text.lstrip().startswith("{"):
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    keys = {str(key).lower() for key in value}
    is_error = bool(keys & _TELLING) or ("message" in keys and bool(keys & _STATUS))
    return is_error and keys <= _TELLING | _STATUS | _BESIDE
