"""E-mail addresses (RFC 5321, RFC 6531) as commonly written, distinguished from other uses of @.

Addresses under the domains that RFC 2606 reserves for documentation and tests have no owner and are not reported.
Addresses of a role (``noreply``, ``support``) and those that stand for any address (``user``, ``john.doe``) are
reported with a low score: they may or may not reach a person. Local parts and domains may hold Latin, Greek and
Cyrillic letters, never Han, kana or Hangul: those are the sentence around.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern, Screen
from corpus_audit.vocabulary import SpanKind

_LOCAL = rb"(?:[A-Za-z0-9_.%+'~-]|[\xc3-\xd3][\x80-\xbf])"
_LABEL = rb"(?:[A-Za-z0-9-]|[\xc3-\xd3][\x80-\xbf])"
_NOT_INSIDE_ONE = rb"(?<![A-Za-z0-9_.%+'~@-])(?<![\xc3-\xd3][\x80-\xbf])"


def _find(*columns: Any) -> None:
    from corpus_audit.measure.detection.international.email_kernel import find_addresses

    signs, lows, highs, ends, starts, stops = columns
    find_addresses(signs, lows, highs, ends, _packed_domains(), starts, stops)


@cache
def _packed_domains() -> Any:
    from corpus_audit.measure.detection.international.email_kernel import pack_labels

    return pack_labels(top_level_domains())


def _match_value(value: bytes) -> Match | None:
    """Return the match of an address in ASCII, whatever is around it."""
    local, _, domain = value.decode().lower().partition("@")
    return _match(local, domain.split("."))


_PROPOSAL = Pattern(
    anchor=r"[A-Za-z0-9_%+'~\x80-\xbf-]@[A-Za-z0-9\xc3-\xd3][A-Za-z0-9\x80-\xd3-]{0,62}\.[A-Za-z0-9\xc3-\xd3]",
    extent=re.compile(_NOT_INSIDE_ONE + _LOCAL + rb"{1,80}@" + _LABEL + rb"{1,63}(?:\." + _LABEL + rb"{1,63}){1,8}"),
    before=224,
    after=256,
    near_code=True,
    screen=Screen(_find, _match_value),
)
_MAX_LOCAL_BYTES = 64
_SCORE = 0.95
_LOW_SCORE = 0.4

_RESERVED = frozenset(("example.com", "example.net", "example.org"))
_VALIDATOR_BY_LOCAL = {
    local: validator
    for validator, locals_ in (
        (ConfirmedBy.ROLE_ADDRESS, (
            "abuse", "admin", "administrator", "contact", "do-not-reply", "donotreply", "feedback", "hello", "help",
            "hostmaster", "info", "jobs", "mailer-daemon", "marketing", "media", "news", "newsletter", "no-reply",
            "noreply", "notifications", "office", "postmaster", "press", "privacy", "root", "sales", "security",
            "service", "services", "support", "team", "webmaster",
        )),
        (ConfirmedBy.PLACEHOLDER, (
            "email", "example", "firstname.lastname", "foo", "foobar", "jane.doe", "janedoe", "jdoe", "john.doe",
            "johndoe", "my.email", "name", "somebody", "someone", "test", "tester", "testuser", "user", "user1",
            "user2", "username", "you", "your", "your-email", "your.email", "your.name", "your_email", "youremail",
            "yourname",
        )),
    )
    for local in locals_
}  # fmt: skip
_NOT_MAIL_LOCALS = frozenset(("git", "hg", "svn", "this", "super", "return", "break", "continue"))

_URL_USERINFO = re.compile(rb"://[^\s/@\"'<>]*\Z")
_MESSAGE_ID = re.compile(rb"(?i)(?:message-id|in-reply-to|references)['\":>\s]*(?:<[^<>\s]+>\s*)*<?\Z")
_REMOTE_PATH = re.compile(rb":[~/]|:[\w.~-]+/|:[\w.~-]+\.git\b")
_ESCAPE_TAIL = re.compile(rb"(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtfvb0])(?=.)")
_LEADING_NOISE = re.compile(rb"(?:%[0-9A-Fa-f]{2}|['.%~+-])+")
_IMAGE_SCALE = re.compile(r"\d+x")


def _confirm(candidate: Candidate) -> Match | None:
    at = candidate.value.index(b"@")
    start = _local_start(candidate, at)
    labels = _domain_labels(candidate.value[at + 1 :])
    if start is None or not labels or _is_version_or_scale(labels):
        return None
    local = candidate.value[start:at].decode(errors="replace").lower()
    end = at + 1 + len(".".join(labels).encode())
    match = _match(local, labels)
    if match is None or _is_something_else(candidate, end):
        return None
    return replace(match, start=start, end=end)


def _match(local: str, labels: list[str]) -> Match | None:
    """Return the match of a local part and the labels of its domain, in lower case; None where it reaches no person."""
    if local in _NOT_MAIL_LOCALS or ".".join(labels[-2:]) in _RESERVED or len(local) == len(labels[-2]) == 1:
        return None
    validator = _VALIDATOR_BY_LOCAL.get(local, ConfirmedBy.TOP_LEVEL_DOMAIN)
    score = _SCORE if validator is ConfirmedBy.TOP_LEVEL_DOMAIN else _LOW_SCORE
    return Match(f"{local}@{'.'.join(labels)}".encode(), score, validator)


def _local_start(candidate: Candidate, at: int) -> int | None:
    """Return where the local part begins once escapes and quotes in front of it are gone, or None without one."""
    local = candidate.value[:at]
    start = 0
    if candidate.before(1) == b"\\" and (escape := _ESCAPE_TAIL.match(local)):
        start = escape.end()
    if noise := _LEADING_NOISE.match(local, start):
        start = noise.end()
    if (repeated := local.rfind(b"..", start)) >= 0:
        start = repeated + 2
    if local[start : start + 1] == b"_" and candidate.after(1) == b"_":
        start += 1
    return start if 0 < at - start <= _MAX_LOCAL_BYTES and not local.endswith(b".") else None


def _domain_labels(domain: bytes) -> list[str]:
    """Return the labels up to the last that is a top-level domain, lower case; none when it is no domain."""
    labels = domain.decode(errors="replace").lower().split(".")
    while len(labels) > 1 and _ascii_label(labels[-1]) not in top_level_domains():
        labels.pop()
    well_formed = all(label and not label.startswith("-") and not label.endswith("-") for label in labels)
    return labels if len(labels) > 1 and well_formed else []


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_version_or_scale(labels: list[str]) -> bool:
    """True if it is of the form ``pkg@1.2.3.dev`` or ``icon@2x.ai``."""
    return sum(label.isdigit() for label in labels) > 1 or bool(_IMAGE_SCALE.fullmatch(labels[0]))


def _is_something_else(candidate: Candidate, end: int) -> bool:
    """True if it is a URL's user, a message id, a remote path or a call in code."""
    behind = candidate.value[end:] + candidate.after(64)
    if behind.startswith(b"(") or _REMOTE_PATH.match(behind):
        return True
    ahead = candidate.before(200)
    return bool(_URL_USERINFO.search(ahead) or _MESSAGE_ID.search(ahead))


@cache
def top_level_domains() -> frozenset[str]:
    """Return every top-level domain of the root zone, lower case, internationalised ones in their ASCII form."""
    lines = files(__package__).joinpath("top_level_domains.txt").read_text().splitlines()
    return frozenset(line.lower() for line in lines if not line.startswith("#"))


def _mask(value: bytes) -> str:
    """Return the first character of a local part of three or more, and the top-level domain."""
    local, _, domain = value.decode(errors="replace").partition("@")
    return f"{local[0] if len(local) > 2 else ''}***@***.{domain.rpartition('.')[2]}"


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="EMAIL_ADDRESS",
    proposals=(_PROPOSAL,),
    confirm=_confirm,
    mask=_mask,
)
