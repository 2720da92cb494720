"""``SPDX-License-Identifier:`` tags (SPDX 2.3, annex E)."""

import re

from corpus_audit.measure.notices.statements import statement
from corpus_audit.vocabulary import SpanKind

_END = re.compile(r"\s*(?:\*/|-->|\*\)|\"|'|`|\\n).*|[\s.,;]+$")


def _expression(match: re.Match[bytes]) -> str | None:
    return _END.sub("", match["expression"].decode().strip()) or None


DETECTOR = statement(
    "SPDX_LICENSE_IDENTIFIER",
    SpanKind.NOTICE,
    r"SPDX-License-Identifier:[ \t]{0,8}\(?[A-Za-z]",
    extent=r"SPDX-License-Identifier:[ \t]{0,8}(?P<expression>\(?[A-Za-z][A-Za-z0-9.+ ():-]{0,160})",
    name=_expression,
)
