"""The report as one self-contained HTML page: no network, no external fonts, readable without JavaScript."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus_audit.report import formatting, views, wording
from corpus_audit.report.charts import LAYOUTS, draw
from corpus_audit.report.entity_types import entity_type_label
from corpus_audit.report.figures import collect_figures
from corpus_audit.report.model import Report

_TEMPLATES = "templates"


def render_html(report: Report, translations: NullTranslations | None = None) -> str:
    """Return the report as one HTML document, worded in *translations* (English by default)."""
    translations = translations or NullTranslations()
    environment = _environment(translations)
    template = environment.get_template("report.html.j2")
    return template.render(
        report=report,
        sources={source.source_id: f"source-{number}" for number, source in enumerate(report.sources, start=1)},
        findings=views.group_findings(report),
        failures=views.group_failures(report),
        figures=collect_figures(report, translations.gettext),
        assets={name: _asset(name) for name in ("report.css", "report.js")},
        content_security_policy=_content_security_policy(),
    )


def _environment(translations: NullTranslations) -> Environment:
    environment = Environment(
        loader=PackageLoader("corpus_audit.report", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(layouts=LAYOUTS, draw=draw, views=views, wording=wording)
    environment.filters.update(_filters(translations))
    environment.tests["unknown"] = formatting.is_unknown
    return environment


def _filters(translations: NullTranslations) -> Mapping[str, Any]:
    translate = translations.gettext

    return {
        "number": formatting.format_number,
        "bytes": formatting.format_bytes,
        "share": formatting.format_share,
        "limit_sentence": lambda limit: formatting.format_limit(limit, translate, translations.ngettext),
        "value": lambda value, column: formatting.format_value(column, value, translate),
        "word": lambda term: translate(wording.word(term)),
        "wording": lambda term, table: translate(table.get(term) or wording.word(term)),
        "split_rules": views.split_rules,
        "comparison_label": lambda comparison: translate(wording.comparison_label(comparison)),
        "entity_type": lambda name: translate(entity_type_label(name)),
        "column_label": lambda name: translate(wording.column_label(name)),
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
