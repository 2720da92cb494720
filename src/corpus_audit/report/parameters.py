"""Parameters that differ from their defaults, and bounds that differ from their pack's, in sentences."""

from corpus_audit.report import wording
from corpus_audit.report.model import Report
from corpus_audit.report.sections import Bound
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _, _n
from corpus_audit.vocabulary import ParameterOrigin

_SHOWN = 8
_CHANGED = _n("This audit changed one parameter: {values}.", "This audit changed {count} parameters: {values}.")
_ONE = _("{name} {value} (default {default}, set {origin})")
_WITHOUT_DEFAULT = _("{name} {value} (set {origin})")
_VALUE = _("{value}, set {origin}")
_BOUND = _("{name}: {value}, not {default} as in the pack")

_NAMED = _("{name} ({key})")
_ARGUMENTS = {
    "min_value": _("lower limit"),
    "max_value": _("upper limit"),
    "mostly": _("share of rows"),
    "value": _("limit"),
}
"""What the arguments of a rule that an operator may set are called."""


def changed_sentence(report: Report, words: Translator) -> str:
    """Return which parameters are not as they are by default, as one sentence."""
    changed = report.audit.changed_parameters
    shown = [
        words(_ONE if parameter.default else _WITHOUT_DEFAULT).format(
            name=_with_key(parameter.name, words),
            value=parameter.value,
            default=parameter.default,
            origin=words(wording.PARAMETER_ORIGINS[parameter.origin]),
        )
        for parameter in changed[:_SHOWN]
    ]
    left = len(changed) - _SHOWN
    if left > 0:
        shown.append(words("and {count} more").format(count=left))
    return words.count(*_CHANGED, len(changed)).format(count=len(changed), values=words.join(shown))


def bound_sentence(bound: Bound, words: Translator) -> str:
    """Return what a bound is, and what it is in the pack."""
    return words(_BOUND).format(
        name=words(_ARGUMENTS.get(bound.argument, bound.argument)),
        value=f"{bound.used:g}",
        default=f"{bound.of_pack:g}",
    )


def value_sentence(value: str | float, origin: ParameterOrigin, words: Translator) -> str:
    """Return a parameter's value and where it was set."""
    return words(_VALUE).format(value=value, origin=words(wording.PARAMETER_ORIGINS[origin]))


def parameter_label(name: str, words: Translator) -> str:
    """Return how a parameter is called; a bound of a rule has no other name than its own."""
    return words(wording.PARAMETERS[name]) if name in wording.PARAMETERS else name


def _with_key(name: str, words: Translator) -> str:
    label = parameter_label(name, words)
    return name if label == name else words(_NAMED).format(name=label, key=name)
