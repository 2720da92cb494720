"""SQL for text comparison: where engines differ, the behaviour is written out."""

_BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Unicode's space separators."""

LINE_ENDS = "\n\r\x85\u2028\u2029"
"""What ``$`` of a regular expression stands before in one engine and not in the other."""


def lowered(text: str) -> str:
    """Return SQL for a text in lower case, each letter by itself: a final sigma and a dotted I are no exceptions."""
    return f"lower(translate({text}, 'Σİ', 'σi'))"


def trimmed(text: str) -> str:
    """Return SQL for a text without the blanks around it."""
    return f"trim(BOTH '{_BLANKS}' FROM {text})"
