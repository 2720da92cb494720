"""The width of a text in terminal cells."""

from rich.cells import get_character_cell_size


def count_cells(text: str) -> int:
    """Return the width of a text in cells: two for a wide character, none for a combining mark.

    Each character counts by itself and by the latest Unicode, so that no text is wider than it counts because it joins
    characters that are drawn apart, and no environment variable changes a drawing.
    """
    return sum(get_character_cell_size(character, "latest") for character in text)
