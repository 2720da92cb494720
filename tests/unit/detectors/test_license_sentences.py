"""Sentences that license, reserve or limit, in twelve languages, and sentences that only speak of it."""

import pytest

from corpus_audit.measure.detection.notices import (
    confidentiality,
    license_notice,
    public_license_mark,
    reserved_rights,
    training_reservation,
)
from unit.detectors.noticed import noticed_alone, said

LICENSES = {
    "licensed under the GPL-3.0 license": "GPL-3.0",
    "This project is licensed under the MIT License - see the LICENSE file for details.": "MIT",
    "Released under GPLv2+": "GPL-2.0-or-later",
    "dual-licensed under Apache 2.0 or BSD3": "Apache-2.0 OR BSD-3-Clause",
    "Dual licensed under the MIT or GPL Version 2 licenses.": "GPL-2.0 OR MIT",
    "Dual licensed under the MIT and GPL licenses.": "GPL OR MIT",
    "License: MIT & GPL": "GPL AND MIT",
    "Licensed under either of Apache License, Version 2.0 or MIT license at your option.": "Apache-2.0 OR MIT",
    "dual-licensed: MIT and PSF": "MIT OR PSF-2.0",
    "distributed under the terms of the GNU GPL v3 or later": "GPL-3.0-or-later",
    "licensed under the terms of version 2 or (at your option) any later version of the GPL": "GPL-2.0-or-later",
    "licensed under the GNU\n# Affero General Public License v3": "AGPL-3.0",
    "licensed under the GNU Lesser General Public License (LGPL) version 2.1": "LGPL-2.1",
    "Released under the BSD license": "BSD",
    "available under the 3-clause BSD license": "BSD-3-Clause",
    "licensed under the Mozilla Public License 2.0": "MPL-2.0",
    "Licensed under the EUPL v1.2": "EUPL-1.2",
    "licensed under the Llama 3.1 Community License": "LicenseRef-llama-3.1-license-2024",
    "released into the public domain": "LicenseRef-public-domain",
    "This work is in the public domain.": "LicenseRef-public-domain",
    "To the extent possible under law, Jo has waived all copyright and related or neighboring rights": "CC0-1.0",
    "licensed under the terms of the European Union Public Licence v. 1.2": "EUPL-1.2",
    "licensed under the Community Data License Agreement – Permissive – Version 2.0": "CDLA-Permissive-2.0",
    "Gemma is provided under and subject to the Gemma Terms of Use": "LicenseRef-gemma-tou-2025-03-24",
    "Licensed under the BigScience RAIL License": "LicenseRef-bigscience-rail-1.0",
    "released under the CreativeML OpenRAIL-M license": "LicenseRef-stable-diffusion-2022-08-22",
    "This code is MIT licensed.": "MIT",
    "an Apache-2.0-licensed library": "Apache-2.0",
    "на условиях лицензии GNU GPL версии 3": "GPL-3.0",
    "## License\n\nMIT": "MIT",
    "# License\n[Apache 2.0](LICENSE)": "Apache-2.0",
    "License: BSD-3-Clause": "BSD-3-Clause",
    " * @license MIT": "MIT",
    '__license__ = "Apache 2.0"': "Apache-2.0",
    "MIT License\n\nCopyright (c) 2020 X": "MIT",
    "Dieses Projekt steht unter der MIT-Lizenz.": "MIT",
    "Veröffentlicht unter den Bedingungen der GNU GPL Version 3": "GPL-3.0",
    "Lizenz: Apache 2.0": "Apache-2.0",
    "Ce logiciel est distribué sous licence MIT.": "MIT",
    "publié sous les termes de la licence GPLv3": "GPL-3.0",
    "Este proyecto está bajo la licencia MIT": "MIT",
    "rilasciato sotto licenza Apache 2.0": "Apache-2.0",
    "licenciado sob a licença MIT": "MIT",
    "Dit project valt onder de MIT-licentie": "MIT",
    "Projekt na licencji MIT": "MIT",
    "Проект распространяется под лицензией MIT": "MIT",
    "Лицензия: MIT": "MIT",
    "本项目采用 MIT 许可证": "MIT",
    "本项目基于 GPLv3 协议发布": "GPL-3.0",
    "采用木兰宽松许可证第2版": "MulanPSL-2.0",
    "许可证：Apache 2.0": "Apache-2.0",
    "このソフトウェアはMITライセンスの下で公開されています": "MIT",
    "이 프로젝트는 MIT 라이선스에 따라 배포됩니다": "MIT",
}

NO_LICENSES = (
    "studied at MIT under Minsky",
    "We met under the Apache helicopter",
    "The GPL is a copyleft license",
    "students released by MIT researchers",
    "BSD systems",
    "distributed by BSD users",
    "released under embargo",
    "The software provided by MIT is",
    "provided by the ISC project",
    "published by MIT Press",
    "License: MITRE",
    "The novel is in the public domain in some countries",
    "MIT, which licensed the patent",
    "students modified under MIT rules",
    "License: BSD-3-Clause-Open-MPI",
    "使用 MIT 的课程",
    "unter MIT-Forschern",
    "sous la direction du MIT",
)

LIMITS = {
    "For non-commercial use only": "LicenseRef-non-commercial",
    "This dataset is for non-commercial research purposes only.": "LicenseRef-non-commercial",
    "It may not be used for commercial purposes.": "LicenseRef-non-commercial",
    "Commercial use is strictly prohibited.": "LicenseRef-non-commercial",
    "Nur für den privaten, nicht-kommerziellen Gebrauch": "LicenseRef-non-commercial",
    "Kommerzielle Nutzung ist untersagt.": "LicenseRef-non-commercial",
    "usage non commercial uniquement": "LicenseRef-non-commercial",
    "utilisation commerciale interdite": "LicenseRef-non-commercial",
    "prohibido su uso comercial": "LicenseRef-non-commercial",
    "vietato l'uso commerciale": "LicenseRef-non-commercial",
    "apenas para uso não comercial": "LicenseRef-non-commercial",
    "alleen voor niet-commercieel gebruik": "LicenseRef-non-commercial",
    "wyłącznie do użytku niekomercyjnego": "LicenseRef-non-commercial",
    "Только для некоммерческого использования": "LicenseRef-non-commercial",
    "仅供非商业用途": "LicenseRef-non-commercial",
    "禁止用于商业用途": "LicenseRef-non-commercial",
    "商用利用は禁止です": "LicenseRef-non-commercial",
    "비상업적 용도로만 사용": "LicenseRef-non-commercial",
    "for research purposes only": "LicenseRef-research-only",
    "For academic use only": "LicenseRef-research-only",
    "仅用于学术研究。": "LicenseRef-research-only",
    "研究目的に限ります": "LicenseRef-research-only",
}

NO_LIMITS = (
    "a non-commercial radio station",
    "used for commercial and non-commercial purposes",
    "for commercial use",
    "für kommerzielle Nutzung",
    "research only shows",
    "商业用途广泛",
    "仅用于研究生",
)

CREATIVE_COMMONS = {
    "licensed under a Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License":
        "CC-BY-NC-SA-4.0",
    "Text is available under the Creative Commons Attribution-ShareAlike License 4.0; more terms": "CC-BY-SA-4.0",
    "available under the Creative Commons Attribution-ShareAlike License. Version 2 of the page": "CC-BY-SA",
    "# under the Creative Commons\n# Attribution 4.0 International License": "CC-BY-4.0",
    "本作品采用知识共享署名-非商业性使用 4.0": "CC-BY-NC-4.0",
    "lizenziert unter einer Creative Commons Namensnennung - Nicht kommerziell 4.0 International Lizenz":
        "CC-BY-NC-4.0",
    "la Licence Creative Commons Attribution - Pas d’Utilisation Commerciale 4.0 International.": "CC-BY-NC-4.0",
    "Licencia Creative Commons Atribución-NoComercial 4.0 Internacional.": "CC-BY-NC-4.0",
    "Licenza Creative Commons Attribuzione 3.0 Italia.": "CC-BY-3.0",
    "クリエイティブ・コモンズ 表示 4.0 国際 ライセンスの下に提供されています。": "CC-BY-4.0",
    "크리에이티브 커먼즈 저작자표시 4.0 국제 라이선스에 따라": "CC-BY-4.0",
    "under CC BY-NC-SA": "CC-BY-NC-SA",
    "license: cc-by-sa-3.0-at": "CC-BY-SA-3.0",
    "CC-BY-SA v4.0": "CC-BY-SA-4.0",
    "https://creativecommons.org/licenses/by-sa/": "CC-BY-SA",
    "https://creativecommons.org/licenses/by-nc/4.0/deed.fr": "CC-BY-NC-4.0",
}  # fmt: skip

NO_CREATIVE_COMMONS = ("Creative Commons is an organisation", "a Creative Commons license", "CC: by 4.0", "cc by Jo")

RESERVED = (
    "Die Nutzung unserer Inhalte für Text und Data Mining gemäß § 44b UrhG ist vorbehalten.",
    "Wir behalten uns Rechte nach § 44b Abs. 3 UrhG ausdrücklich vor: Nutzung untersagt",
    "Conformément à l'article L.122-5-3 du CPI, la fouille de textes et de données est interdite.",
    "Au titre de l’article L. 122-5-3 III du CPI, l'éditeur s'oppose à toute fouille.",
    "本サイトのコンテンツをAIの学習に利用することを禁止します。",
    "無断でのAI学習を禁じます",
    "No part of this book may be used in any manner for the purpose of training artificial intelligence technologies.",
    "The content may not be used by anyone for the purpose of training artificial intelligence.",
    "Any use of this work to train generative AI technologies is expressly prohibited.",
    "All rights, including for text and data mining, AI training, and similar technologies, are reserved.",
    "Article 4 of Directive (EU) 2019/790",
    "vorbehalten im Sinne von Artikel 4 der Richtlinie (EU) 2019/790",
    "au sens de l'article 4 de la directive (UE) 2019/790",
    "Queda prohibida la minería de textos y datos de este sitio.",
    "Se prohíbe el entrenamiento de inteligencia artificial con este contenido",
    "vietato l'uso per addestramento di sistemi di intelligenza artificiale",
    "É proibida a mineração de textos e dados",
    "Het trainen van AI met deze tekst is verboden",
    "Eksploracja tekstów i danych jest zabroniona",
    "Использование материалов для обучения нейросетей запрещено",
    "未經許可不得用於人工智慧訓練",
    "保留文本与数据挖掘的权利",
    "이 콘텐츠를 AI 학습에 사용하는 것을 금지합니다",
)

NOT_RESERVED = (
    "§ 44b UrhG regelt das Text und Data Mining.",
    "l'article L. 122-5-3 prévoit une exception",
    "We study training large language models on code.",
    "we reserve 10% of the data after training generative models",
    "training neural networks cannot be done on a CPU",
    "companies training AI models on books without permission, authors say",
    "studies using text and data mining were excluded",
    "Directive (EU) 2019/790 of the European Parliament",
    "AI学習の方法を説明します",
    "AI 학습 방법을 설명합니다",
    "La fouille de textes et de données progresse",
)

KEPT_BACK = {
    "Alle Rechte vorbehalten.": "ALL_RIGHTS_RESERVED",
    "Tous droits réservés": "ALL_RIGHTS_RESERVED",
    "Wszelkie prawa zastrzeżone": "ALL_RIGHTS_RESERVED",
    "Все права защищены": "ALL_RIGHTS_RESERVED",
    "版權所有": "ALL_RIGHTS_RESERVED",
    "Streng vertraulich": "CONFIDENTIAL",
    "strictement confidentiel": "CONFIDENTIAL",
    "社外秘": "CONFIDENTIAL",
    "無断転載を禁じます": "DO_NOT_DISTRIBUTE",
    "무단 전재 및 재배포 금지": "DO_NOT_DISTRIBUTE",
    "Ściśle poufne": "CONFIDENTIAL",
    "転載・複製を禁じます": "DO_NOT_DISTRIBUTE",
    "무단전재 및 재배포 금지": "DO_NOT_DISTRIBUTE",
    "Vietata la riproduzione": "DO_NOT_DISTRIBUTE",
}


def _cases(detector, said):
    return [pytest.param(detector, text, [name], id=f"{name}-{text[:24]!r}") for text, name in said.items()]


def _silent(detector, texts):
    return [pytest.param(detector, text, [], id=f"nothing-{text[:24]!r}") for text in texts]


@pytest.mark.parametrize(
    ("detector", "text", "names"),
    [
        *_cases(license_notice.DETECTOR, LICENSES | LIMITS),
        *_silent(license_notice.DETECTOR, NO_LICENSES + NO_LIMITS),
        *_cases(public_license_mark.DETECTOR, CREATIVE_COMMONS),
        *_silent(public_license_mark.DETECTOR, NO_CREATIVE_COMMONS),
    ],
)
def test_a_license_is_named_by_what_the_sentence_says(detector, text, names):
    assert said(text, detector) == names


@pytest.mark.parametrize("text", RESERVED)
def test_a_reservation_is_found(text):
    assert set(said(text, training_reservation.DETECTOR)) == {"TRAINING_RESERVATION"}


@pytest.mark.parametrize("text", NOT_RESERVED)
def test_what_is_only_spoken_of_is_no_reservation(text):
    assert said(text, training_reservation.DETECTOR) == []


def test_an_article_that_is_only_named_counts_less_than_one_that_reserves():
    texts = ["Article 4 of Directive (EU) 2019/790", "reserved by Article 4 of Directive (EU) 2019/790"]
    named, reserving = (row["score"] for row in noticed_alone(texts, training_reservation.DETECTOR))
    assert named < reserving


@pytest.mark.parametrize(("text", "entity_type"), KEPT_BACK.items())
def test_rights_are_kept_back_in_other_languages(text, entity_type):
    detectors = (reserved_rights.ALL_RIGHTS_RESERVED, confidentiality.DETECTOR, reserved_rights.DO_NOT_DISTRIBUTE)
    assert said(text, *detectors) == [entity_type]
