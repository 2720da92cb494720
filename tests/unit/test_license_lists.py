"""Lists of names that others publish, and the license that each name leads to."""

import re

import pytest

from corpus_audit.rights.facts import LicensePermission, license_facts
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.vocabulary import NOASSERTION, LicenseState

HUB_FAMILIES = ("openrail", "bsd", "cc", "gfdl", "gpl", "lgpl", "unknown", "other")
"""Ids of the Hugging Face hub that stand for several licenses."""

HUB = """
    apache-2.0 mit bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m afl-3.0
    artistic-2.0 bsl-1.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0
    cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0
    cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0
    cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gpl-2.0 gpl-3.0 lgpl-2.1
    lgpl-3.0 isc h-research intel-research lppl-1.3c ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0
    openmdw-1.1 openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license
    fair-noncommercial-research-license llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 grok2-community gemma
"""
"""Ids of the Hugging Face hub's list, in its order."""

NAMES = {
    # Creative Commons: deeds in the spelling of a region, and what was retired
    "https://creativecommons.org/licenses/by/4.0/deed.es-419": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/deed.sr-latn": "CC-BY-SA-4.0",
    "https://creativecommons.org/licenses/by-nc-nd/3.0/igo/deed.es": "CC-BY-NC-ND-3.0-IGO",
    "https://creativecommons.org/licenses/by-nc-sa/2.5/it/deed.it": "CC-BY-NC-SA-2.5",
    "https://creativecommons.org/licenses/by-sa/2.5/scotland/": "CC-BY-SA-2.5",
    "https://creativecommons.org/licenses/publicdomain/": "CC-PDDC",
    "http://creativecommons.org/licenses/sa/1.0": "CC-SA-1.0",
    "https://creativecommons.org/licenses/nc-sa/1.0/": "LicenseRef-cc-nc-sa-1.0",
    "https://creativecommons.org/licenses/sampling+/1.0/": "LicenseRef-cc-sampling-plus-1.0",
    "Creative Commons Sampling Plus 1.0": "LicenseRef-cc-sampling-plus-1.0",
    "https://creativecommons.org/licenses/devnations/2.0/": "LicenseRef-cc-devnations-2.0",
    # governments
    "Licence du gouvernement ouvert – Canada": "OGL-Canada-2.0",
    "LO-OL 2.0": "etalab-2.0",
    "dl-zero-de/2.0": "DL-DE-ZERO-2.0",
    "dl-by-de/2.0": "DL-DE-BY-2.0",
    "Datenlizenz Deutschland – Namensnennung – Version 1.0": "LicenseRef-dl-de-by-1.0",
    "Libre Uso MX": "LicenseRef-libre-uso-mx",
    "OGL-ROU-1.0": "LicenseRef-ogl-rou-1.0",
    "GeoNutzV": "LicenseRef-geonutzv-de-2013-03-19",
    "Gratis Open Data Licentie Vlaanderen v1.0": "LicenseRef-flanders-free-reuse-1.0",
    "terms_by_ask": "LicenseRef-swiss-terms-by-ask",
    "NonCommercialAllowed-CommercialAllowed-ReferenceRequired": "LicenseRef-swiss-terms-by",
    "DATA.GOV.HK Terms and Conditions of Use": "LicenseRef-hk-data-gov",
    "OS OpenData License": "LicenseRef-os-opendata",
    "US-Gov-PD": "LicenseRef-us-gov-work",
    # models and what they write
    "llama3_1": "LicenseRef-llama-3.1-license-2024",
    "Llama 3 Community License": "LicenseRef-llama-3-community-license",
    "https://github.com/deepseek-ai/DeepSeek-LLM/blob/HEAD/LICENSE-MODEL": "LicenseRef-deepseek-la-1.0",
    "BigScience RAIL License v1.0": "LicenseRef-bigscience-rail-1.0",
    "Falcon 2 License": "LicenseRef-falcon-2-11b-1.0",
    "glm-4": "LicenseRef-glm-4",
    "Jamba Open Model License": "LicenseRef-jamba-open-model",
    "NVIDIA Source Code License-NC": "LicenseRef-nvidia-source-code-nc",
    "nvidia-nemotron-open-model-license": "LicenseRef-nvidia-nemotron-open-model",
    "Community License for Baichuan2 Model": "LicenseRef-baichuan-2-community",
    "dinov3-license": "LicenseRef-dinov3",
    "CPML": "LicenseRef-coqui-public-model-1.0.0",
    "faipl-1.0-sd": "LicenseRef-fair-ai-public-1.0-sd",
    "EXAONE AI Model License Agreement 1.2 - NC": "LicenseRef-exaone-1.2-nc",
    "stable-video-diffusion-community": "LicenseRef-stability-svd-nc-2023-11-21",
    "Gemini API Additional Terms of Service": "LicenseRef-gemini-api-terms",
    "https://openai.com/policies/mar-2023-terms": "LicenseRef-openai-tou-20230314",
    # offered together: one may be chosen
    "dual-licensed under Apache 2.0 or BSD3": "Apache-2.0 OR BSD-3-Clause",
    "Dual licensed: MIT/Apache-2.0": "Apache-2.0 OR MIT",
    "dual licensed under the MIT and GPL v2 or later": "GPL-2.0-or-later OR MIT",
    "Tri-licensed under MPL 1.1, GPL-2.0 and LGPL-2.1": "GPL-2.0-only OR LGPL-2.1-only OR MPL-1.1",
}

SHARED = ("OpenRAIL-M", "cc-by-au", "Licence Ouverte Etalab", "falcon-2", "dual-licensed under MIT and BSD")

_OF_MODELS = {"Llama", "Gemma", "Qwen", "DeepSeek", "FAIPL"}
_DATED = re.compile(r"(?:text|publisher):\d{4}")


def test_every_id_of_the_hub_leads_to_a_license_with_terms():
    for name in HUB.split():
        resolved = resolve_license(name)
        assert resolved.state is LicenseState.RESOLVED, name
        assert set(resolved.licenses) <= license_facts().keys(), name


def test_a_family_of_the_hub_names_no_license():
    assert {resolve_license(name).state for name in HUB_FAMILIES} == {LicenseState.AMBIGUOUS}


@pytest.mark.parametrize(("declared", "expression"), NAMES.items())
def test_resolves_to_a_license_with_terms(declared, expression):
    resolved = resolve_license(declared)
    assert resolved.expression == expression
    assert set(resolved.licenses) <= license_facts().keys()


@pytest.mark.parametrize("declared", SHARED)
def test_a_name_of_several_licenses_stays_unknown(declared):
    assert resolve_license(declared).expression == NOASSERTION


def test_terms_of_models_name_their_source_and_its_date():
    for facts in license_facts().values():
        if facts.family in _OF_MODELS:
            assert facts.legal_url, facts.license_id
            assert _DATED.search(facts.source), facts.license_id


def test_a_text_that_was_not_read_grants_nothing():
    unread = [facts for facts in license_facts().values() if "not read;" in facts.note]
    assert unread
    for facts in unread:
        assert {facts.use, facts.commercial_use, facts.redistribution, facts.model_release} == {
            LicensePermission.UNKNOWN
        }
        assert facts.confidence == "low"
