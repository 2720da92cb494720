"""Sentences that say of a text what its license is, in twelve languages, and such that suppose, ask or tell of one."""

import pytest

from corpus_audit.measure.detection.notices import license_notice
from unit.detectors.noticed import said

STATED = {
    "All patches here are BSD-2-Clause unless noted.": "BSD-2-Clause",
    "this repo is MIT/Apache-2.0": "Apache-2.0 AND MIT",
    "Everything in this directory is GPLv3 or later.": "GPL-3.0-or-later",
    "The whole theme is GPL-2.0-or-later, have fun": "GPL-2.0-or-later",
    "embed it as the SIL Open Font License 1.1 permits": "OFL-1.1",
    "Der gesamte Code ist GPLv3.": "GPL-3.0",
    "Alle Patches hier sind BSD-2-Clause, sofern nicht anders vermerkt": "BSD-2-Clause",
    "Weitergabe gemäß GNU GPL Version 3": "GPL-3.0",
    "Sie dürfen es zu den Bedingungen der GNU LGPL 2.1 weitergeben": "LGPL-2.1",
    "Dieses Programm unterliegt der GPLv2": "GPL-2.0",
    "redistribuable aux conditions de la GNU GPL version 3": "GPL-3.0",
    "distribué selon les termes de la GPL v2": "GPL-2.0",
    "tout le code est GPLv3": "GPL-3.0",
    "le module est régi par la CeCILL-B": "CECILL-B",
    "se distribuye conforme a la GNU GPL v3": "GPL-3.0",
    "según los términos de la GPL 2.0": "GPL-2.0",
    "todo el código es GPLv3": "GPL-3.0",
    "puede redistribuirlo al amparo de la EUPL 1.2": "EUPL-1.2",
    "distribuito secondo i termini della GPL v3": "GPL-3.0",
    "ai sensi della GNU AGPL 3": "AGPL-3.0",
    "tutto il codice è GPLv3": "GPL-3.0",
    "é distribuído conforme a LGPL 2.1": "LGPL-2.1",
    "segundo a GPL v3": "GPL-3.0",
    "todo o código é AGPL-3.0": "AGPL-3.0",
    "de acordo com os termos da GPL": "GPL",
    "verspreid volgens de GPLv3": "GPL-3.0",
    "alle code is GPLv3": "GPL-3.0",
    "conform de EUPL 1.2": "EUPL-1.2",
    "zgodnie z GNU LGPL w wersji 3": "LGPL-3.0",
    "kod jest objęty GPLv3": "GPL-3.0",
    "udostępniany na zasadach GPLv2": "GPL-2.0",
    "изменяйте её согласно GNU GPL третьей версии": "GPL",
    "код распространяется по GPLv3": "GPL-3.0",
    "весь код — GPLv3": "GPL-3.0",
    "библиотека под LGPL 2.1": "LGPL-2.1",
    "按 GPLv3 发布": "GPL-3.0",
    "本项目所有代码均为 GPL-3.0": "GPL-3.0",
    "GPLv3 に従って再配布できます": "GPL-3.0",
    "このコードは BSD-2-Clause です": "BSD-2-Clause",
    "GPLv3에 따라 배포됩니다": "GPL-3.0",
    "이 코드는 BSD-2-Clause입니다": "BSD-2-Clause",
}
NOT_STATED = (
    "If the library is GPL, you must publish your changes.",
    "Is this code GPLv3?",
    "When the plugin is GPLv3, vendors complain.",
    "The best university is MIT and I went there.",
    "Our server is Apache 2.4 on Linux",
    "The GPL is a license that many dislike",
    "The code is GPL enforcement at its worst",
    "He wrote about the GPL in his blog",
    "Wenn der Code GPLv3 ist, gilt das nicht.",
    "Если код — GPLv3, это неудобно.",
    "si la bibliothèque est GPLv3",
    "Wir arbeiten viel mit GPL-Projekten.",
    "Mit GPL Software kann man Geld verdienen.",
    "Nach der GPL müssen Änderungen offengelegt werden.",
    "Selon la GPL, vous devez fournir les sources.",
    "Narzekał na GPL przez godzinę.",
    "Narzekał na GPL.",
    "Volgens de GPL moet je de broncode leveren.",
    "Согласно GPL вы обязаны предоставить исходники.",
    "Zgodnie z GPL trzeba pokazać kod.",
    "根据GPL,分发者必须提供源代码。",
    "Весь вечер по GPL спорили.",
)


@pytest.mark.parametrize(("text", "name"), STATED.items())
def test_a_predicate_names_the_license(text, name):
    assert said(text, license_notice.DETECTOR) == [name]


@pytest.mark.parametrize("text", NOT_STATED)
def test_what_is_asked_supposed_or_told_of_names_none(text):
    assert said(text, license_notice.DETECTOR) == []
