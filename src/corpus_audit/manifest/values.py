"""The value types of a manifest, each with its validation rule.

A refusal says what to do and never repeats the value: a manifest may hold personal information in the wrong place.
"""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import NOT_RECORDED

_Rules = tuple[tuple[re.Pattern[str], str], ...]

_TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")

_PATH_RULES: _Rules = (
    (re.compile(r"[\x00-\x1f\x7f-\x9f]"), "holds a control character: rename the file"),
    (_TURNS_DIRECTION, "holds a character that turns the reading direction: rename the file"),
    (re.compile(r"\\"), "holds a backslash: separate folders with forward slashes"),
    (re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:"), "begins like a URL: give a path relative to the root"),
    (re.compile(r"^/"), "is absolute: give a path relative to the root"),
    (re.compile(r"^~"), "begins with '~': give a path relative to the root"),
    (re.compile(r"(^|/)\.\.(/|$)"), "leaves its folder with '..': give a path inside the root"),
    (re.compile(r"//|/$"), "holds an empty part: leave out doubled slashes and the slash at the end"),
    (re.compile(r"(^|/)\.(/|$)"), "holds a part that is only '.': leave it out"),
)

_PLAIN_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
"""Most paths: none of the rules can refuse one, and there may be a million."""

# Control characters would break terminals and logs; line breaks and tabs are ordinary in a description.
_TEXT_RULES: _Rules = (
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"), _("holds a control character: leave it out")),
    (_TURNS_DIRECTION, _("holds a character that turns the reading direction: leave it out")),
    (re.compile(r"^\s*$"), _("is blank: write it out, or leave the field out")),
)

_URL_RULES: _Rules = (
    (re.compile(r"[\x00-\x20\x7f-\x9f]"), _("holds spaces or control characters: percent-encode them")),
    (
        re.compile(r"^(?!(https?|ftp|s3|gs|az|hf)://[^/?#])", re.I),
        _("must be an https, http, ftp, s3, gs, az or hf URL"),
    ),
    (re.compile(r"^[a-z0-9]+://[^/?#]*@", re.I), _("holds a user name or password: leave them out")),
)

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?)?)?", re.ASCII)


def refusal(message: str) -> PydanticCustomError:
    """Return the error that a rule of this package raises; *message* says what to do and holds no value."""
    return PydanticCustomError("refused", "{message}", {"message": message})


def _apply(rules: _Rules, value: str) -> str:
    for pattern, problem in rules:
        if pattern.search(value):
            raise refusal(problem)
    return value


def _check_path(value: str) -> str:
    return value if _PLAIN_PATH.fullmatch(value) else _apply(_PATH_RULES, value)


def _check_folder(value: str) -> str:
    return value if value == "." else _check_path(value)


def _check_text(value: str) -> str:
    return _apply(_TEXT_RULES, value)


def _check_url(value: str) -> str:
    return _apply(_URL_RULES, value)


def _check_date(value: str) -> str:
    if value != NOT_RECORDED and not (_DATE.fullmatch(value) and _is_on_the_calendar(value)):
        raise refusal(_("must be a date: 2026, 2026-03, 2026-03-31 or 2026-03-31T12:00:00Z"))
    return value


def _is_on_the_calendar(value: str) -> bool:
    try:
        datetime.fromisoformat(value if len(value) >= len("2026-03-31") else value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


_IDENTIFIER_FORM = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
_MODEL_IDENTIFIER_FORM = r"^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,199}$"
_LANGUAGE_FORM = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
_SHA256_FORM = r"^[0-9a-fA-F]{64}$"
_HOST_FORM = r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?$"

FORMS = {
    _IDENTIFIER_FORM: "must be 1 to 128 letters, digits, '.', '-' or '_', beginning with a letter or digit",
    _MODEL_IDENTIFIER_FORM: _("must be 1 to 200 letters, digits or '._:/+-', beginning with a letter or digit"),
    _LANGUAGE_FORM: _("must be a language tag (BCP 47) such as en, zh or pt-BR"),
    _SHA256_FORM: "must be 64 hex digits",
    _HOST_FORM: "must be a host such as www.example.org, without scheme and path",
}
"""What each pattern asks for, in words."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_check_text)]
Identifier = Annotated[str, StringConstraints(pattern=_IDENTIFIER_FORM)]
ModelIdentifier = Annotated[str, StringConstraints(pattern=_MODEL_IDENTIFIER_FORM)]
Language = Annotated[str, StringConstraints(pattern=_LANGUAGE_FORM)]
Sha256 = Annotated[str, StringConstraints(pattern=_SHA256_FORM, to_lower=True)]
Host = Annotated[str, StringConstraints(pattern=_HOST_FORM, to_lower=True)]
ByteCount = Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]
RelativePath = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_check_path)]
FolderPath = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_check_folder)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_check_url)]
Date = Annotated[str, AfterValidator(_check_date)]

_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?P<host>[^/?#]*?)(?::(?:80|443)?)?(?:[/?#]|$)", re.I)

_PATH = TypeAdapter[str](RelativePath)
_TEXT = TypeAdapter[str](Text)
_URL = TypeAdapter[str](Url)


def host_of(url: str) -> str:
    """Return the host of an address, lower-case, with its port unless that is the scheme's own; '' without one."""
    match = _AUTHORITY.match(url)
    return match["host"].lower() if match else ""


def is_path(value: str) -> bool:
    """True if *value* is valid as a file path in a manifest."""
    return _is_valid(_PATH, value)


def is_text(value: str) -> bool:
    """True if *value* is valid as text in a manifest."""
    return _is_valid(_TEXT, value)


def is_url(value: str) -> bool:
    """True if *value* is valid as an address in a manifest."""
    return _is_valid(_URL, value)


def _is_valid(kind: TypeAdapter[str], value: str) -> bool:
    try:
        kind.validate_python(value)
    except ValidationError:
        return False
    return True
