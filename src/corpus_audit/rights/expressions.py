"""SPDX license expressions: their ids, their canonical form, and their OR alternatives.

The grammar is SPDX 2.3 annex D: ids joined with AND, OR and WITH, grouped with parentheses.
"""

import re
from functools import cache
from itertools import product
from typing import Any

from license_expression import ExpressionError, Licensing, get_spdx_licensing

Alternative = frozenset[str]
"""Licenses that all apply at once: one way to satisfy an expression."""

MAX_ALTERNATIVES = 256
"""An expression with more alternatives than this is not evaluated: it was not written by hand."""

_OPERATORS = ("AND", "OR", "WITH")
_WORD = re.compile(r"[()]|[^\s()]+")
_REFERENCE = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")


_NOT_EXCEPTIONS = frozenset({"MPL-2.0-no-copyleft-exception"})
"""Licenses of the SPDX list that license-expression takes for exceptions because of their names."""

_SUPERSEDED = {
    "bsd-2-clause-freebsd": "BSD-2-Clause-Views",
    "bsd-2-clause-netbsd": "BSD-2-Clause",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "ecos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "gpl-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "gpl-2.0-with-bison-exception": "GPL-2.0-or-later WITH Bison-exception-2.2",
    "gpl-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "gpl-2.0-with-gcc-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "gpl-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "gpl-3.0-with-gcc-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "nunit": "zlib-acknowledgement",
    "standardml-nj": "SMLNJ",
    "wxwindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}
"""Deprecated ids of the SPDX list that became another id or an expression."""


class ExpressionSyntaxError(ValueError):
    """The text is not a license expression."""


@cache
def _grammar() -> Licensing:
    return Licensing()


@cache
def _spdx_ids() -> dict[bool, dict[str, str]]:
    """Return the ids of exceptions (True) and of licenses (False) by lower-cased spelling."""
    ids: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for key, symbol in get_spdx_licensing().known_symbols.items():
        if not key.startswith("LicenseRef-"):
            deprecated = [spelling for spelling in symbol.aliases if _is_deprecated_id(spelling, key)]
            is_exception = symbol.is_exception and key not in _NOT_EXCEPTIONS
            ids[is_exception].update(dict.fromkeys(map(str.lower, (key, *deprecated)), key))
    return ids


def _is_deprecated_id(spelling: str, key: str) -> bool:
    """True if *spelling* is the older SPDX id of *key*; other listed spellings are guesses, as GPL for GPL-1.0+."""
    return key in (f"{spelling}-only", f"{spelling.removesuffix('+')}-or-later")


def current_spdx_ids() -> frozenset[str]:
    """Return every license id on the SPDX list that is not deprecated."""
    return frozenset(_spdx_ids()[False].values())


def spdx_id(text: str) -> str | None:
    """Return the current SPDX license id that *text* spells in any case, or None.

    Deprecated ids become current ones: ``GPL-2.0`` and ``GPL-2.0+`` are ``GPL-2.0-only`` and ``GPL-2.0-or-later``.
    """
    return _spdx_ids()[False].get(text.lower())


def current_spelling(text: str) -> str | None:
    """Return the id or the expression that took the place of a deprecated id, or None."""
    return _SUPERSEDED.get(text.lower())


def exception_id(text: str) -> str | None:
    """Return the SPDX exception id that *text* spells in any case, or None."""
    return _spdx_ids()[True].get(text.lower())


def reference_id(text: str) -> str | None:
    """Return *text* when it is a well-formed LicenseRef- id, or None."""
    return text if _REFERENCE.fullmatch(text) else None


def canonical_expression(text: str) -> str:
    """Return the expression with duplicates removed and operands sorted; raises ExpressionSyntaxError."""
    return str(_parse(text).simplify())


def license_ids(expression: str) -> tuple[str, ...]:
    """Return the ids of the licenses in a canonical expression, without exceptions, sorted."""
    return tuple(sorted({_license_key(symbol) for symbol in _parse(expression).get_symbols()}))


def alternatives(expression: str) -> tuple[Alternative, ...]:
    """Return every way to satisfy a canonical expression, sorted; raises ExpressionSyntaxError when there are too many.

    An exception only ever loosens its license, so ``X WITH Y`` counts as ``X``.
    """
    return tuple(sorted(_alternatives(_parse(expression)), key=sorted))


def _parse(text: str) -> Any:
    if not _is_well_formed(_WORD.findall(text)):
        message = "ids and operators do not take turns, or brackets do not match"
        raise ExpressionSyntaxError(message)
    try:
        return _grammar().parse(text, simple=True)
    except ExpressionError as error:
        raise ExpressionSyntaxError(str(error)) from error


def _is_well_formed(words: list[str]) -> bool:
    """True if operands and operators alternate and brackets match, which the parser takes for granted."""
    depth, wants_operand = 0, True
    for word in words:
        is_operator = word.upper() in _OPERATORS
        if wants_operand == (is_operator or word == ")"):
            return False
        wants_operand = is_operator or word == "("
        depth += (word == "(") - (word == ")")
        if depth < 0:
            return False
    return depth == 0 and not wants_operand


def _license_key(symbol: Any) -> str:
    return str(getattr(symbol, "license_symbol", symbol).key)


def _alternatives(tree: Any) -> frozenset[Alternative]:
    if isinstance(tree, _grammar().OR):
        return _bounded(frozenset().union(*(_alternatives(arg) for arg in tree.args)))
    if isinstance(tree, _grammar().AND):
        merged: frozenset[Alternative] = frozenset([frozenset()])
        for arg in tree.args:
            merged = _bounded(frozenset(a | b for a, b in product(merged, _alternatives(arg))))
        return merged
    return frozenset([frozenset([_license_key(tree)])])


def _bounded(found: frozenset[Alternative]) -> frozenset[Alternative]:
    if len(found) > MAX_ALTERNATIVES:
        message = f"the expression offers more than {MAX_ALTERNATIVES} ways to satisfy it"
        raise ExpressionSyntaxError(message)
    return found
