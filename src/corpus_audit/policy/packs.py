"""Policy packs on disk: find them, read them, and identify the one used.

A pack is a folder with ``pack.yaml`` and one native Great Expectations suite per evidence table
(``sources.json``, ``files.json``, ...). This repository keeps its packs in ``expectations/``; an installed wheel
carries the same folders inside the package.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from corpus_audit.config import RuleBound
from corpus_audit.errors import PackError
from corpus_audit.evidence import tables
from corpus_audit.policy.bounds import apply_bounds, bounds_by_rule
from corpus_audit.policy.description import DESCRIPTION_FILE, PackSource, parse_description
from corpus_audit.policy.lint import lint_suite, repeated_rule_ids
from corpus_audit.policy.rules import Bilingual, Reweighing, Rule, RuleMeta
from corpus_audit.policy.severity_overrides import lint_weights, weigh
from corpus_audit.store import sha256_of_json
from corpus_audit.vocabulary import Severity

_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / "expectations", _PACKAGE.parents[1] / "expectations")
"""Where packs are: inside an installed wheel, or beside ``src`` in a clone."""


class Suite(NamedTuple):
    """One suite of a pack: the evidence table it judges, the native suite, and its file."""

    evidence_table: str
    document: Mapping[str, Any]
    path: Path


@dataclass(frozen=True)
class Pack:
    """One policy pack as it was read."""

    id: str
    titles: Bilingual
    version: str
    jurisdiction: str
    sources: tuple[PackSource, ...]
    suites: tuple[Suite, ...]
    files: tuple[tuple[str, str], ...]
    """Name and sha256 of every file the pack was read from, sorted by name."""

    extends: tuple[str, ...] = ()
    """Names or folders of the packs whose rules it takes over."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    """What rules of those packs weigh here, by rule_id."""

    lowered: Mapping[str, str] = field(default_factory=dict)
    """Why rules of those packs weigh less here, by rule_id."""

    reweighings: Mapping[str, Reweighing] = field(default_factory=dict)
    """What packs that extend this one make of its rules, by rule_id."""

    bounds: Mapping[str, Mapping[str, int | float]] = field(default_factory=dict)
    """Figures of its rules that the operator set otherwise, by rule_id and argument."""

    @property
    def title(self) -> str:
        """The pack's title in English."""
        return self.titles.en

    def rules_of(self, suite: Suite) -> tuple[Rule, ...]:
        """Return the rules of one suite in the order of its file; the pack must have passed lint."""
        return tuple(self._rule(suite, configuration) for configuration in suite.document["expectations"])

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the pack; the pack must have passed lint."""
        return tuple(rule for suite in self.suites for rule in self.rules_of(suite))

    def _rule(self, suite: Suite, configuration: Mapping[str, Any]) -> Rule:
        meta = RuleMeta.model_validate(configuration["meta"])
        changed, applied = apply_bounds(configuration, self.bounds.get(meta.rule_id, {}))
        return Rule(self.id, suite.evidence_table, meta, changed, self.reweighings.get(meta.rule_id), applied)


def available_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with this program, sorted."""
    return tuple(sorted({path.parent.name for root in _ROOTS for path in root.glob(f"*/{DESCRIPTION_FILE}")}))


# --- packs that are fit to be evaluated -------------------------------------------------------------------------------


def load_packs(names_or_paths: Sequence[str]) -> tuple[Pack, ...]:
    """Return packs that can be evaluated together, each after the packs it extends.

    Raises PackError when one is unfit or two claim the same rule.
    """
    packs = tuple(pack for name in names_or_paths for pack in load_family(name))
    check_together(packs)
    return packs


def with_bounds(packs: Sequence[Pack], bounds: Sequence[RuleBound]) -> tuple[Pack, ...]:
    """Return *packs* with the operator's *bounds*; raises ParameterError for each that none of their rules has."""
    by_rule = bounds_by_rule((rule for pack in packs for rule in pack.rules), bounds)
    return tuple(replace(pack, bounds=by_rule) for pack in packs)


def load_family(name_or_path: str, _within: tuple[Path, ...] = ()) -> tuple[Pack, ...]:
    """Return the packs that a pack extends, with its severities, then the pack itself.

    Raises PackError when one of them is unfit, when they clash, or when a pack extends itself.
    """
    folder = _locate(name_or_path).resolve()
    if folder in _within:
        message = f"The policy pack '{name_or_path}' extends itself; remove one 'extends' of the circle."
        raise PackError(message)
    pack = load_pack(name_or_path)
    extended = tuple(base for name in pack.extends for base in load_family(name, (*_within, folder)))
    check_together(extended)
    rules = [rule for base in extended for rule in base.rules]
    problems = tuple(f"{DESCRIPTION_FILE}: {p}" for p in lint_weights(pack.severities, pack.lowered, rules))
    if problems:
        raise _unfit(name_or_path, problems)
    reweighings = weigh(pack.id, pack.severities, pack.lowered, rules)
    return (*(replace(base, reweighings=reweighings) for base in extended), pack)


def load_pack(name_or_path: str) -> Pack:
    """Return a pack's own rules, fit to be evaluated, by the name of a pack that comes along or by its folder.

    Raises PackError with every problem found when it is not.
    """
    pack = read_pack(name_or_path)
    problems = lint_pack(pack)
    if problems:
        raise _unfit(name_or_path, problems)
    return pack


def check_together(packs: Sequence[Pack]) -> None:
    """Raise PackError when a pack is there twice or two packs claim the same rule."""
    twice = _repeated(pack.id for pack in packs)
    if twice:
        message = (
            f"The pack '{twice[0]}' was chosen more than once, by name or by a pack that extends it; "
            "keep one of them, or give your own pack its own id."
        )
        raise PackError(message, twice)
    shared = _repeated(rule.rule_id for pack in packs for rule in pack.rules)
    if shared:
        message = f"More than one of the chosen packs has the rule {', '.join(shared)}; leave one of the packs out."
        raise PackError(message, shared)


def _repeated(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name, count in Counter(names).items() if count > 1))


# --- packs as they are read -------------------------------------------------------------------------------------------


def read_pack(name_or_path: str) -> Pack:
    """Return a pack before its rules are checked; raises PackError if its files cannot be read."""
    folder = _locate(name_or_path)
    contents = {path: _read(path) for path in (folder / DESCRIPTION_FILE, *sorted(folder.glob("*.json")))}
    problems: list[str] = []
    description = parse_description(contents[folder / DESCRIPTION_FILE], problems)
    suites = [_parse_suite(path, content, problems) for path, content in contents.items() if path.suffix == ".json"]
    if not suites and not (description is not None and description.extends):
        problems.append(f"{folder} holds no suite: add one file per evidence table, such as sources.json.")
    if problems or description is None:
        raise _unfit(name_or_path, tuple(problems))
    return Pack(
        id=description.id,
        titles=description.title,
        version=description.version,
        jurisdiction=description.jurisdiction,
        sources=description.sources,
        suites=tuple(sorted((suite for suite in suites if suite is not None), key=_order)),
        files=tuple(sorted((path.name, hashlib.sha256(content).hexdigest()) for path, content in contents.items())),
        extends=tuple(_relative_to(folder, name) for name in description.extends),
        severities=description.severities,
        lowered=description.lowered,
    )


def lint_pack(pack: Pack) -> tuple[str, ...]:
    """Return every problem of a pack's suites, each with its file and rule; an empty tuple when there is none."""
    return tuple(_problems(pack))


def _problems(pack: Pack) -> Iterator[str]:
    sources = [source.id for source in pack.sources]
    yield from (f"{DESCRIPTION_FILE}: source '{name}' is listed more than once." for name in _repeated(sources))
    for suite in pack.suites:
        yield from lint_suite(pack.id, sources, *suite)
    yield from repeated_rule_ids(suite.document for suite in pack.suites)


def pack_digest(pack: Pack) -> str:
    """Return one sha256 in hex over the names and bytes of the files a pack was read from."""
    return sha256_of_json(pack.files)


def _locate(name_or_path: str) -> Path:
    """Return the folder of a pack. A name of ours wins over a folder of the same name; write ./name for that."""
    candidates = [root / name_or_path for root in _ROOTS if name_or_path in available_packs()]
    for folder in (*candidates, Path(name_or_path)):
        if (folder / DESCRIPTION_FILE).is_file():
            return folder
    known = ", ".join(available_packs()) or "none"
    message = (
        f"There is no policy pack '{name_or_path}'. Packs that come along: {known}. "
        f"For a pack of your own, give the folder that holds its {DESCRIPTION_FILE}."
    )
    raise PackError(message)


def _relative_to(folder: Path, name_or_path: str) -> str:
    """Return what a pack extends as it can be found from anywhere: folders are relative to the pack that names them."""
    return name_or_path if name_or_path in available_packs() else str(folder / name_or_path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}). Check what it is and who may read it."
        raise PackError(message) from error


def _parse_suite(path: Path, content: bytes, problems: list[str]) -> Suite | None:
    try:
        return Suite(path.stem, json.loads(content), path)
    except ValueError as error:
        problems.append(f"{path.name}: not valid JSON: {error}")
    return None


def _order(suite: Suite) -> tuple[int, str]:
    """Return a suite's position in its pack: in the order of the evidence tables, unknown ones last."""
    known = [table.name for table in tables.EVIDENCE]
    name = suite.evidence_table
    return (known.index(name) if name in known else len(known), name)


def _unfit(name_or_path: str, problems: tuple[str, ...]) -> PackError:
    listing = "\n".join(f"  - {problem}" for problem in problems)
    plural = "problem" if len(problems) == 1 else "problems"
    message = (
        f"The policy pack '{name_or_path}' has {len(problems)} {plural}; mend its files, then try again:\n{listing}"
    )
    return PackError(message, problems)
