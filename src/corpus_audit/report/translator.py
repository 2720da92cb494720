"""Translation into one language: a gettext catalogue, and the choice among multilingual texts.

English is what the code and the templates say, and has no catalogue. That of another language is compiled at its first
use and kept under the digest of its text: what people edit is what is read, and nothing compiled can be stale.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO

from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.report.sections import LocalizedTextModel
from corpus_audit.vocabulary import Language

DOMAIN = "corpus_audit"
_TAGS = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}
_NAMES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


@dataclass(frozen=True)
class Translator:
    """How one language says what a report has to say. Calling it translates a message."""

    language: Language
    catalogue: NullTranslations

    def __call__(self, message: str) -> str:
        """Return *message* in this language; nothing stays nothing."""
        return self.catalogue.gettext(message) if message else ""

    def count(self, one: str, many: str, count: int) -> str:
        """Return the message for a number of things."""
        return self.catalogue.ngettext(one, many, count)

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the noun that follows a number in a text of this language, such as a pack brings along."""
        from babel import Locale

        return one if Locale(self.language).plural_form(count) == "one" else many

    def choose(self, text: LocalizedTextModel) -> str:
        """Return the text of this language."""
        return str(getattr(text, self.language))

    def join(self, parts: Iterable[str]) -> str:
        """Return *parts* as an enumeration."""
        return self(", ").join(parts)

    def follow(self, sentences: Iterable[str]) -> str:
        """Return sentences one after another; empty ones leave no gap, and full-width stops need none."""
        return ("" if self.language == Language.CHINESE else " ").join(filter(None, sentences))

    @property
    def tag(self) -> str:
        """The language for the ``lang`` attribute of a page (BCP 47)."""
        return _TAGS[self.language]

    @property
    def name(self) -> str:
        """The language as its own speakers call it."""
        return _NAMES[self.language]


@cache
def words_in(language: Language) -> Translator:
    """Return the words of a language."""
    return Translator(language, NullTranslations() if language == Language.ENGLISH else _read_catalogue(language))


def _read_catalogue(language: Language) -> GNUTranslations:
    path = files("corpus_audit.report") / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    written = path.read_bytes()
    name = f"catalogues/{hashlib.sha256(version('babel').encode() + written).hexdigest()}.mo"
    compiled = read_kept(name)
    if compiled is None:
        compiled = _compile(written, language)
        keep(name, compiled)
    return GNUTranslations(BytesIO(compiled))


def _compile(written: bytes, language: Language) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(written), language))
    return compiled.getvalue()
