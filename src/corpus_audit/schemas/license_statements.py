"""The licenses that a record states in several columns, held as one text.

Statements all hold. One statement may be said in several words: an id, a name and an address of the same license.
"""

from collections.abc import Iterable, Sequence

ALSO = "\x1d"
"""What stands between two statements."""

IN_OTHER_WORDS = "\x1e"
"""What stands between the words of one statement."""

_SEPARATORS = str.maketrans({ALSO: " ", IN_OTHER_WORDS: " "})


def without_separators(words: str) -> str:
    """Return words that the data holds, which must not pass for several statements."""
    return words.translate(_SEPARATORS)


def join_statements(statements: Iterable[Sequence[str]]) -> str:
    """Return statements, each by its words, as one text."""
    return ALSO.join(IN_OTHER_WORDS.join(words) for words in statements)


def split_statements(text: str) -> list[list[str]]:
    """Return the statements of a text, each by its words."""
    return [statement.split(IN_OTHER_WORDS) for statement in text.split(ALSO)]
