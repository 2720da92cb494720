"""corpus-audit pack lint: list every error in a custom pack."""

from typing import Annotated

import typer


def lint_command(
    pack: Annotated[str, typer.Argument(help="Folder of a pack, or the name of a built-in one.", show_default=False)],
) -> None:
    """Check a pack and the packs it extends, and load each rule as an audit does.

    Exit codes: 0 it can be evaluated, 2 it cannot; every problem is printed with its file and rule.
    """
    from corpus_audit.policy.packs import load_family

    family = load_family(pack)
    # Seconds, and only for a pack that is sound as far as reading it can tell.
    from corpus_audit.policy.validation import check_buildable

    check_buildable(family)
    *extended, own = family
    brought = f", and {sum(len(base.rules) for base in extended)} of the packs it extends" if extended else ""
    typer.echo(f"The pack '{own.id}' {own.version} can be evaluated: {len(own.rules)} rules{brought}.")
    for rule in (rule for base in extended for rule in base.rules):
        if rule.reweighing is not None:
            change = f"{rule.meta.severity} becomes {rule.severity}. {rule.reweighing.reason}"
            typer.echo(f"  {rule.rule_id}: {change.rstrip()}")
