"""Sentences that other layers write into evidence, recognised by their form so that a report can reword them.

Evidence holds them in English: codes would have to be looked up by everyone who reads the tables. A sentence of a form
that is not listed here is shown as it stands; the tests go through what the other layers can say.
"""

import re
from collections.abc import Mapping
from functools import cache

from corpus_audit.report.translator import Translator
from corpus_audit.report.wording.columns import column_label
from corpus_audit.report.wording.terms import word
from corpus_audit.schemas.marking import _

_KEPT = (
    # What licenses permit, and on which conditions.
    _("no license is given"),
    _("the terms are not known"),
    _("commercial use is not granted"),
    _("whether commercial use is granted is not known"),
    _("passing copies on is not granted"),
    _("whether copies may be passed on is not known"),
    _("sharing changed versions is not granted"),
    _("whether changed versions may be shared is not known"),
    _("releasing trained models is not granted"),
    _("whether the terms reach trained models is not settled"),
    _("no license satisfies the share-alike terms of all parts"),
    _("which license changed versions must be under is not known"),
    _("not for commercial gain"),
    _("changed versions stay under {license}"),
    _("credit the licensor"),
    _("keep the license text or a link to it, and its notices"),
    _("mark what was changed"),
    _("keep to the license's behavioural limits, and pass them on with copies and models"),
    _("keep to the licensor's acceptable-use policy"),
    _("computational use only"),
    _("for research only"),
    _("may not be passed on"),
    _("only for training one's own models"),
    _("may not be used to build models that compete with the licensor's"),
    _("may not be used to train models"),
    _("models trained on it carry the name or label that the license asks for"),
    _("a separate license is needed above the named number of monthly users"),
    _("a separate license is needed above the named revenue"),
    _("multimodal models are not licensed to those domiciled in the European Union"),
    _("may not be sold by itself"),
    _("whether share-alike terms reach the outputs of a model is not settled"),
    # Why a declared license did not resolve.
    _("no license is declared"),
    _("no license is stated"),
    _("each record states its own license"),
    _("a text stands where the name of a license should"),
    _("several license classifiers do not say whether all of them apply or any"),
    _("{name} does not name one license"),
    _("{name} is not a known classifier"),
    _("{name} is not a valid license expression"),
    _("{name} does not say whether all of its parts apply or any"),
    _("{name} cannot be combined with a license"),
    _("{name} is not a license name or id that is known"),
    # Why a rule gave no result.
    _("The evidence table {table} was not gathered."),
    _("The evidence table {table} has no rows."),
    _("The evidence has no column {columns}."),
    _("Great Expectations could not compute it. Check that its arguments fit the type of the column."),
    # What could not be read of a file, and where.
    _("the size changed after the file was checked"),
    _("the file ends in the middle of its compressed or framed data"),
    _("not readable as {format}"),
    _("bytes that are not UTF-8 were read as U+FFFD"),
    _("{field}: bytes that are not UTF-8 were read as U+FFFD"),
    _("the text field is null or absent"),
    _("a declared field is not a column of the file"),
    _("{count} columns where the header has {expected}"),
    _("line longer than {count} bytes"),
    _("not valid JSON"),
    _("not a JSON object"),
    _("a text field holds something else than text"),
    _("cannot be read"),
    _("not a regular file"),
    _("No such file or directory"),
    _("Permission denied"),
    _("access is denied"),
    _("there is no such bucket"),
    _("it cannot be reached"),
    _("the credentials are not known there"),
    _("the server does not tell its size"),
    _("the server answers {count}"),
    _("the connection broke off"),
    _("a web server does not list its files: one that no source declares is not seen"),
    _("The server redirects to an address that may not be read: declare the address it leads to."),
    _("Is a directory"),
    _("Input/output error"),
    _("The path is empty, absolute, holds '..' or names a URL scheme: declare it relative to the root."),
    _("{path} leads out of the root by a link: copy the file into the root or choose another root."),
    _("the field of subject ids holds neither text nor a number nor a list of them"),
    _("{count} values cannot be read and count as not-recorded"),
    _("{count} rows have no id that can be read and were left out"),
    _("{count} authorisations name people that are not described"),
    _("its bytes are not those of a known kind of {format}"),
    _("its name says {named}, its bytes are {kind}"),
    _("its content credentials cannot be read"),
    _("it begins like a {kind} picture and is none"),
    _("it begins like a {kind} file and is none"),
    _("it unpacks to more than {count} pixels"),
    _("its pictures are of more than {count} pixels"),
    _("its picture breaks off or is damaged"),
    _("its metadata are damaged"),
    _("its sound breaks off or is damaged"),
    _("its pictures break off or are damaged"),
    _("column {column}"),
    _("row {row}, byte {byte}"),
    _("row {row}"),
    _("line {line}"),
    _("byte {byte}"),
)

_REWORDED: Mapping[str, str] = {
    "the license is not known on one side": _("the license of one source is not known"),
    "the license is not known on both sides": _("the licenses of both sources are not known"),
    "not known: {terms}": _("not known of both sources: {terms}"),
    "use yes against no": _("the terms of the second permit no use"),
    "use no against yes": _("the terms of the first permit no use"),
    "commercial_use yes against no": _("the first permits commercial use, the second does not"),
    "commercial_use no against yes": _("the second permits commercial use, the first does not"),
    "derivatives yes against no": _("the first permits sharing changed versions, the second does not"),
    "derivatives no against yes": _("the second permits sharing changed versions, the first does not"),
    "redistribution yes against no": _("the first permits passing copies on, the second does not"),
    "redistribution no against yes": _("the second permits passing copies on, the first does not"),
    "share_alike conflict against {license}": _("no license satisfies the share-alike terms of the first"),
    "share_alike {license} against conflict": _("no license satisfies the share-alike terms of the second"),
    "share_alike no against {license}": _("only the second binds changed versions, to {license}"),
    "share_alike {license} against no": _("only the first binds changed versions, to {license}"),
    "share_alike {first} against {second}": _("the first binds changed versions to {first}, the second to {second}"),
    "use_restrictions none against {restrictions}": _("only the second limits use: {restrictions}"),
    "use_restrictions {restrictions} against none": _("only the first limits use: {restrictions}"),
    "use_restrictions {restrictions} against {others}": _(
        "the two limit use differently: {restrictions} against {others}"
    ),
}
"""Forms that read like a table, with the sentence that a report makes of them."""

_FORMS: Mapping[str, str] = {**{form: form for form in _KEPT}, **_REWORDED}
_SEPARATOR = _("; ")
_FREE = ("name", "path", "field")
"""Placeholders that stand for what a manifest says, which may hold anything."""


def reword(text: str, words: Translator) -> str:
    """Return what another layer says in evidence, in the words of a report; several statements stay several."""
    return words(_SEPARATOR).join(_reword(statement, words) for statement in _statements(text))


def is_known(text: str) -> bool:
    """Can every statement of *text* be reworded?"""
    return all(_find_form(statement) is not None for statement in _statements(text))


def _statements(text: str) -> list[str]:
    """Return the statements of *text*; a license that is quoted in one may hold what separates them."""
    return [text] if _find_form(text) else text.split(_SEPARATOR)


def _reword(statement: str, words: Translator) -> str:
    found = _find_form(statement)
    if found is None:
        return statement
    message, values = found
    return words(message).format(**{name: _shown(name, value, words) for name, value in values.items()})


def _find_form(statement: str) -> tuple[str, Mapping[str, str]] | None:
    if statement in _FORMS:
        return _FORMS[statement], {}
    matches = ((message, form.fullmatch(statement)) for form, message in _patterns())
    return next(((message, match.groupdict()) for message, match in matches if match), None)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(form), message) for form, message in _FORMS.items() if "{" in form)


def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", form)
    escaped = [_group(piece) if position % 2 else re.escape(piece) for position, piece in enumerate(pieces)]
    return re.compile("".join(escaped), re.DOTALL)


def _group(name: str) -> str:
    return f"(?P<{name}>{'.' if name in _FREE else '[^;]'}+?)"


def _shown(name: str, value: str, words: Translator) -> str:
    if name == "terms":
        return words.join(words(column_label(term)) for term in value.split(", "))
    if name in ("restrictions", "others"):
        return words.join(words(word(tag)) for tag in value.split(" and "))
    return value
