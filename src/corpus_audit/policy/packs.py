"""Policy packs on disk: find them, read them, and say which one was used.

A pack is a folder with ``pack.yaml`` and one native Great Expectations suite per evidence table
(``sources.json``, ``files.json``, ...). This repository keeps its packs in ``expectations/``; an installed wheel
carries the same folders inside the package.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus_audit.errors import PackError
from corpus_audit.policy.lint import describe_errors, lint_suite, repeated_rule_ids
from corpus_audit.policy.rules import Bilingual, Rule, RuleMeta, Text
from corpus_audit.schemas import EVIDENCE
from corpus_audit.store import sha256_of_json

DESCRIPTION_FILE = "pack.yaml"
_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / "expectations", _PACKAGE.parents[1] / "expectations")
"""Where packs are: inside an installed wheel, or beside ``src`` in a clone."""


class PackSource(BaseModel):
    """Where a rule or threshold of a pack comes from, and whether its authors read the official text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    title: Text
    status: Literal["primary", "secondary", "house-rule"]
    used_for: Text
    url: Text | None = None


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    version: Text
    changes: Text


class _Description(BaseModel):
    """What ``pack.yaml`` must say. YAML reads an unquoted version such as 1.0 as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: Bilingual
    version: Text
    jurisdiction: Text
    sources: tuple[PackSource, ...] = Field(min_length=1)
    changelog: tuple[_Change, ...] = Field(min_length=1)


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

    @property
    def title(self) -> str:
        """The pack's title in English."""
        return self.titles.en

    def rules_of(self, suite: Suite) -> tuple[Rule, ...]:
        """Return the rules of one suite in the order of its file; the pack must have passed lint."""
        return tuple(
            Rule(self.id, suite.evidence_table, RuleMeta.model_validate(configuration["meta"]), configuration)
            for configuration in suite.document["expectations"]
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the pack; the pack must have passed lint."""
        return tuple(rule for suite in self.suites for rule in self.rules_of(suite))


def available_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with this program, sorted."""
    return tuple(sorted({path.parent.name for root in _ROOTS for path in root.glob(f"*/{DESCRIPTION_FILE}")}))


def load_pack(name_or_path: str) -> Pack:
    """Return a pack that is fit to be evaluated, by the name of a pack that comes along or by its folder.

    Raises PackError with every problem found when it is not.
    """
    pack = read_pack(name_or_path)
    problems = lint_pack(pack)
    if problems:
        raise _unfit(name_or_path, problems)
    return pack


def load_packs(names_or_paths: Sequence[str]) -> tuple[Pack, ...]:
    """Return packs that can be evaluated together; raises PackError when one is unfit or two claim the same rule."""
    packs = tuple(load_pack(name) for name in names_or_paths)
    check_together(packs)
    return packs


def check_together(packs: Sequence[Pack]) -> None:
    """Raise PackError when a pack is there twice or two packs claim the same rule."""
    twice = _repeated(pack.id for pack in packs)
    if twice:
        message = f"The pack '{twice[0]}' was chosen more than once; name it once, or give your own pack its own id."
        raise PackError(message, twice)
    shared = _repeated(rule.rule_id for pack in packs for rule in pack.rules)
    if shared:
        message = f"More than one of the chosen packs has the rule {', '.join(shared)}; leave one of the packs out."
        raise PackError(message, shared)


def _repeated(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name, count in Counter(names).items() if count > 1))


def read_pack(name_or_path: str) -> Pack:
    """Return a pack whose rules nobody has checked yet; raises PackError when its files cannot be read."""
    folder = _locate(name_or_path)
    contents = {path: _read(path) for path in (folder / DESCRIPTION_FILE, *sorted(folder.glob("*.json")))}
    problems: list[str] = []
    description = _parse_description(contents[folder / DESCRIPTION_FILE], problems)
    suites = [_parse_suite(path, content, problems) for path, content in contents.items() if path.suffix == ".json"]
    if not suites:
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
    )


def lint_pack(pack: Pack) -> tuple[str, ...]:
    """Return every problem of a pack's suites, each with its file and rule; an empty tuple when there is none."""
    problems = [problem for suite in pack.suites for problem in lint_suite(pack.id, *suite)]
    documents = [suite.document for suite in pack.suites]
    return (*problems, *repeated_rule_ids(documents))


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


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}). Check what it is and who may read it."
        raise PackError(message) from error


def _parse_description(content: bytes, problems: list[str]) -> _Description | None:
    try:
        return _Description.model_validate(yaml.safe_load(content))
    except yaml.YAMLError as error:
        problems.append(f"{DESCRIPTION_FILE}: not valid YAML: {' '.join(str(error).split())}")
    except ValidationError as error:
        problems.extend(describe_errors(DESCRIPTION_FILE, error))
    return None


def _parse_suite(path: Path, content: bytes, problems: list[str]) -> Suite | None:
    try:
        return Suite(path.stem, json.loads(content), path)
    except ValueError as error:
        problems.append(f"{path.name}: not valid JSON: {error}")
    return None


def _order(suite: Suite) -> tuple[int, str]:
    """Return where a suite stands in its pack: as the evidence tables are ordered, unknown ones last."""
    known = [table.name for table in EVIDENCE]
    name = suite.evidence_table
    return (known.index(name) if name in known else len(known), name)


def _unfit(name_or_path: str, problems: tuple[str, ...]) -> PackError:
    listing = "\n".join(f"  - {problem}" for problem in problems)
    plural = "problem" if len(problems) == 1 else "problems"
    message = (
        f"The policy pack '{name_or_path}' has {len(problems)} {plural}; mend its files, then try again:\n{listing}"
    )
    return PackError(message, problems)
