"""The report as one self-contained HTML page: no network, no external fonts, readable without JavaScript."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape

from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.report import formatting, views, wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.charts import LAYOUTS, draw
from corpus_audit.report.coverage import column_names, read_line, unread_lines
from corpus_audit.report.figures import collect_figures
from corpus_audit.report.model import Report
from corpus_audit.report.parameters import bound_sentence, changed_sentence, parameter_label
from corpus_audit.report.problem_groups import contradictions, group_problems, missing_fields, owners, weightiest
from corpus_audit.report.problems import group_sentence, name_row, place_name, verdict_sentences
from corpus_audit.report.reasons import reason_parts
from corpus_audit.report.translator import Translator, words_in
from corpus_audit.vocabulary import Language, Unit

_TEMPLATES = "templates"


class _Compiled(BytecodeCache):
    """Compiled templates, in this process and between runs: every language has its own environment, and one code."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* with what was compiled before."""
        key = bucket.key, bucket.checksum
        if key not in self._code and (kept := read_kept(_kept_as(*key))) is not None:
            bucket.bytecode_from_string(kept)
            self._code[key] = bucket.code
        bucket.code = self._code.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._code[bucket.key, bucket.checksum] = bucket.code
        keep(_kept_as(bucket.key, bucket.checksum), bucket.bytecode_to_string())


def _kept_as(key: str, checksum: str) -> str:
    """Return what a compiled template is kept as: it fits its text, one version of Jinja, and what this module sets."""
    made_of = [key, checksum, *_compiler()]
    return f"templates/{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()}.jinja"


@cache
def _compiler() -> tuple[str, str]:
    return version("jinja2"), Path(__file__).read_text(encoding="utf-8")


_COMPILED = _Compiled()
_FIGURES_BEGIN = '<section id="figures" aria-labelledby="figures-heading">'


def render_html(
    report: Report, language: Language = Language.ENGLISH, others: Mapping[Language, str] | None = None
) -> str:
    """Return the report as one HTML document in a language; *others* are addresses of the same in other languages."""
    words = words_in(language)
    template = make_environment(words).get_template("report.html.j2")
    groups = group_problems(report)
    return template.render(
        report=report,
        anchors=(anchors := Anchors(report)),
        sources=anchors.sources,
        problems=groups,
        findings=views.by_severity(groups),
        weightiest=weightiest(groups),
        missing=missing_fields(groups),
        others_left=len(contradictions(groups)) - len(weightiest(groups)),
        todo=owners(contradictions(groups)),
        titles={rule.rule_id: rule.title for rule in report.rules},
        packs={pack.pack: pack.title for pack in report.audit.packs},
        explained={rule.rule_id for group in contradictions(groups) for rule in group.rules},
        figures=collect_figures(report, words),
        others=[(words_in(other), address) for other, address in (others or {}).items()],
        assets={name: _asset(name) for name in ("report.css", "report.js")},
        content_security_policy=_content_security_policy(),
    )


def figures_of(page: str, report_address: str) -> str:
    """Return the figures of a page that ``render_html`` wrote; their links lead to the page at *report_address*."""
    _, _, after = page.partition(_FIGURES_BEGIN)
    figures, _, _ = after.partition("</section>")
    return figures.replace('href="#', f'href="{escape(report_address)}#')


def make_environment(words: Translator, *templates: BaseLoader) -> Environment:
    """Return what renders pages in a language: the report's templates, filters and words, and *templates* before."""
    environment = Environment(
        loader=ChoiceLoader([*templates, PackageLoader("corpus_audit.report", _TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    environment.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(layouts=LAYOUTS, draw=draw, views=views, wording=wording, words=words)
    add_filters(environment, _filters(words))
    environment.tests["unknown"] = formatting.is_unknown
    return environment


def add_filters(environment: Environment, filters: Mapping[str, Callable[..., Any]]) -> None:
    """Add filters that are applied when a page is rendered, to words that stand in a template as well.

    Jinja would apply them to such words when it compiles: in the first language, for all that share what was compiled.
    """
    for name, applied in filters.items():
        environment.filters[name] = pass_context(partial(_apply, applied))


def _apply(applied: Callable[..., Any], _context: Context, *arguments: Any, **named: Any) -> Any:
    return applied(*arguments, **named)


def _filters(words: Translator) -> Mapping[str, Any]:
    return {
        "number": formatting.format_number,
        "bytes": formatting.format_bytes,
        "share": lambda value: formatting.format_share(value, words),
        "bound_sentence": lambda bound: bound_sentence(bound, words),
        "changed_sentence": lambda report: changed_sentence(report, words),
        "parameter": lambda name: parameter_label(name, words),
        "limit_sentence": lambda limit: formatting.format_limit(limit, words),
        "listed_values": lambda limit: formatting.listed_values(limit, words),
        "value": lambda value, column: formatting.format_value(column, value, words),
        "word": lambda term: words(wording.word(term)),
        "wording": lambda term, table: words(table.get(term) or wording.word(term)),
        "text": words.choose,
        "listing": lambda values: words.join(map(str, values)),
        "read_line": lambda coverage: read_line(coverage, words),
        "unread_lines": lambda coverage: list(unread_lines(coverage, words)),
        "coverage_reason": lambda reason, unit=Unit.ROW: words(wording.coverage_reason(reason, unit)),
        "column_names": lambda columns: column_names(columns, words),
        "reworded": lambda statement: wording.reword(statement, words),
        "group_sentence": lambda group: group_sentence(group, words),
        "verdict_sentences": lambda report: verdict_sentences(report, words),
        "row_name": lambda finding: name_row(finding.evidence_table, finding.named, words),
        "place_name": lambda source_id: place_name(source_id, words),
        "citations": lambda rule: rule.citations_zh if words.language is Language.CHINESE else rule.citations,
        "reason_parts": lambda reason: reason_parts(reason, words),
        "comparison_label": lambda comparison: words(wording.comparison_label(comparison)),
        "entity_type": lambda name: words(wording.entity_type_label(name)),
        "column_label": lambda name: words(wording.column_label(name)),
    }


@cache
def _asset(name: str) -> Markup:
    """Return one of the page's own assets; it goes into the page as it is."""
    text = files("corpus_audit.report").joinpath(_TEMPLATES, name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file


@cache
def _content_security_policy() -> str:
    style, script = (_digest(_asset(name)) for name in ("report.css", "report.js"))
    return f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
