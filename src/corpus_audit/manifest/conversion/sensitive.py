"""Statements on personal information in a description, if their words can be interpreted by a program."""

import re

from corpus_audit.manifest.conversion.mapping import FoundValue, Reading, Unusable
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import words
from corpus_audit.vocabulary import Answer, ClaimProblemCode

_KINDS = {
    "gender": "GENDER",
    "socio-economic status": "SOCIO_ECONOMIC_STATUS",
    "geography": "LOCATION",
    "language": "LANGUAGE",
    "age": "AGE",
    "culture": "CULTURE",
    "experience or seniority": "SENIORITY",
    "name": "PERSON",
    "names": "PERSON",
    "email": "EMAIL_ADDRESS",
    "email addresses": "EMAIL_ADDRESS",
    "ip addresses": "IP_ADDRESS",
    "others": "OTHER",
    "other": "OTHER",
}
"""The attributes that the RAI vocabulary lists, and a few that are named beside them."""
_NOTHING = ("none", "no", "n/a", "not applicable")
_SEPARATOR = re.compile(r"\s*[,;]\s*")


def presence(node: Node) -> Reading:
    """Yield whether there is information on people; free text is for a person to read."""
    for item in words(node):
        if isinstance(item, Unusable):
            yield item
        elif item.value.lower() in _NOTHING:
            yield FoundValue(Answer.NO, item.place)
        elif all(part.lower() in _KINDS for part in _SEPARATOR.split(item.value)):
            yield FoundValue(Answer.YES, item.place)
        else:
            detail = "is free text: read it, and answer whether there is personal information"
            yield Unusable(item.place, detail, ClaimProblemCode.UNDECIDED)


def entity_types(node: Node) -> Reading:
    """Yield the types of information on people that are named from a known list."""
    for item in words(node):
        if isinstance(item, FoundValue):
            for part in _SEPARATOR.split(item.value):
                if part.lower() in _KINDS:
                    yield FoundValue(_KINDS[part.lower()], item.place)
