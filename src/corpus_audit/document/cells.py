"""How wide a text is in cells of a terminal."""

from rich.cells import get_character_cell_size


def count_cells(text: str) -> int:
    """Return how many cells a text takes: a wide character two, a mark that stands on another none.

    Each character counts by itself and by the latest Unicode, so that no text is wider than it counts because it joins
    characters that are drawn apart, and no environment variable changes a drawing.
    """
    return sum(get_character_cell_size(character, "latest") for character in text)
