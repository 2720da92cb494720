"""Markers for message extraction: they return their argument, and renderings translate it later."""


def _(message: str) -> str:
    return message


def _n(singular: str, plural: str) -> tuple[str, str]:
    return singular, plural
