"""How many rows a report lists, and its page shows: whatever the data, neither grows beyond these."""

ROWS_LISTED = 500
"""Rows of each list that a report holds, as many as its page shows of any; the file that the list names has all."""

VALUES_LISTED = 100
"""Values of a list in one row that a report holds: a person may be in thousands of sources."""

SOURCES_SHOWN, PERSONAL_SHOWN = ROWS_LISTED, ROWS_LISTED
LICENSES_SHOWN, MODELS_SHOWN, OVERLAPS_SHOWN = 315, 300, 100
"""Rows of these lists that a page shows."""

PLACES_LISTED = 250
"""Sources, people and models whose empty fields are listed, those with the most severe and then the most first."""

PROBLEM_ROWS_OPEN = 8
"""Rows of evidence that a page shows of each problem; more are folded away."""
_FOLDED_AT_LEAST, _FOLDED_AT_MOST, _FOLDED_IN_ALL = 20, 200, 3000


def problem_rows_folded(problems: int) -> int:
    """Return how many rows of each problem a page with so many problems folds away."""
    return min(_FOLDED_AT_MOST, max(_FOLDED_AT_LEAST, _FOLDED_IN_ALL // max(1, problems)))


def problem_rows_listed(problems: int) -> int:
    """Return how many rows of evidence each of so many problems lists: those first that no decision closes."""
    return PROBLEM_ROWS_OPEN + problem_rows_folded(problems)
