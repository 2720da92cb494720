"""Column names normalised for lookup in the tables of the rule."""

import re

from corpus_audit.corpus.field_roles.columns import EVERY, Path
from corpus_audit.corpus.field_roles.tables import EXCHANGE, TEXTS, TRANSLATIONS, WRAPPERS

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\s.-]+")


def normal_name(name: str) -> str:
    """Return a name in lower case with underscores between its words."""
    return _NO_WORD.sub("_", _HUMP.sub("_", name.strip())).lower()


def telling_name(path: Path) -> str:
    """Return the last name on a path that says something: 'answers' for 'answers.text'."""
    steps = [normal_name(step) for step in path if step != EVERY and not step.isdigit()]
    while len(steps) > 1 and steps[-1] in WRAPPERS and (steps[-2] in EXCHANGE or steps[-2] in TEXTS):
        steps.pop()
    if len(steps) > 1 and steps[-2] in TRANSLATIONS:
        return steps[-2]
    return steps[-1] if steps else ""
