"""The sizes of section 1.3: tokens of text, images, hours of audio and video, as measured."""

from collections.abc import Callable, Iterator, Mapping

from corpus_audit.export import groups
from corpus_audit.export.eu_fields import SummaryFields
from corpus_audit.export.form import Basis, FormField, LocalizedText, Value, derived, measured, says, working
from corpus_audit.export.formatting import count_noun, format_count, format_size
from corpus_audit.export.inputs import ExportInputs
from corpus_audit.export.size_bins import BINS
from corpus_audit.manifest.summary import SummaryField
from corpus_audit.vocabulary import Modality

_SECONDS_IN_AN_HOUR = 3_600


def size_field(inputs: ExportInputs, fields: SummaryFields, modality: Modality, key: SummaryField) -> FormField:
    """Return the field on the size of one kind of content, with what was measured of this dataset."""
    size, figures, reference = _MEASURES[modality](inputs)
    label = f"{modality.value.capitalize()}: training data size"
    coverage = inputs.coverage.note() if size is not None else None
    gap = (says(coverage, Basis.MEASURED, "coverage"),) if coverage else ()
    return fields.ask_size(key, label, BINS[modality], size, *figures, *gap, reference=reference)


_Measure = tuple[int | None, tuple[tuple[Value, ...], ...], str]


def _text(inputs: ExportInputs) -> _Measure:
    """Return the tokens counted; a model's own tokenizer may count otherwise."""
    sums = {
        column: groups.total(inputs.sources, Modality.TEXT, column)
        for column in ("records", "size_bytes", "characters", "tokens")
    }
    if not sums["records"]:
        return None, (), ""
    public = f"{format_count(sums['tokens'])} tokens, {format_count(sums['characters'])} characters"
    counted_by = f"Tokens as counted by {inputs.parameters['tokenizer']}; {format_size(sums['size_bytes'])}."
    values = (measured(public, "content"), working(measured(counted_by, "content")), *_finer(sums))
    return sums["tokens"], values, "content.tokens"


def _finer(sums: dict[str, int]) -> Iterator[tuple[Value, ...]]:
    """Yield which range a tokenizer that cuts finer may count, if that is another one."""
    bins = BINS[Modality.TEXT]
    finer = bins.label(sums["size_bytes"])
    if finer != bins.label(sums["tokens"]):
        text = f"A tokenizer that cuts finer may count up to one token a byte, which falls into another range: {finer}."
        yield says(LocalizedText(en=text), Basis.DERIVED, "content.size_bytes")


def _images(inputs: ExportInputs) -> _Measure:
    count = groups.total(inputs.sources, Modality.IMAGE, "records")
    if not count:
        return None, (), ""
    return count, (measured(count_noun(count, "image"), "content.records"),), "content.records"


class _Hours:
    """The hours of all recordings or films whose files say how long they are."""

    def __init__(self, modality: Modality) -> None:
        self._modality = modality

    def __call__(self, inputs: ExportInputs) -> _Measure:
        rows = [row for row in inputs.rows("media") if row["modality"] == self._modality]
        seconds = sum(row["seconds"] for row in rows)
        if not seconds:
            return None, tuple(self._unmeasured(sum(row["records"] for row in rows))), ""
        records, decoded = (sum(row[column] for row in rows) for column in ("records", "records_measured"))
        text = f"{_length(seconds)} in {count_noun(records, 'file')}"
        values = (measured(text, "media.seconds"), *self._unmeasured(records - decoded))
        return int(seconds // _SECONDS_IN_AN_HOUR), values, "media.seconds"

    def _unmeasured(self, records: int) -> Iterator[tuple[Value, ...]]:
        if records:
            text = f"{count_noun(records, 'file')} could not be decoded; what is in them is not counted."
            yield derived(text, "media.records_measured")


def _length(seconds: float) -> str:
    """Return a length in the unit that suits it."""
    if seconds < 60:
        return f"{seconds:.1f} seconds"
    if seconds < _SECONDS_IN_AN_HOUR:
        return f"{seconds / 60:.1f} minutes"
    return f"{seconds / _SECONDS_IN_AN_HOUR:,.1f} hours"


_MEASURES: Mapping[Modality, Callable[[ExportInputs], _Measure]] = {
    Modality.TEXT: _text,
    Modality.IMAGE: _images,
    Modality.AUDIO: _Hours(Modality.AUDIO),
    Modality.VIDEO: _Hours(Modality.VIDEO),
}
