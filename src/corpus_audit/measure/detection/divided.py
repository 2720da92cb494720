"""Long expressions, divided into a few that find the same: hyperscan compiles them in half the time.

The time grows with more than the square of an expression's size. Where all parts have one number, a place is reported
once, however many of them match there.
"""

import re

_LONG = 2048
"""Characters of an expression that is divided."""
_MOST = 1500
"""Characters of alternatives that stay together, unless one alone has more: with 512, searching slows by half."""
_PART = re.compile(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|.", re.DOTALL)
"""A part of an expression: an escape, a class or a sign."""
_GROUP = "(?:"
_SETTING = re.compile(r"\(\?[a-z-]+\)")
"""What changes how all that follows is read, also in other alternatives."""


def divide(expression: str) -> tuple[str, ...]:
    """Return expressions that find together what a long one finds that begins with a group of alternatives."""
    if len(expression) < _LONG or not expression.startswith(_GROUP) or _SETTING.search(expression):
        return (expression,)
    alternatives, rest = _alternatives(expression)
    if rest[:1] in ("", "?", "*", "+", "{", "|"):
        return (expression,)
    return tuple(f"{_GROUP}{'|'.join(run)}){rest}" for run in _runs(alternatives))


def _alternatives(expression: str) -> tuple[list[str], str]:
    """Return the alternatives of the group that an expression begins with, and what follows the group."""
    found, begun, depth = [], len(_GROUP), 0
    for part in _PART.finditer(expression):
        depth += (part[0] == "(") - (part[0] == ")")
        if (part[0] == "|" and depth == 1) or depth == 0:
            found.append(expression[begun : part.start()])
            begun = part.end()
        if depth == 0:
            break
    return found, expression[begun:]


def _runs(alternatives: list[str]) -> list[list[str]]:
    """Return the alternatives in runs of at most so many characters."""
    runs: list[list[str]] = []
    size = 0
    for alternative in alternatives:
        if not runs or size + len(alternative) > _MOST:
            runs.append([])
            size = 0
        runs[-1].append(alternative)
        size += len(alternative)
    return runs
