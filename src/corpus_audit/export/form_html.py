"""A form as one self-contained HTML page: no scripts, no network, ready for print."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from corpus_audit.export import form_words
from corpus_audit.export.form import Form

_TEMPLATES = "templates"
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


def render_form_html(form: Form, *, is_public: bool = False) -> str:
    """Return a form as one HTML document: annotated, or as its provider publishes it."""
    style = _style()
    return _template().render(
        form=form,
        bilingual=bool(form.title.zh),
        public=is_public,
        words=form_words,
        facts=form_words.form_facts(form),
        style=style,
        content_security_policy=f"{_POLICY}; style-src '{_digest(style)}'",
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("corpus_audit.export", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("form.html.j2")


@cache
def _style() -> Markup:
    text = files("corpus_audit.export").joinpath(_TEMPLATES, "form.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
