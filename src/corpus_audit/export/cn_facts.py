"""The known facts per numbered requirement: counted claims, and measured figures.

A requirement that nothing here speaks of is answered by its rules alone, or by a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.export import groups
from corpus_audit.export.form import Basis, LocalizedText, Value, declared, says
from corpus_audit.export.formatting import count_noun, format_count, format_share
from corpus_audit.export.inputs import AuditedSource, ExportInputs
from corpus_audit.vocabulary import NOT_RECORDED, Answer, ConsentState, Modality, TermsConflict

Values = tuple[Value, ...]


@dataclass(frozen=True)
class Fact:
    """One line of the assessment: what it is about, and how its values are found."""

    label: LocalizedText
    values: Callable[[ExportInputs], Values]


def _said(en: str, zh: str, reference: str, basis: Basis = Basis.DERIVED) -> Values:
    return says(LocalizedText(en=en, zh=zh), basis, reference)


def _of(count: int, whole: int, noun: str, noun_zh: str, reference: str, basis: Basis = Basis.DERIVED) -> Values:
    """Return how many of all something holds for; of none at all, that there is nothing to judge."""
    if not whole:
        return _said("nothing to judge", "没有可评判的内容", reference, basis)
    return _said(f"{count} of {count_noun(whole, noun)}", f"{whole}{noun_zh}中有{count}{noun_zh[0]}", reference, basis)


def _sources_that(
    holds: Callable[[AuditedSource], bool], reference: str, basis: Basis = Basis.DECLARED
) -> Callable[[ExportInputs], Values]:
    """Return a fact that counts sources: so many of all."""

    def values(inputs: ExportInputs) -> Values:
        count, whole = groups.count_where(inputs.sources, holds), len(inputs.sources)
        return _of(count, whole, "source", "个来源", reference, basis)

    return values


def _personal_information(inputs: ExportInputs) -> Values:
    count = format_count(inputs.dataset["personal_information_records"])
    found = inputs.coverage.looked_at(count)
    off = ", ".join(inputs.detectors_off)
    return _said(
        found.en + (f"; not looked for: {off}" if off else ""),
        found.zh + (f"；未检测的类型：{off}" if off else ""),
        "dataset.personal_information_records",
        Basis.MEASURED,
    )


def _share(column: str) -> Callable[[ExportInputs], Values]:
    def values(inputs: ExportInputs) -> Values:
        share = format_share(inputs.dataset[column])
        return _said(f"{share} of the text", f"占文本的{share}".replace(" %", "%"), f"dataset.{column}", Basis.MEASURED)

    return values


def _models_that(holds: Callable[[Mapping[str, object]], bool], reference: str) -> Callable[[ExportInputs], Values]:
    def values(inputs: ExportInputs) -> Values:
        models = inputs.rows("models")
        count = sum(1 for row in models if holds(row))
        return _of(count, len(models), "model", "个模型", reference)

    return values


def _conflicts(inputs: ExportInputs) -> Values:
    rows = inputs.rows("overlaps")
    count = sum(1 for row in rows if row["terms_conflict"] == TermsConflict.CONFLICTING)
    unlisted = sum(row["unlisted_pairs"] for row in inputs.rows("common_texts"))
    left_out = _said(
        f"up to {format_count(unlisted)} more pairs of sources share common texts and were not compared",
        f"另有至多{format_count(unlisted)}对来源含相同的常见文本，未逐对比较",
        "common_texts.unlisted_pairs",
    )
    found = _of(count, len(rows), "overlap of sources", "对含重复内容的来源", "overlaps.terms_conflict")
    return (*found, *left_out) if unlisted else found


def _not_permitted(inputs: ExportInputs) -> Values:
    rows = [row for row in inputs.rows("purposes") if row["intended"] == Answer.YES]
    if not rows:
        return ()
    denied, unknown = ({row["source_id"] for row in rows if row["permitted"] == answer} for answer in ("no", "unknown"))
    return _said(
        f"not permitted for {count_noun(len(denied), 'source')}; "
        f"not known for {count_noun(len(unknown - denied), 'source')}",
        f"{len(denied)}个来源不允许；{len(unknown - denied)}个来源不明",
        "purposes.permitted",
    )


def _people(column: str) -> Callable[[ExportInputs], Values]:
    """Return a fact that counts declared people by what is documented of their consent."""

    def values(inputs: ExportInputs) -> Values:
        states = _count_states(inputs.evidence["subjects"], column)
        return _documented(states, f"subjects.{column}")

    return values


def _the_dead(inputs: ExportInputs) -> Values:
    people = inputs.evidence["subjects"]
    dead = people.filter(pc.field("deceased") == Answer.YES.value)
    return _documented(_count_states(dead, "state"), "subjects.deceased, subjects.state")


def _count_states(people: pa.Table, column: str) -> Mapping[str, int]:
    counted = pc.value_counts(people[column]).to_pylist()
    return {row["values"]: row["counts"] for row in counted if row["values"] != Answer.NOT_APPLICABLE}


def _documented(states: Mapping[str, int], reference: str) -> Values:
    """Return the number of people with a documented authorisation; nothing if no person is declared."""
    whole = sum(states.values())
    if not whole:
        return ()
    count = format_count(states.get(ConsentState.DOCUMENTED, 0))
    return _said(
        f"authorisation documented for {count} of {format_count(whole)} declared people",
        f"已声明{format_count(whole)}人，其中{count}人的授权有证据",
        reference,
    )


def _reserved(inputs: ExportInputs) -> Values:
    rows = inputs.rows("opt_outs")
    if not any(row["snapshots"] for row in rows):
        return ()
    reference = "opt_outs.records_reserved"
    reserved, records = (sum(row[name] for row in rows) for name in ("records_reserved", "records"))
    if not records:
        return _said("no record has an address", "所有记录均无网址", reference)
    count, whole = format_count(reserved), format_count(records)
    return _said(f"{count} of {whole} records with an address", f"{whole}条有网址的记录中有{count}条", reference)


def _intended_uses(inputs: ExportInputs) -> Values:
    return declared(", ".join(inputs.manifest.dataset.intended_uses) or None, "/dataset/intended_uses")


def _languages(inputs: ExportInputs) -> Values:
    return declared(", ".join(inputs.manifest.dataset.languages) or None, "/dataset/languages")


def _fingerprint(inputs: ExportInputs) -> Values:
    return _said(
        f"manifest sha256 {inputs.manifest_sha256}; {len(inputs.markers)} stages with sha256 of inputs and outputs; "
        f"seed {inputs.parameters['seed']}",
        f"清单 sha256 {inputs.manifest_sha256}；{len(inputs.markers)} 个阶段均记录输入输出的 sha256；"
        f"随机种子 {inputs.parameters['seed']}",
        "audit.json, markers",
        Basis.MEASURED,
    )


def _left_to_a_person(_inputs: ExportInputs) -> Values:
    """Return nothing: no manifest field and no measure answers this, so the form prints that it is not recorded."""
    return ()


def _text_tokens(inputs: ExportInputs) -> Values:
    tokens = groups.total(inputs.sources, Modality.TEXT, "tokens")
    return _said(f"{format_count(tokens)} tokens", f"{format_count(tokens)}个词元", "content.tokens", Basis.MEASURED)


FACTS: Mapping[int, tuple[Fact, ...]] = {
    1: (
        Fact(
            LocalizedText(en="Origin recorded", zh="来源有记录"),
            _sources_that(lambda source: groups.origin(source) != NOT_RECORDED, "sources.origin"),
        ),
        Fact(
            LocalizedText(en="Collector recorded", zh="收集者有记录"),
            _sources_that(lambda source: source.claims.collector != NOT_RECORDED, "sources.collector"),
        ),
        Fact(
            LocalizedText(en="License resolved", zh="许可证可识别"),
            _sources_that(
                lambda source: source.evidence["license_state"] == "resolved", "sources.license_state", Basis.DERIVED
            ),
        ),
        Fact(
            LocalizedText(en="License evidence in place", zh="许可证文本齐备"),
            _sources_that(
                lambda source: source.evidence["license_evidence_state"] == "found",
                "sources.license_evidence_state",
                Basis.DERIVED,
            ),
        ),
    ),
    2: (
        Fact(
            LocalizedText(en="License of the model resolved", zh="模型许可证可识别"),
            _models_that(lambda row: row["license_state"] == "resolved", "models.license_state"),
        ),
        Fact(
            LocalizedText(en="Filing number recorded", zh="备案号有记录"),
            _models_that(lambda row: row["filing_number"] != NOT_RECORDED, "models.filing_number"),
        ),
    ),
    3: (
        Fact(LocalizedText(en="Copies whose terms conflict", zh="重复内容的许可条件冲突"), _conflicts),
        Fact(LocalizedText(en="Intended use permitted by the license", zh="许可证是否允许预期用途"), _not_permitted),
    ),
    4: (
        Fact(
            LocalizedText(en="Personal information found by the detectors", zh="检测器发现的个人信息"),
            _personal_information,
        ),
        Fact(
            LocalizedText(
                en="Found or declared, and no legal basis recorded", zh="发现或声明个人信息但未记录合法性基础"
            ),
            _sources_that(
                lambda source: source.evidence["legal_basis_state"] == NOT_RECORDED,
                "sources.legal_basis_state",
                Basis.DERIVED,
            ),
        ),
    ),
    5: (
        Fact(LocalizedText(en="Text measured", zh="实测文本量"), _text_tokens),
        Fact(LocalizedText(en="Exact copies", zh="完全重复"), _share("exact_duplicate_share")),
        Fact(LocalizedText(en="Near copies", zh="近似重复"), _share("near_duplicate_share")),
        Fact(LocalizedText(en="Largest source", zh="最大来源"), _share("largest_source_share")),
        Fact(LocalizedText(en="Languages", zh="语言"), _languages),
        Fact(
            LocalizedText(en="Truthfulness and objectivity, attested by a person", zh="真实性和客观性（人工确认）"),
            _left_to_a_person,
        ),
    ),
    6: (
        Fact(
            LocalizedText(
                en="People whose face or voice is in the data, with separate authorisation",
                zh="含人脸或人声者的单独授权",
            ),
            _people("likeness_state"),
        ),
    ),
    7: (
        Fact(
            LocalizedText(en="All files as their checksums say", zh="全部文件与校验和一致"),
            _sources_that(
                lambda source: source.evidence["files_verified"] == source.evidence["files"],
                "sources.files_verified",
                Basis.MEASURED,
            ),
        ),
        Fact(LocalizedText(en="Access controls", zh="访问控制"), _left_to_a_person),
    ),
    8: (Fact(LocalizedText(en="People whose face is in the data", zh="数据中含肖像的个人"), _people("face_state")),),
    9: (Fact(LocalizedText(en="People whose voice is in the data", zh="数据中含声音的个人"), _people("voice_state")),),
    10: (Fact(LocalizedText(en="Listener panel on identifiability", zh="可识别性听辨结论"), _left_to_a_person),),
    11: (Fact(LocalizedText(en="People whose voice is in the data", zh="数据中含声音的个人"), _people("voice_state")),),
    12: (Fact(LocalizedText(en="People declared dead", zh="已声明的逝者"), _the_dead),),
    13: (Fact(LocalizedText(en="Intended uses", zh="预期用途"), _intended_uses),),
    16: (Fact(LocalizedText(en="Approval of the ethics review", zh="伦理审查复核批准"), _left_to_a_person),),
    17: (
        Fact(
            LocalizedText(en="Opt-outs checked", zh="已核查退出声明"),
            _sources_that(lambda source: source.claims.opt_outs.checked is Answer.YES, "sources.opt_outs_checked"),
        ),
        Fact(
            LocalizedText(en="Records that a snapshot of an opt-out reserves", zh="快照表明已保留权利的记录"),
            _reserved,
        ),
    ),
    18: (Fact(LocalizedText(en="What makes the audit repeatable", zh="可复核要素"), _fingerprint),),
}
"""The facts of each requirement by its number."""
