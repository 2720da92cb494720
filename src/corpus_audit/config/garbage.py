"""How often Python looks for cycles of objects that nothing refers to any more."""

import gc

_OBJECTS, _OLDER = 50_000, 20


def collect_seldom() -> None:
    """Look for garbage after 50,000 new objects instead of 700: loading libraries makes many, and none is garbage."""
    gc.set_threshold(_OBJECTS, _OLDER, _OLDER)
