"""Sentences that reserve rights: all rights reserved, not for distribution."""

import re

from corpus_audit.measure.detection.detector import Candidate, Detector
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.statements import any_of, statement
from corpus_audit.vocabulary import SpanKind

_MAY_NOT = "(?:may|must|shall|can)(?:not| not)"
_COPIED = "(?:reproduced|copied|reprinted|republished|redistributed|transmitted|stored)"
_UNPERMITTED = (
    "without (?:the |our |its |prior |express |explicit |written |in writing |and )*"
    "(?:permission|consent|authori[sz]ation)"
)

_ALL_RIGHTS = any_of(
    r"(?i:all rights reserved)\b",
    r"(?i:alle rechte vorbehalten)\b",
    r"(?i:tous droits r(?:é|É)serv(?:é|É)s)",
    r"(?i:todos los derechos reservados|reservados todos los derechos)\b",
    r"\b(?:Derechos|Direitos) reservados\b",
    r"(?i:tutti i diritti (?:sono )?riservati)\b",
    r"(?i:todos os direitos reservados)\b",
    r"(?i:alle rechten voorbehouden)\b",
    r"(?i:wszelkie prawa zastrze(?:ż|Ż)one)",
    "Все права защищены|ВСЕ ПРАВА ЗАЩИЩЕНЫ",
    "保留所有权利|保留一切权利|保留所有權利|版权所有|版權所有|翻印必究|翻版必究|(?:著作权|版权)归[^\n]{1,24}?所有|著作权所有|著作權所有",
    "不許複製|著作権所有|全著作権所有",
    "모든 (?:권리|저작권)(?:를|을|가|이)? ?(?:보유|유보)|모든 저작권은",
)
_DISTRIBUTION = any_of(
    "(?i:(?:do not|not for|may not be) (?:re)?distribut(?:e|ed|ion)|not for (?:public )?release"
    "|no part of this (?:publication|book|work) may be)\\b",
    rf"(?i:(?:no (?:part|portion) (?:of [^.\n]{{1,40}} )?may|{_MAY_NOT}) be (?:\w+,? ){{0,3}}?{_COPIED}[^.\n]{{0,160}}?"
    rf" {_UNPERMITTED})\b",
    rf"(?i:(?:unauthori[sz]ed )?(?:reproduction|copying|redistribution|republication)[^.\n]{{0,100}}?"
    rf"(?: {_UNPERMITTED}[^.\n]{{0,60}}?)?(?: is| are)(?: \w+)? (?:prohibited|forbidden|not permitted))\b",
    # In lower case it speaks of a function, not of a document.
    "INTERNAL USE ONLY",
    r"(?i:weitergabe (?:an dritte )?(?:ist )?(?:nicht (?:gestattet|erlaubt)|untersagt|verboten))\b",
    r"(?i:(?:verwertung|verwendung|weitergabe|nutzung)[^.\n]{0,40}? ohne [^.\n]{0,40}?(?:zustimmung|genehmigung"
    r"|einwilligung|erlaubnis)[^.\n]{0,40}?(?:unzul(?:ä|Ä)ssig|untersagt|verboten|nicht gestattet|strafbar))\b",
    r"(?i:(?:nachdruck|vervielf(?:ä|Ä)ltigung)[^.\n]{0,60}? (?:verboten|untersagt|nicht gestattet"
    r"|nur mit [^.\n]{0,40}?(?:genehmigung|zustimmung|erlaubnis)))\b",
    r"(?i:(?:reproduction|diffusion),?(?: (?:totale|et|ou|m\S{2,3}me|partielle|int\S{2,3}grale),?){0,4}"
    r"(?: est)?(?: strictement)? interdite)\b",
    r"(?i:ne pas diffuser)\b",
    r"(?i:no difundir|(?:queda )?prohibida (?:su |la )?(?:reproducción|distribución|difusión)|no distribuir)\b",
    r"(?i:vietata la (?:riproduzione|diffusione|distribuzione)|riproduzione riservata)\b",
    r"(?i:(?:riproduzione|diffusione) (?:è )?vietata)\b",
    r"(?i:não (?:divulgar|distribuir))\b",
    r"(?i:proibida a (?:reprodução|distribuição|divulgação)|(?:reprodução|distribuição) proibida)\b",
    r"(?i:niets uit deze (?:uitgave|publicatie) mag (?:zonder [^.\n]{0,60} )?worden (?:\S+ ){0,3}?"
    r"(?:verveelvoudigd|overgenomen))\b",
    r"(?i:(?:overname|vermenigvuldiging|kopi(?:ë|e)ren)[^.\n]{0,60}? (?:niet toegestaan|verboden))\b",
    r"(?i:niet (?:verder )?verspreiden|niet (?:voor|ter) (?:verdere )?verspreiding|verspreiding (?:is )?verboden)\b",
    r"(?i:nie rozpowszechniać|zakaz (?:kopiowania|rozpowszechniania))",
    r"(?i:(?:kopiowanie|powielanie)[^.\n]{0,80}? zabronione|zabrania się (?:kopiowania|rozpowszechniania))\b",
    "(?:К|к)опирование[^.\n]{0,160}?запрещен|(?:П|п)ерепечатка[^.\n]{0,160}?запрещена",
    "(?:Н|н)е (?:распространять|разглашать)|НЕ РАСПРОСТРАНЯТЬ",
    "(?:Р|р)аспространение[^.\n]{0,120}?запрещено",
    "仅供内部|僅供內部|请勿外传|請勿外傳|禁止外传|禁止外傳|禁止转载|禁止轉載|转载请联系作者(?:获得|取得)授权|严禁外泄|嚴禁外洩|未经(?:书面)?(?:许可|授权)(?:，|,)?(?:不得|禁止|严禁)",
    "未經(?:書面)?(?:許可|授權|同意)(?:，|,)?(?:不得|禁止|嚴禁)",
    "無断(?:転載|複製|複写|使用|引用)[^\n]{0,90}?禁じられて",
    "無断(?:転載|複製|複写|使用|引用)(?:(?:・)?(?:転載|複製|複写|使用|引用))*(?:を|は)?(?:固く)?(?:禁|厳禁|お断り)|転載禁止|複製禁止|(?:転載|複製)(?:・(?:転載|複製))?(?:を|は)(?:固く)?(?:禁じ|禁止|お断り)",
    "외부 ?(?:유출|반출|공개) ?(?:금지|불가)",
    "무단 ?(?:전재|복제|배포|사용)(?:(?: ?및 ?|·|, ?| )(?:전재|복제|재배포|배포|사용))*(?:을|를)? ?"
    "(?:금지|금합니다|금함)",
)

_TOLD = re.compile(rb"do\W+not\W+(?:re)?distribute", re.IGNORECASE)
_OF_A_DOCUMENT = re.compile(
    r"\s*(?:[^\w\s]|\Z)|\s+(?:this|these|or|and|copies|outside|without|beyond|further|publicly|externally|to)\b"
    r"|\s+(?:\w+\s+){0,3}?(?:documents?|reports?|files?|texts?|materials?|contents?|information|papers?|drafts?"
    r"|manuscripts?|datasets?|data|copy|book|work)\b|[ \t]*\r?\n",
    re.IGNORECASE,
)


_OF_A_PRACTICE = re.compile(rb"(?:reproduction|copying|redistribution|republication)\W+(?:is|are)\b.*", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[^\w\s]|\Z)|\s+(?:without|in any)\b", re.IGNORECASE)


def _speaks_of_other_things(candidate: Candidate) -> bool:
    """True for *do not distribute the weight unevenly* and the like, which is told of no document."""
    if _TOLD.fullmatch(candidate.value):
        return _OF_A_DOCUMENT.match(prose.after(candidate)) is None
    return _OF_A_PRACTICE.fullmatch(candidate.value) is not None and _ENDS.match(prose.after(candidate)) is None


_GOES_ON = re.compile(r" (?!(?:by|worldwide|in|under|to|the|and|unless|throughout|without|except|herein)\b)[a-z]{2,}")


def _is_part_of_a_sentence(candidate: Candidate) -> bool:
    """True for words in quotation marks, and for *all rights reserved seats*."""
    return prose.is_mentioned(candidate) or _GOES_ON.match(prose.after(candidate)) is not None


ALL_RIGHTS_RESERVED: Detector = statement(
    "ALL_RIGHTS_RESERVED", SpanKind.NOTICE, _ALL_RIGHTS, reach=80, refuses=_is_part_of_a_sentence
)
DO_NOT_DISTRIBUTE: Detector = statement(
    "DO_NOT_DISTRIBUTE", SpanKind.NOTICE, _DISTRIBUTION, reach=200, refuses=_speaks_of_other_things
)
