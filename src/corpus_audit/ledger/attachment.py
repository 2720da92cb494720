"""Attachments: files that support a decision, kept in the store by their digest and named in the ledger.

Their content is never read by this program, shown on a page, or put into a report, export or bundle.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.ledger.chain import Entry
from corpus_audit.schemas.marking import _
from corpus_audit.store import sha256_of_bytes
from corpus_audit.store.named_file import keep_file, read_named

FOLDER = "attachments"
LARGEST = 10 * 2**20
"""Bytes of the largest file that is kept."""
_LONGEST_NAME = 120
_LINK = re.compile(r"attachment:(?P<sha256>[0-9a-f]{64})/(?P<name>[A-Za-z0-9._~%-]{1,1200})")
_EMPTY = _("The file is empty: choose another. Nothing was written.")
_TOO_LARGE = _("The file has more than {count} MiB: put it where it can be linked. Nothing was written.")


@dataclass(frozen=True)
class Attachment:
    """A file that supports a decision: its digest and the name that it was given."""

    sha256: str
    name: str

    @property
    def link(self) -> str:
        """What a ledger entry holds of it."""
        return f"attachment:{self.sha256}/{quote(self.name, safe='')}"


def attachment_of(link: str) -> Attachment | None:
    """Return the attachment that an evidence link names, None where it is no attachment."""
    found = _LINK.fullmatch(link)
    return Attachment(found["sha256"], unquote(found["name"])) if found else None


def keep_attachment(store: Path, name: str, content: bytes) -> Attachment:
    """Return a file kept in a store; raises DecisionError for one that is empty or too large."""
    if not content:
        raise DecisionError(Refusal(_EMPTY, field_name="attachment"))
    if len(content) > LARGEST:
        raise DecisionError(Refusal(_TOO_LARGE, {"count": str(LARGEST // 2**20)}, "attachment"))
    attachment = Attachment(sha256_of_bytes(content), _plain_name(name))
    keep_file(store, f"{FOLDER}/{attachment.sha256}", content)
    return attachment


def read_attachment(store: Path, attachment: Attachment) -> bytes:
    """Return the bytes of an attachment; raises StoreError when it is missing or not as it was kept."""
    return read_named(store, f"{FOLDER}/{attachment.sha256}", attachment.sha256, "attachment")


def attachments_in(entries: Iterable[Entry]) -> dict[str, Attachment]:
    """Return the attachments that ledger entries name, by their digests."""
    found = (attachment_of(entry.evidence_link) for entry in entries)
    return {attachment.sha256: attachment for attachment in found if attachment}


def _plain_name(name: str) -> str:
    """Return the last part of a file's name, without what a terminal or a header would act on."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ").strip()
    return plain[:_LONGEST_NAME] or "attachment"
