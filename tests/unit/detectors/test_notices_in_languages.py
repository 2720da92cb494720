"""Three sentences a language and kind, in twelve languages: that license, reserve against training, or restrict."""

import pytest

from corpus_audit.measure.detection.notices import (
    confidentiality,
    license_notice,
    public_license_mark,
    reserved_rights,
    training_reservation,
)
from unit.detectors.noticed import noticed_alone

LICENSING = (
    "This dataset is released under the Apache License 2.0.",
    "The code is MIT-licensed.",
    "Content available under CC BY-SA 4.0 unless otherwise noted.",
    "Der Quelltext steht unter der GPL Version 3.",
    "Dieser Datensatz wird unter der Lizenz CC BY 4.0 veröffentlicht.",
    "Lizenziert unter der Apache-Lizenz, Version 2.0.",
    "Ce jeu de données est publié sous la licence Apache 2.0.",
    "Le code est distribué selon les termes de la Licence publique générale GNU version 3.",
    "Données sous Licence Ouverte 2.0.",
    "Este conjunto de datos se publica bajo la licencia MIT.",
    "Distribuido bajo los términos de la Licencia Pública General de GNU versión 3.",
    "Licenciado bajo Apache 2.0.",
    "Questo dataset è rilasciato con licenza MIT.",
    "Distribuito secondo i termini della licenza GNU GPL versione 3.",
    "Il codice è disponibile sotto licenza Apache 2.0.",
    "Este conjunto de dados está licenciado sob a licença MIT.",
    "Distribuído nos termos da Licença Pública Geral GNU versão 3.",
    "O código é disponibilizado sob a licença Apache 2.0.",
    "Deze dataset is vrijgegeven onder de MIT-licentie.",
    "De code is beschikbaar onder de Apache-licentie 2.0.",
    "Gelicentieerd onder de GPL versie 3.",
    "Zbiór danych udostępniono na licencji MIT.",
    "Kod jest rozpowszechniany na warunkach licencji GNU GPL w wersji 3.",
    "Licencja: Apache 2.0",
    "Набор данных распространяется под лицензией MIT.",
    "Код доступен на условиях лицензии Apache 2.0.",
    "Лицензия: GPL-3.0",
    "本数据集采用 Apache 2.0 许可证发布。",
    "代码以 MIT 协议开源。",
    "本项目遵循 GPL-3.0 协议。",
    "このデータセットはApache License 2.0の下で公開されています。",
    "コードはMITライセンスです。",
    "ライセンス：GPL-3.0",
    "이 데이터셋은 Apache 2.0 라이선스로 배포됩니다.",
    "코드는 MIT 라이선스를 따릅니다.",
    "라이선스: GPL-3.0",
)
RESERVING = (
    "Use of this content for training AI models is prohibited.",
    "We reserve our rights against text and data mining under Article 4 of Directive (EU) 2019/790.",
    "No part of this book may be used to train machine learning systems.",
    "Die Nutzung der Inhalte zum Training von KI-Systemen ist untersagt.",
    "Ein Nutzungsvorbehalt für Text und Data Mining nach § 44b Abs. 3 UrhG wird erklärt.",
    "Diese Texte dürfen nicht zum Trainieren künstlicher Intelligenz verwendet werden.",
    "L'utilisation de ces contenus pour l'entraînement d'une intelligence artificielle est interdite.",
    "Nous nous opposons à la fouille de textes et de données (article L. 122-5-3 du CPI).",
    "Ce texte ne peut être utilisé pour entraîner des modèles d'IA.",
    "Queda prohibido el uso de este contenido para entrenar sistemas de inteligencia artificial.",
    "Se reserva expresamente el derecho de minería de textos y datos (art. 67 del Real Decreto-ley 24/2021).",
    "Este texto no puede utilizarse para el entrenamiento de modelos de IA.",
    "È vietato l'uso di questi contenuti per addestrare sistemi di intelligenza artificiale.",
    "Sono riservati i diritti di estrazione di testo e di dati (art. 70-quater LDA).",
    "Il testo non può essere utilizzato per l'addestramento di modelli di IA.",
    "É proibida a utilização deste conteúdo para treinar sistemas de inteligência artificial.",
    "Reservam-se os direitos de prospeção de textos e dados.",
    "Este texto não pode ser usado para o treino de modelos de IA.",
    "Het is verboden deze inhoud te gebruiken voor het trainen van AI-systemen.",
    "Tekst- en datamining is uitdrukkelijk voorbehouden (art. 15o Auteurswet).",
    "Deze tekst mag niet worden gebruikt om kunstmatige intelligentie te trainen.",
    "Zabrania się wykorzystywania tych treści do trenowania sztucznej inteligencji.",
    "Zastrzega się prawo do eksploracji tekstów i danych (art. 26³ ustawy o prawie autorskim).",
    "Tekst nie może być używany do uczenia modeli AI.",
    "Запрещается использовать материалы для обучения искусственного интеллекта.",
    "Интеллектуальный анализ текстов и данных запрещён.",
    "Этот текст не может использоваться для обучения нейросетей.",
    "未经许可，不得将本内容用于训练人工智能模型。",
    "禁止将本文用于AI训练。",
    "本站内容禁止用于文本和数据挖掘。",
    "本コンテンツのAI学習への利用を禁じます。",
    "本記事を機械学習の学習データとして使用することを禁止します。",
    "無断での生成AIの学習利用はお断りします。",
    "본 콘텐츠를 AI 학습에 이용하는 것을 금지합니다.",
    "무단 전재, 재배포 및 AI 학습 이용 금지",
    "이 글을 인공지능 훈련에 사용할 수 없습니다.",
)
RESTRICTING = (
    "For non-commercial use only.",
    "Confidential – do not distribute.",
    "For academic research purposes only.",
    "Nur für nichtkommerzielle Zwecke.",
    "Streng vertraulich – Weitergabe untersagt.",
    "Nutzung nur zu Forschungszwecken gestattet.",
    "Usage non commercial uniquement.",
    "Document confidentiel, ne pas diffuser.",
    "Réservé à la recherche académique.",
    "Solo para uso no comercial.",
    "Documento confidencial. Prohibida su difusión.",
    "Exclusivamente para fines de investigación.",
    "Solo per uso non commerciale.",
    "Documento riservato, vietata la diffusione.",
    "Esclusivamente per scopi di ricerca.",
    "Apenas para uso não comercial.",
    "Documento confidencial. Não divulgar.",
    "Exclusivamente para fins de pesquisa.",
    "Alleen voor niet-commercieel gebruik.",
    "Vertrouwelijk – niet verspreiden.",
    "Uitsluitend voor onderzoeksdoeleinden.",
    "Wyłącznie do użytku niekomercyjnego.",
    "Poufne – nie rozpowszechniać.",
    "Tylko do celów badawczych.",
    "Только для некоммерческого использования.",
    "Конфиденциально. Не распространять.",
    "Только в исследовательских целях.",
    "仅供非商业用途。",
    "机密文件，请勿外传。",
    "仅限学术研究使用。",
    "非商用利用に限ります。",
    "社外秘、転載禁止。",
    "研究目的に限り利用できます。",
    "비상업적 용도로만 사용할 수 있습니다.",
    "대외비 - 배포 금지",
    "연구 목적으로만 사용 가능합니다.",
)
NAMED = {
    "under the terms of the GNU Free Documentation License, Version 1.3": "GFDL-1.3",
    "GNU Free Documentation License, Version 1.2 or any later version": "GFDL-1.2-or-later",
    "distributed under the conditions of the LaTeX Project Public License, either version 1.3c": "LPPL-1.3c",
    "distribué sous la licence publique générale GNU v3": "GPL-3.0",
    "sous la licence publique générale limitée GNU version 2.1": "LGPL-2.1",
    "bajo la Licencia Pública General Reducida de GNU versión 2.1": "LGPL-2.1",
    "la Licencia Pública General Affero de GNU versión 3": "AGPL-3.0",
    "Die Daten stehen unter der Datenlizenz Deutschland – Namensnennung – Version 2.0": "DL-DE-BY-2.0",
    "https://www.govdata.de/dl-de/zero-2-0": "DL-DE-ZERO-2.0",
    "Données sous Licence Ouverte / Open Licence version 2.0": "etalab-2.0",
    "---\nlicense: apache-2.0\n---\n": "Apache-2.0",
    "license: llama3.1\nlanguage: en": "LicenseRef-llama-3.1-license-2024",
    "Lizenziert unter der Apache-Lizenz, Version 2.0.": "Apache-2.0",
    "De code is beschikbaar onder de Apache-licentie 2.0.": "Apache-2.0",
    "na warunkach licencji GNU GPL w wersji 3": "GPL-3.0",
    "Distribuito secondo i termini della licenza GNU GPL versione 3.": "GPL-3.0",
    "Small parser for INI files (MIT license).": "MIT",
    "This plugin comes under GPL v3.": "GPL-3.0",
    "License :: OSI Approved :: BSD License": "BSD",
    "Der Code steht unter MIT-Lizenz.": "MIT",
    "Gepubliceerd onder GPL versie 3.": "GPL-3.0",
    "Ce programme est distribué sous licence GNU GPL v3 ou ultérieure.": "GPL-3.0-or-later",
    "Logiciel distribué sous CeCILL 2.1.": "CECILL-2.1",
    "Dati rilasciati con licenza IODL 2.0": "LicenseRef-iodl-2.0",
    "na warunkach Powszechnej Licencji Publicznej GNU w wersji 2": "GPL-2.0",
    "на условиях Стандартной общественной лицензии GNU версии 2 или более поздней": "GPL-2.0-or-later",
    "Лицензия — Apache 2.0.": "Apache-2.0",
    "本程序遵循 GNU 通用公共许可证第三版发布。": "GPL-3.0",
    "依据 GNU 宽通用公共许可证 2.1 版发布": "LGPL-2.1",
    "GNU 一般公衆利用許諾契約書 バージョン3 の下で配布されます。": "GPL-3.0",
    "Apache License 2.0 に基づき公開しています。": "Apache-2.0",
    "GNU 일반 공중 사용 허가서 버전 3에 따라 배포됩니다.": "GPL-3.0",
}
INNOCENT = (
    "license: other", "license: see below", "license: free to copy", "driver license: b",
    "Das Training von KI-Modellen ist teuer.", "Обучение нейросетей не может быть быстрым.",
    "L'entraînement de modèles d'IA demande du temps.", "El entrenamiento de modelos de IA cuesta mucho.",
    "Обучение нейросетей требует времени.", "AI学習の基礎を説明します。", "AI 학습의 기초를 설명합니다.",
    "Trenowanie modeli AI jest drogie.", "la licence publique du logiciel", "He studied there (MIT) and in Ghent.",
    "Der Dienst läuft unter Apache auf zwei Rechnern.", "Trident (Apache) is a server.",
    "Open Government in the United Kingdom",
)  # fmt: skip
_RESTRICTIONS = (
    license_notice.DETECTOR,
    confidentiality.DETECTOR,
    reserved_rights.DO_NOT_DISTRIBUTE,
    reserved_rights.ALL_RIGHTS_RESERVED,
)


def _unnoticed(texts: tuple[str, ...], *detectors) -> list[str]:
    """Return the texts in which none of the detectors finds a notice, none at all where none is named."""
    found = {row["index"] for row in noticed_alone(texts, *detectors)}
    return [text for number, text in enumerate(texts) if number not in found]


@pytest.mark.parametrize(
    ("texts", "detectors"),
    [
        (LICENSING, (license_notice.DETECTOR, public_license_mark.DETECTOR)),
        (RESERVING, (training_reservation.DETECTOR,)),
        (RESTRICTING, _RESTRICTIONS),
    ],
)
def test_every_sentence_is_noticed(texts, detectors):
    assert _unnoticed(texts, *detectors) == []


def test_licenses_are_named_as_far_as_the_text_says_which():
    rows = noticed_alone([*NAMED], license_notice.DETECTOR)
    assert {text: [row["masked"] for row in rows if row["index"] == place] for place, text in enumerate(NAMED)} == {
        text: [name] for text, name in NAMED.items()
    }


def test_what_only_speaks_of_licenses_and_training_is_nothing():
    assert _unnoticed(INNOCENT) == list(INNOCENT)
