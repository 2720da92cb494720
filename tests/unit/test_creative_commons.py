"""Which Creative Commons license a name or an address says, in the languages of its deeds."""

import pytest

from corpus_audit.measure.detection.creative_commons import parse_address, parse_name

NAMES = {
    "CC BY-SA 4.0 International": "CC-BY-SA-4.0",
    "CC-BY-4.0 International": "CC-BY-4.0",
    "CC BY v4.0": "CC-BY-4.0",
    "ccbync4.0": "CC-BY-NC-4.0",
    "CC_BY_NC_4.0": "CC-BY-NC-4.0",
    "CC-BY-NC-ND 4": "CC-BY-NC-ND-4.0",
    "BY-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "CC BY 4.0 or later": "CC-BY-4.0",
    "CC BY-NC-SA": "CC-BY-NC-SA",
    "CC BY 3.0 US": "CC-BY-3.0-US",
    "CC BY 3.0 (DE)": "CC-BY-3.0-DE",
    "CC BY 4.0 (Germany)": "CC-BY-4.0",
    "CC-BY-2.1-ES": "CC-BY-2.1-ES",
    "CC0": "CC0-1.0",
    "Creative Commons Zero v1.0 Universal": "CC0-1.0",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "Public Domain Mark 1.0": "CC-PDM-1.0",
    "Attribution-NonCommercial 3.0 IGO": "CC-BY-NC-3.0-IGO",
    "Creative Commons Attribution-Share Alike 3.0 Unported License": "CC-BY-SA-3.0",
    "Creative Commons Attribution-NonCommercial-NoDerivs 3.0 England and Wales": "CC-BY-NC-ND-3.0-UK",
    "Creative Commons Attribution 4.0 International (CC BY 4.0)": "CC-BY-4.0",
    "CC BY-SA 4.0 (Attribution-ShareAlike)": "CC-BY-SA-4.0",
    "Creative Commons Namensnennung - Nicht kommerziell - Weitergabe unter gleichen Bedingungen 3.0 Deutschland Lizenz":
        "CC-BY-NC-SA-3.0-DE",
    "Creative Commons Attribution - Pas d'Utilisation Commerciale - Pas de Modification 3.0 France":
        "CC-BY-NC-ND-3.0-FR",
    "Creative Commons Reconocimiento-NoComercial-SinObraDerivada 4.0 Internacional": "CC-BY-NC-ND-4.0",
    "Creative Commons Attribuzione - Non commerciale - Non opere derivate 4.0 Internazionale": "CC-BY-NC-ND-4.0",
    "Creative Commons Atribuição-NãoComercial-CompartilhaIgual 4.0 Internacional": "CC-BY-NC-SA-4.0",
    "Creative Commons Naamsvermelding-GelijkDelen 4.0 Internationaal": "CC-BY-SA-4.0",
    "Creative Commons Uznanie autorstwa-Na tych samych warunkach 3.0 Polska": "CC-BY-SA-3.0-PL",
    "Лицензия Creative Commons «С указанием авторства — С сохранением условий» 4.0 Международная": "CC-BY-SA-4.0",
    "知识共享署名-非商业性使用-相同方式共享 4.0 国际许可协议": "CC-BY-NC-SA-4.0",
    "創用 CC 姓名標示-非商業性-禁止改作 3.0 台灣 授權條款": "CC-BY-NC-ND-3.0-TW",
    "クリエイティブ・コモンズ 表示 - 非営利 - 継承 4.0 国際 ライセンス": "CC-BY-NC-SA-4.0",
    "크리에이티브 커먼즈 저작자표시-비영리-변경금지 2.0 대한민국 라이선스": "CC-BY-NC-ND-2.0-KR",
}  # fmt: skip

NO_NAMES = (
    "Attribution",
    "Attribution 4.0",
    "zero",
    "null",
    "CC NC",
    "CC BY 5.0",
    "CC BY-SA-ND 4.0",
    "CC BY 4.0, CC BY-SA 4.0",
    "CC BY 4.0 or CC BY-SA 4.0",
    "CC BY-SA 3.0 and GFDL",
    "Creative Commons Attribution 4.0 International (CC BY-NC 4.0)",
    "cc: bob",
)

ADDRESSES = {
    "https://creativecommons.org/licenses/by-sa/3.0/deed.fr": "CC-BY-SA-3.0",
    "http://creativecommons.org/licenses/by-nc/4.0/deed.zh-hans": "CC-BY-NC-4.0",
    "https://creativecommons.org/licenses/by/4.0/deed.es_ES": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/legalcode.fr": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/legalcode.txt": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/3.0/de/": "CC-BY-SA-3.0-DE",
    "https://creativecommons.org/licenses/by-sa/3.0/fr/legalcode.fr": "CC-BY-SA-3.0-FR",
    "https://creativecommons.org/licenses/by-nc-sa/2.5/scotland/": "CC-BY-NC-SA-2.5-SCOTLAND",
    "//creativecommons.org/licenses/by/3.0/igo/deed.en": "CC-BY-3.0-IGO",
    "creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "www.creativecommons.org/licenses/by-nd-nc/1.0": "CC-BY-NC-ND-1.0",
    "https://creativecommons.org/licenses/by/": "CC-BY",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.de": "CC0-1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/": "CC-PDM-1.0",
}

NO_ADDRESSES = (
    "https://creativecommons.org/about",
    "https://creativecommons.org/licenses/by/4.2/",
    "https://creativecommons.org/licenses/by-xx/4.0/",
    "https://example.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by/4.0/deed.fr/evil",
)


@pytest.mark.parametrize(("name", "license_id"), NAMES.items())
def test_a_name_is_read(name, license_id):
    assert parse_name(name).ported_id == license_id


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_says_too_little_or_too_much_is_not_read(name):
    assert parse_name(name) is None


@pytest.mark.parametrize(("address", "license_id"), ADDRESSES.items())
def test_an_address_is_read(address, license_id):
    assert parse_address(address).ported_id == license_id


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_another_address_is_not_read(address):
    assert parse_address(address) is None
