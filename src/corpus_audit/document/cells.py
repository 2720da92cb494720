"""How wide a text is where every character stands in a cell of its own."""

import unicodedata


def count_cells(text: str) -> int:
    """Return how many narrow characters are as wide as *text*."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
