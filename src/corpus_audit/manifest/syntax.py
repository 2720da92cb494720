"""YAML and JSON as plain values: no tags, no aliases, no guessing of types.

Scalars follow one rule in both: a bare word is null, true, false or a short whole number, or else the text as
written, so that ``no`` stays a word, ``1.10`` keeps its zero and a date stays a date.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import yaml

from corpus_audit.manifest.tree import (
    MAX_FIELDS,
    MAX_VALUES,
    REFUSED,
    TOO_MANY_VALUES,
    Event,
    Place,
    Reading,
    UnreadableError,
    recorded,
    walk,
)

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
_YAML_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_JSON_WORDS: dict[str, bool | None] = {"null": None, "true": True, "false": False}
_JSON_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")
_JSON_PART = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]\n]|[^\s{}\[\]:,"]+')


def read_yaml(text: str, wanted: Set[Place] = frozenset(), max_fields: int = MAX_FIELDS) -> Reading:
    """Return a YAML text's value, problems and the lines of *wanted* places; raises UnreadableError."""
    try:
        return walk(_yaml_events(text), wanted, max_fields)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"is not valid YAML ({error.problem or error.context}): correct it there"
        raise UnreadableError(message, mark.line + 1 if mark else None) from None
    except yaml.YAMLError:
        message = "holds a character that YAML does not allow: remove control characters"
        raise UnreadableError(message) from None


def has_too_many_values(text: str) -> bool:
    """True if a JSON text may hold more values than are read."""
    return text.count(",") + text.count("[") + text.count("{") > MAX_VALUES


def is_doubtful(pairs: Sequence[tuple[str, Any]], kept: Mapping[str, Any], max_fields: int = MAX_FIELDS) -> bool:
    """True if the fields of a mapping are too many or one is there twice; *kept* is what is recorded of *pairs*."""
    return len(pairs) > max_fields or (len(kept) != len(pairs) and len(dict(pairs)) != len(pairs))


def read_json(text: str, max_fields: int = MAX_FIELDS) -> Reading:
    """Return a JSON text's value and problems; raises UnreadableError."""
    if has_too_many_values(text):
        raise UnreadableError(TOO_MANY_VALUES)
    doubts: list[object] = []

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        kept = recorded(pairs)
        if is_doubtful(pairs, kept, max_fields):
            doubts.append(None)
        return kept

    try:
        value = json.loads(
            text, object_pairs_hook=fields, parse_int=as_number, parse_float=str, parse_constant=doubts.append
        )
    except json.JSONDecodeError as error:
        message = f"is not valid JSON ({error.msg}, column {error.colno}): correct it there"
        raise UnreadableError(message, error.lineno) from None
    except RecursionError:
        doubts.append(None)
    # The fast parser does not say where it met a duplicate key, a NaN or too many levels: a second walk does.
    return locate_in_json(text, max_fields=max_fields) if doubts else Reading(value)


def locate_in_json(text: str, wanted: Set[Place] = frozenset(), max_fields: int = MAX_FIELDS) -> Reading:
    """Return what read_json returns, and the lines of *wanted* places, slower; *text* is known to be JSON so far."""
    return walk(_json_events(text), wanted, max_fields)


def _yaml_events(text: str) -> Iterator[Event]:
    documents = 0
    for event in yaml.parse(text, Loader=_PARSER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):
            value = _resolve(event.value) if event.implicit[0] else event.value
            yield Event("scalar", line, value, event.value, _refusal(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            yield Event("{" if isinstance(event, yaml.MappingStartEvent) else "[", line, refusal=_refusal(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            yield Event("end", line)
        elif isinstance(event, yaml.AliasEvent):
            yield Event("scalar", line, REFUSED, refusal="is an alias: write the value out")
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                message = "is followed by a second document: keep one document a file"
                raise UnreadableError(message, line)


def _refusal(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> str:
    if event.anchor is not None:
        return "has an anchor: write the value out wherever it is needed"
    return "has a tag: leave it out" if event.tag is not None else ""


def _resolve(word: str) -> Any:
    return _YAML_WORDS[word] if word in _YAML_WORDS else as_number(word)


def as_number(digits: str) -> int | str:
    """Return a short whole number, or what was written."""
    # What Python converts is kept short: it refuses thousands of digits, and nothing here is that large.
    return int(digits) if _WHOLE_NUMBER.fullmatch(digits) else digits


def _json_events(text: str) -> Iterator[Event]:
    line = 1
    for match in _JSON_PART.finditer(text):
        part = match.group()
        if part == "\n":
            line += 1
        elif part in "{[":
            yield Event(part, line)
        elif part in "}]":
            yield Event("end", line)
        elif part[0] == '"':
            value = json.loads(part)
            yield Event("scalar", line, value, value)
        elif part in _JSON_NOT_NUMBERS:
            yield Event("scalar", line, REFUSED, refusal="is not a number that JSON allows: leave the field out")
        else:
            yield Event("scalar", line, _JSON_WORDS[part] if part in _JSON_WORDS else as_number(part))
