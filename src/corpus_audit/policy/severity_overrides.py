"""A pack's severities for inherited rules: higher freely, lower only with a written reason."""

from collections.abc import Iterable, Iterator, Mapping

from corpus_audit.policy.rules import Reweighing, Rule
from corpus_audit.vocabulary import Severity

_LIGHTNESS = {severity: number for number, severity in enumerate(Severity)}


def lint_weights(
    severities: Mapping[str, Severity], lowered: Mapping[str, str], extended: Iterable[Rule]
) -> Iterator[str]:
    """Yield what is wrong with the severities that a pack gives to the rules of the packs it extends."""
    known = {rule.rule_id: rule.severity for rule in extended}
    for rule_id, severity in sorted(severities.items()):
        if rule_id not in known:
            yield f"severities: none of the extended packs has a rule '{rule_id}'."
        elif is_lighter(severity, known[rule_id]) and rule_id not in lowered:
            yield (
                f"severities: '{rule_id}' falls from {known[rule_id]} to {severity}. "
                f"Write the reason under 'lowered', where every report shows it, or leave the severity as it is."
            )
    for rule_id in sorted(lowered):
        given = severities.get(rule_id)
        if given is None or (rule_id in known and not is_lighter(given, known[rule_id])):
            yield f"lowered: 'severities' does not lower '{rule_id}'; remove the reason."


def weigh(
    pack: str, severities: Mapping[str, Severity], lowered: Mapping[str, str], rules: Iterable[Rule]
) -> dict[str, Reweighing]:
    """Return what every rule that *pack* or an earlier one weighs otherwise weighs now, by rule_id."""
    return {
        rule.rule_id: reweighing
        for rule in rules
        if (reweighing := _reweigh(pack, severities, lowered, rule)) is not None
    }


def is_lighter(severity: Severity, than: Severity) -> bool:
    """True if the first severity is lower than the second."""
    return _LIGHTNESS[severity] > _LIGHTNESS[than]


def _reweigh(
    pack: str, severities: Mapping[str, Severity], lowered: Mapping[str, str], rule: Rule
) -> Reweighing | None:
    earlier = rule.reweighing
    severity = severities.get(rule.rule_id, rule.severity)
    if severity is rule.severity:
        return earlier
    # Raised again, but not to where it came from: the reason of the pack that lowered it still stands.
    reason = earlier.reason if earlier is not None and is_lighter(severity, rule.meta.severity) else ""
    return Reweighing(severity, pack, lowered.get(rule.rule_id, reason))
