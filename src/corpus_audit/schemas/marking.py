"""Marks for the extraction of messages: they return what they are given, and renderings translate it at the end."""


def _(message: str) -> str:
    return message


def _n(singular: str, plural: str) -> tuple[str, str]:
    return singular, plural
