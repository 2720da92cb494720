"""Means in SQL that are the same on every engine and in every order."""

MILLIONTHS = "CAST(SUM(CAST(ROUND({column} * 1000000) AS BIGINT)) AS DOUBLE) / NULLIF(COUNT({column}), 0) / 1000000"
"""The mean of a column, summed as whole millionths: a sum of floating-point numbers depends on the order of threads."""


def mean(column: str) -> str:
    """Return SQL for the mean of a column, null where there is nothing to average."""
    return MILLIONTHS.format(column=column)
