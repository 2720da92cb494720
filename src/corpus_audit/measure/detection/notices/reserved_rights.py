"""Sentences that reserve rights: all rights reserved, confidential, not for distribution."""

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.notices.statements import any_of, statement
from corpus_audit.vocabulary import SpanKind

_ALL_RIGHTS = any_of(
    r"(?i:all rights reserved)\b",
    r"(?i:alle rechte vorbehalten)\b",
    r"(?i:tous droits r(?:é|É)serv(?:é|É)s)",
    r"(?i:todos los derechos reservados)\b",
    r"(?i:tutti i diritti (?:sono )?riservati)\b",
    r"(?i:todos os direitos reservados)\b",
    r"(?i:alle rechten voorbehouden)\b",
    r"(?i:wszelkie prawa zastrze(?:ż|Ż)one)",
    "(?:В|в)се права защищены|ВСЕ ПРАВА ЗАЩИЩЕНЫ",
    "保留所有权利|保留一切权利|保留所有權利|版权所有|版權所有|翻印必究|著作权所有|著作權所有",
    "不許複製|著作権所有|全著作権所有",
    "모든 (?:권리|저작권)(?:를|을|가|이)? ?(?:보유|유보)|모든 저작권은",
)
_CONFIDENTIAL = any_of(
    "(?i:(?:strictly|highly|company|commercial in|proprietary and|privileged and) confiden(?:tial|ce)"
    "|confidential (?:and proprietary|information of|property of|material|- do not)"
    "|this (?:document|email|message|file) (?:is|contains) (?:strictly |highly )?confidential|trade secrets? of)\\b",
    r"(?i:(?:streng|absolut) vertraulich|vertrauliches (?:dokument|material)|nur (?:für den|zum) internen gebrauch)\b",
    r"(?i:(?:strictement|hautement) confidentiel|document confidentiel|usage (?:strictement )?interne uniquement)",
    r"(?i:(?:estrictamente|altamente) confidencial|documento confidencial|(?:solo|sólo) para uso interno)\b",
    r"(?i:strettamente (?:confidenziale|riservato)|documento (?:riservato|confidenziale)|solo per uso interno)\b",
    r"(?i:estritamente confidencial|apenas para uso interno|uso interno exclusivo)\b",
    r"(?i:strikt vertrouwelijk|vertrouwelijk (?:document|(?:-|–|—) )|alleen voor intern gebruik)\b",
    r"(?i:poufne ?(?:-|–|—) ?nie)\b",
    r"(?i:(?:ś|Ś)ciśle (?:poufne|tajne)|dokument poufny|(?:tylko|wyłącznie) do użytku wewnętrznego)\b",
    r"(?:С|с)трого конфиденциально|Конфиденциально(?:\.| (?:-|–|—) )|КОНФИДЕНЦИАЛЬНО",
    "(?:С|с)овершенно секретно|(?:Д|д)ля служебного пользования",
    "商业秘密|商業秘密|營業秘密|内部资料|內部資料|绝密|機密文件|机密文件|保密文件",
    "社外秘|部外秘|極秘|機密文書",
    "대외비|극비 ?문서|기밀 ?문서|영업비밀",
)
_DISTRIBUTION = any_of(
    "(?i:(?:do not|not for|may not be) (?:re)?distribut(?:e|ed|ion)|not for (?:public )?release"
    "|no part of this (?:publication|book|work) may be)\\b",
    # In lower case it speaks of a function, not of a document.
    "INTERNAL USE ONLY",
    r"(?i:weitergabe (?:an dritte )?(?:ist )?(?:nicht (?:gestattet|erlaubt)|untersagt|verboten))\b",
    r"(?i:nachdruck [^.\n]{0,30}?(?:verboten|untersagt|nicht gestattet))\b",
    r"(?i:(?:reproduction|diffusion)(?: m\S{2,3}me)?(?: partielle)?,?(?: est)?(?: strictement)? interdite)\b",
    r"(?i:ne pas diffuser)\b",
    r"(?i:no difundir|(?:queda )?prohibida (?:su |la )?(?:reproducción|distribución|difusión)|no distribuir)\b",
    r"(?i:vietata la (?:riproduzione|diffusione|distribuzione)|riproduzione riservata)\b",
    r"(?i:(?:riproduzione|diffusione) (?:è )?vietata)\b",
    r"(?i:não (?:divulgar|distribuir))\b",
    r"(?i:proibida a (?:reprodução|distribuição|divulgação)|(?:reprodução|distribuição) proibida)\b",
    r"(?i:niet (?:verder )?verspreiden|niet (?:voor|ter) (?:verdere )?verspreiding|verspreiding (?:is )?verboden)\b",
    r"(?i:nie rozpowszechniać|zakaz (?:kopiowania|rozpowszechniania))",
    r"(?i:kopiowanie [^.\n]{0,30}?zabronione|zabrania się (?:kopiowania|rozpowszechniania))\b",
    "(?:К|к)опирование[^.\n]{0,60}?запрещен|(?:П|п)ерепечатка[^.\n]{0,40}?запрещена",
    "(?:Н|н)е (?:распространять|разглашать)|НЕ РАСПРОСТРАНЯТЬ",
    "(?:Р|р)аспространение[^.\n]{0,40}?запрещено",
    "仅供内部|僅供內部|请勿外传|請勿外傳|禁止外传|禁止外傳|禁止转载|禁止轉載|未经(?:书面)?(?:许可|授权)(?:，|,)?(?:不得|禁止|严禁)",
    "未經(?:書面)?(?:許可|授權|同意)(?:，|,)?(?:不得|禁止|嚴禁)",
    "無断(?:転載|複製|使用|引用)(?:(?:・)?(?:転載|複製|使用|引用))*(?:を|は)?(?:固く)?(?:禁|厳禁|お断り)|転載禁止|複製禁止|(?:転載|複製)(?:・(?:転載|複製))?(?:を|は)(?:固く)?(?:禁じ|禁止|お断り)",
    "무단 ?(?:전재|복제|배포|사용)(?:(?: ?및 ?|·|, ?| )(?:전재|복제|재배포|배포|사용))*(?:을|를)? ?"
    "(?:금지|금합니다|금함)",
)

ALL_RIGHTS_RESERVED: Detector = statement("ALL_RIGHTS_RESERVED", SpanKind.NOTICE, _ALL_RIGHTS, reach=80)
CONFIDENTIAL: Detector = statement("CONFIDENTIAL", SpanKind.NOTICE, _CONFIDENTIAL, reach=96)
DO_NOT_DISTRIBUTE: Detector = statement("DO_NOT_DISTRIBUTE", SpanKind.NOTICE, _DISTRIBUTION, reach=160)
