"""Language tags for language names in descriptions of corpora."""

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

_NAMES = """
    Afrikaans af, Albanian sq, Amharic am, Arabic ar, Modern Standard Arabic arb, Armenian hy, Assamese as,
    Azerbaijani az, Basque eu, Belarusian be, Bengali bn, Bosnian bs, Bulgarian bg, Burmese my, Cantonese yue,
    Catalan ca, Cebuano ceb, Chinese zh, Simplified Chinese zh-Hans, Traditional Chinese zh-Hant, Mandarin cmn,
    Mandarin Chinese cmn, Croatian hr, Czech cs, Danish da, Dutch nl, English en, Esperanto eo, Estonian et,
    Filipino fil, Finnish fi, French fr, Galician gl, Georgian ka, German de, Greek el, Gujarati gu, Haitian Creole ht,
    Hausa ha, Hebrew he, Hindi hi, Hungarian hu, Icelandic is, Igbo ig, Indonesian id, Irish ga, Italian it,
    Japanese ja, Javanese jv, Kannada kn, Kazakh kk, Khmer km, Kinyarwanda rw, Korean ko, Kurdish ku, Kyrgyz ky, Lao lo,
    Latin la, Latvian lv, Lithuanian lt, Luxembourgish lb, Macedonian mk, Malagasy mg, Malay ms, Standard Malay zsm,
    Malayalam ml, Maltese mt, Maori mi, Marathi mr, Mongolian mn, Nepali ne, Norwegian no, Odia or, Oriya or, Pashto ps,
    Persian fa, Farsi fa, Polish pl, Portuguese pt, Punjabi pa, Quechua qu, Romanian ro, Russian ru, Samoan sm,
    Sanskrit sa, Scottish Gaelic gd, Serbian sr, Shona sn, Sindhi sd, Sinhala si, Slovak sk, Slovenian sl, Somali so,
    Spanish es, Sundanese su, Swahili sw, Swedish sv, Tagalog tl, Tajik tg, Tamil ta, Tatar tt, Telugu te, Thai th,
    Tibetan bo, Tigrinya ti, Turkish tr, Turkmen tk, Twi tw, Ukrainian uk, Urdu ur, Uyghur ug, Uzbek uz, Vietnamese vi,
    Welsh cy, Wolof wo, Xhosa xh, Yiddish yi, Yoruba yo, Zulu zu,
    Code zxx, Programming zxx, Python zxx, Java zxx, JavaScript zxx, C++ zxx, SQL zxx, Logic zxx, Mathematics zxx
"""
_TAGS = {
    name.lower(): tag for name, tag in (entry.strip().rsplit(" ", 1) for entry in _NAMES.split(",") if entry.strip())
}
"""ISO 639 codes by English name; 'zxx' is the tag of what is in no human language, such as code."""


def language_tag(value: str) -> str | None:
    """Return the tag of a language given by tag or by English name, None when it is neither."""
    named = _TAGS.get(value.strip().lower())
    if named is not None:
        return named
    return value.replace("_", "-") if _TAG.fullmatch(value.replace("_", "-")) else None
