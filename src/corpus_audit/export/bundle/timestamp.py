"""Timestamps (RFC 3161): an authority outside says that some bytes were there at a time.

They are an addition: what an authority did not stamp, because it could not be reached or none was named, counts all the
same. Needs the extra ``timestamp``.
"""

import urllib.request
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates

from corpus_audit.errors import BundleError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_MAX_BYTES = 2**20
_SECONDS = 15
_QUERY = "application/timestamp-query"


def request_timestamp(address: str, content: bytes) -> bytes:
    """Return what the authority at an address answers for some bytes, of which it gets the sha512 alone.

    Raises BundleError when it does not answer, or answers something else.
    """
    from rfc3161_client import PKIStatus, TimestampRequestBuilder

    asked = TimestampRequestBuilder().data(content).cert_request(cert_request=True).build()
    answer = _post(address, asked.as_bytes())
    try:
        found = _decode(answer)
        is_granted = PKIStatus(found.status) is PKIStatus.GRANTED
        is_ours = found.tst_info.message_imprint.message == asked.message_imprint.message
        is_now = found.tst_info.nonce == asked.nonce
    except ValueError:
        is_granted = is_ours = is_now = False
    if not (is_granted and is_ours and is_now):
        message = f"{_host(address)} gave no timestamp for what it was asked: check CORPUS_AUDIT_TIMESTAMP_URL."
        raise BundleError(message)
    return answer


def verify_timestamp(answer: bytes, content: bytes, roots: Sequence[Certificate], name: str) -> datetime:
    """Return when an authority under one of *roots* stamped some bytes; *name* says in messages where that is from.

    Raises BundleError when none did.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        found = _decode(answer)
        VerifierBuilder(roots=list(roots)).build().verify_message(found, content)
    except (ValueError, VerificationError) as error:
        message = f"{name} is no timestamp of its checkpoint by an authority under the given certificates."
        raise BundleError(message) from error
    return found.tst_info.gen_time


def read_certificates(path: Path) -> list[Certificate]:
    """Return the certificates in a PEM file; raises BundleError when there are none."""
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} holds no certificates in PEM: give the root certificates of the timestamp authority."
        raise BundleError(message) from error


def is_available() -> bool:
    """True if the extra ``timestamp`` is installed."""
    from importlib.util import find_spec

    return find_spec("rfc3161_client") is not None


def _decode(answer: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    return decode_timestamp_response(answer)


def _post(address: str, query: bytes) -> bytes:
    if urlsplit(address).scheme not in ("http", "https"):
        message = "CORPUS_AUDIT_TIMESTAMP_URL must begin with https:// or http://."
        raise BundleError(message)
    request = urllib.request.Request(address, query, {"Content-Type": _QUERY})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(_MAX_BYTES)
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        message = f"{_host(address)} does not answer ({reason}): check CORPUS_AUDIT_TIMESTAMP_URL."
        raise BundleError(message) from error
    return content


def _host(address: str) -> str:
    """Return the host alone: an address may hold a password."""
    return f"The timestamp authority {urlsplit(address).hostname or '(no host)'}"
