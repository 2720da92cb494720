"""An expectation's requirement as a sentence, wherever Great Expectations renders a suite."""

from typing import Any

from great_expectations.compatibility import pydantic
from great_expectations.render import (
    AtomicPrescriptiveRendererType,
    LegacyRendererType,
    RenderedAtomicContent,
    RenderedStringTemplateContent,
    renderedAtomicValueSchema,
)
from great_expectations.render.renderer.renderer import renderer

from corpus_audit.policy.sentences import rule_sentence
from corpus_audit.vocabulary import Language

CHINESE_SUMMARY = "atomic.prescriptive.summary.zh"
"""The renderer of the Chinese sentence, beside Great Expectations' own of the English one."""


class OwnSentence:
    """Renders an expectation as its sentence of ``policy.sentences``, row condition and all.

    The renderers of Great Expectations put their own words for a row condition in front of a sentence, so these
    take their place.
    """

    @classmethod
    @renderer(renderer_type=AtomicPrescriptiveRendererType.SUMMARY)  # type: ignore[untyped-decorator]
    def _prescriptive_summary(cls, configuration: Any = None, result: Any = None, **_: Any) -> Any:
        name = AtomicPrescriptiveRendererType.SUMMARY
        return _atomic_content(name, _template(configuration, result, Language.ENGLISH))

    @classmethod
    @renderer(renderer_type=CHINESE_SUMMARY)  # type: ignore[untyped-decorator]
    def _prescriptive_summary_in_chinese(cls, configuration: Any = None, result: Any = None, **_: Any) -> Any:
        return _atomic_content(CHINESE_SUMMARY, _template(configuration, result, Language.CHINESE))

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)  # type: ignore[untyped-decorator]
    def _prescriptive_renderer(cls, configuration: Any = None, result: Any = None, **_: Any) -> Any:
        template = _template(configuration, result, Language.ENGLISH)
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template", string_template={"template": template, "params": {}}
            )
        ]


def only(*values: str | bool) -> Any:
    """Return the field that fixes what an expectation accepts: its name is its promise, so no suite may change it."""
    return fixed(values)


def fixed(value: Any) -> Any:
    """Return a field that always has this value, for what an expectation promises other than a set of values."""
    return pydantic.Field(value, const=True)


def _template(configuration: Any, result: Any, language: Language) -> str:
    asked = configuration or result.expectation_config
    return rule_sentence(asked.type, asked.kwargs, language).replace("$", "$$")  # a template's own sign


def _atomic_content(name: str, template: str) -> Any:
    schema = {"type": "com.superconductive.rendered.string"}
    value = renderedAtomicValueSchema.load({"template": template, "params": {}, "schema": schema})
    return RenderedAtomicContent(name=name, value=value, value_type="StringValueType")
