"""The fields of the European template: what the audit shows of each, beside what the provider states in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus_audit.export import groups
from corpus_audit.export.form import (
    ANSWERS,
    Basis,
    Checkbox,
    FormField,
    LocalizedText,
    Value,
    ask,
    declared,
)
from corpus_audit.export.groups import Sources
from corpus_audit.export.inputs import ExportInputs
from corpus_audit.export.size_bins import Bins
from corpus_audit.manifest.summary import SizeRange, SummaryField, SummaryModality, SummaryStatement
from corpus_audit.vocabulary import NOT_RECORDED, Answer

_AT = "/disclosure/summary/statements"
_RANGES = tuple(SizeRange)
_DENIED = LocalizedText(
    en="the provider answers no, and the sources of this dataset show yes", zh="提供者答否，而数据集的来源显示为是"
)
_SMALLER = LocalizedText(en="the declared range is smaller than what was measured", zh="声明的范围小于实测")


@dataclass(frozen=True)
class Shown:
    """An answer that the audit shows, and what it rests on."""

    answer: Answer
    reference: str
    basis: Basis = Basis.DECLARED


class SummaryFields:
    """Makes the fields of the template for one audit."""

    def __init__(self, inputs: ExportInputs) -> None:
        self._inputs = inputs

    @cached_property
    def _stated(self) -> Mapping[str, tuple[str, SummaryStatement]]:
        statements = self._inputs.manifest.disclosure.summary.statements
        return {said.field: (f"{_AT}/{number}", said) for number, said in enumerate(statements)}

    def ask(
        self,
        key: SummaryField,
        label: str,
        *values: tuple[Value, ...],
        note: LocalizedText | None = None,
        contradictions: Iterable[LocalizedText] = (),
    ) -> FormField:
        """Return a field with *values* and with what the provider says in words."""
        return ask(
            LocalizedText(en=label), *values, self._words(key), note=note, contradictions=contradictions, key=key
        )

    def answer(self, key: SummaryField, shown: Answer) -> Answer:
        """Return yes if the audit or the provider says so; else what the audit shows, or what the provider says."""
        told = self._told(key)
        if Answer.YES in (shown, told):
            return Answer.YES
        return told if shown is Answer.NOT_RECORDED else shown

    def ask_yes_no(
        self, key: SummaryField, label: str, shown: Shown, contradictions: Iterable[LocalizedText] = ()
    ) -> FormField:
        """Return a question of yes or no: a yes of the audit outweighs a no of the provider, which is said."""
        answer, told = self.answer(key, shown.answer), self._told(key)
        is_stated = answer is told and answer is not shown.answer
        basis, reference = (Basis.DECLARED, self._place(key)) if is_stated else (shown.basis, shown.reference)
        against = (_DENIED,) if told is Answer.NO and shown.answer is Answer.YES else ()
        return ask(
            LocalizedText(en=label),
            self._words(key),
            choices=tuple(
                Checkbox(
                    words=ANSWERS[offered],
                    is_chosen=answer is offered,
                    basis=basis if answer is offered else None,
                    reference=reference if answer is offered else "",
                )
                for offered in (Answer.YES, Answer.NO)
            ),
            contradictions=(*against, *contradictions),
            key=key,
        )

    def ask_modalities(self, key: SummaryField, label: str, sources: Sources) -> FormField:
        """Return the kinds of content of *sources*: read, declared, or stated by the provider."""
        read = {str(kind) for source in sources for kind in groups.measured_modalities(source)}
        held = {str(kind) for source in sources for kind in source.claims.disclosure.modalities}
        others = self.other_modalities(sources)
        told = self._stated[key][1].modalities if key in self._stated else ()
        held |= {SummaryModality.OTHER} if others else set()
        return ask(
            LocalizedText(en=label),
            declared("; ".join(others) or None, "/sources/*/disclosure/other_modality", label="Other"),
            self._words(key),
            choices=tuple(self._modality(key, kind, read, held, told) for kind in SummaryModality),
            key=key,
        )

    def other_modalities(self, sources: Sources) -> list[str]:
        """Return the kinds of content of *sources* that are no text, image, audio or video."""
        named = (source.claims.disclosure.other_modality for source in sources)
        return list(dict.fromkeys(name for name in named if name != NOT_RECORDED))

    def _modality(
        self,
        key: SummaryField,
        kind: SummaryModality,
        read: set[str],
        held: set[str],
        told: Sequence[SummaryModality],
    ) -> Checkbox:
        words = LocalizedText(en=kind.value.capitalize())
        if kind in read:
            return Checkbox(words=words, is_chosen=True, basis=Basis.MEASURED, reference="content.modality")
        if kind in held:
            at = "/sources/*/disclosure/modalities"
            return Checkbox(words=words, is_chosen=True, basis=Basis.DECLARED, reference=at)
        if kind in told:
            return Checkbox(words=words, is_chosen=True, basis=Basis.DECLARED, reference=self._place(key))
        return Checkbox(words=words)

    def ask_size(
        self, key: SummaryField, label: str, bins: Bins, size: int | None, *figures: tuple[Value, ...], reference: str
    ) -> FormField:
        """Return the ranges of a size: the declared total's, or else that of what was measured.

        A declared total may be larger than what was audited; one that is smaller is contradicted.
        """
        told = self._stated[key][1].range if key in self._stated else None
        measured_at = None if size is None else bins.labels.index(bins.label(size))
        declared_at = None if told is None else _RANGES.index(told)
        chosen = declared_at if declared_at is not None else measured_at
        basis, place = (Basis.DECLARED, self._place(key)) if declared_at is not None else (Basis.DERIVED, reference)
        is_smaller = None not in (declared_at, measured_at) and (declared_at or 0) < (measured_at or 0)
        return ask(
            LocalizedText(en=label),
            *figures,
            self._words(key),
            choices=tuple(
                Checkbox(
                    words=LocalizedText(en=name),
                    is_chosen=number == chosen,
                    basis=basis if number == chosen else None,
                    reference=place if number == chosen else "",
                )
                for number, name in enumerate(bins.labels)
            ),
            contradictions=(_SMALLER,) if is_smaller else (),
            key=key,
        )

    def _told(self, key: SummaryField) -> Answer:
        return self._stated[key][1].answer if key in self._stated else Answer.NOT_RECORDED

    def _words(self, key: SummaryField) -> tuple[Value, ...]:
        return declared(self._stated[key][1].text, self._place(key)) if key in self._stated else ()

    def _place(self, key: SummaryField) -> str:
        return self._stated[key][0] if key in self._stated else _AT
