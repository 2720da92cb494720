"""What a declared license resolves to: the spellings that are met in practice, and those that name nothing."""

import pytest

from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.names import plain_form
from corpus_audit.vocabulary import LicenseState

RESOLVED = {
    # words in front of a name
    "License: MIT": "MIT",
    "Licensed under the Apache License, Version 2.0": "Apache-2.0",
    "Released under the terms of the MIT License": "MIT",
    "Licensed under MIT or Apache-2.0": "Apache-2.0 OR MIT",
    # names that are easily taken for others
    "BSL 1.1": "BUSL-1.1",
    "BSL-1.0": "BSL-1.0",
    "Business Source License 1.1": "BUSL-1.1",
    "Elastic License 2.0": "Elastic-2.0",
    "SSPL": "SSPL-1.0",
    "http://arxiv.org/licenses/nonexclusive-distrib/1.0/": "LicenseRef-arxiv-nonexclusive-distrib-1.0",
    "Community Data License Agreement – Permissive, Version 2.0": "CDLA-Permissive-2.0",
    "Nemotron Open Model License": "LicenseRef-nvidia-nemotron-open-model",
    "政府资料开放授权条款": "LicenseRef-ogd-taiwan-1.0",
    "KOGL Type 4": "LicenseRef-kogl-type-4",
    # SPDX ids in any case, old ids
    "MIT": "MIT",
    "mit": "MIT",
    "apache-2.0": "Apache-2.0",
    "GPL-2.0": "GPL-2.0-only",
    "GPL-2.0+": "GPL-2.0-or-later",
    "GPL-3.0-or-later": "GPL-3.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only",
    "AGPL-3.0": "AGPL-3.0-only",
    "Apache-2.0+": "Apache-2.0",
    "0BSD": "0BSD",
    "MulanPSL-2.0": "MulanPSL-2.0",
    "PSF-2.0": "PSF-2.0",
    # SPDX expressions
    "MIT OR Apache-2.0": "Apache-2.0 OR MIT",
    "BSD-3-Clause AND MIT": "BSD-3-Clause AND MIT",
    "MIT AND MIT": "MIT",
    "MIT AND (Apache-2.0 OR GPL-2.0-only)": "MIT AND (Apache-2.0 OR GPL-2.0-only)",
    "MIT OR Apache-2.0 AND ISC": "MIT OR (Apache-2.0 AND ISC)",
    "Apache-2.0 WITH LLVM-exception": "Apache-2.0 WITH LLVM-exception",
    "GPL-2.0+ with classpath-exception-2.0": "GPL-2.0-or-later WITH Classpath-exception-2.0",
    "BSD-2-Clause AND Apache-2.0 WITH LLVM-exception": "Apache-2.0 WITH LLVM-exception AND BSD-2-Clause",
    "LicenseRef-house-terms": "LicenseRef-house-terms",
    "MIT AND LicenseRef-house-terms": "LicenseRef-house-terms AND MIT",
    "DocumentRef-base:LicenseRef-1": "DocumentRef-base:LicenseRef-1",
    "NONE": "NONE",
    # hub ids
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
    "llama3.1": "LicenseRef-llama-3.1-license-2024",
    "gemma": "LicenseRef-gemma-tou-2025-03-24",
    "odc-by": "ODC-By-1.0",
    "bigscience-openrail-m": "LicenseRef-bigscience-open-rail-m",
    "LicenseRef-scancode-llama-3.1-license-2024": "LicenseRef-llama-3.1-license-2024",
    # addresses
    "https://opensource.org/licenses/MIT": "MIT",
    "http://opensource.org/licenses/MIT": "MIT",
    "https://opensource.org/license/mit/": "MIT",
    "https://opensource.org/licenses/MIT?lang=en#text": "MIT",
    "http://www.apache.org/licenses/LICENSE-2.0": "Apache-2.0",
    "https://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0",
    "https://creativecommons.org/licenses/by-sa/4.0/legalcode": "CC-BY-SA-4.0",
    "http://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
    "https://spdx.org/licenses/Zlib.html": "Zlib",
    "https://spdx.org/licenses/BSD-Protection.html": "BSD-Protection",
    # classifiers
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "License :: OSI Approved :: Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "License :: OSI Approved; License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: DFSG approved; License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: MIT License; License :: OSI Approved :: MIT License": "MIT",
    # names
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "MIT (Expat)": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "The Apache Software License, Version 2.0": "Apache-2.0",
    "Apache License 2.0 (Apache-2.0)": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD (3-clause)": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "New BSD": "BSD-3-Clause",
    "2-clause BSD": "BSD-2-Clause",
    "ISC License": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "GPLv2": "GPL-2.0-only",
    "GPLv3+": "GPL-3.0-or-later",
    "GPL v2 or later": "GPL-2.0-or-later",
    "GPL (>= 2)": "GPL-2.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3": "GPL-3.0-only",
    "LGPLv2.1+": "LGPL-2.1-or-later",
    "LGPLv3": "LGPL-3.0-only",
    "MPLv2.0": "MPL-2.0",
    "zlib/libpng": "Zlib",
    "Public Domain": "LicenseRef-public-domain",
    "CC BY-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "Creative Commons Attribution 4.0 International": "CC-BY-4.0",
    "Historical Permission Notice and Disclaimer": "HPND",
    "none": "NONE",
    # names in expressions
    "MIT -or- Apache License 2.0": "Apache-2.0 OR MIT",
    "Apache 2.0 or MIT": "Apache-2.0 OR MIT",
    "(MIT) OR (ISC)": "ISC OR MIT",
    "GNU General Public License v2 or later (GPLv2+) OR MIT": "GPL-2.0-or-later OR MIT",
    "(GPL v2 or later) or MIT": "GPL-2.0-or-later OR MIT",
    "  MIT \n License ": "MIT",
    # ids that hold an operator or the word exception
    "MPL-2.0-no-copyleft-exception AND GPL-3.0-only": "GPL-3.0-only AND MPL-2.0-no-copyleft-exception",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-3.0-with-GCC-exception OR MIT": "GPL-3.0-only WITH GCC-exception-3.1 OR MIT",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    # addresses without a scheme
    "creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "opensource.org/licenses/MIT": "MIT",
    "www.gnu.org/licenses/gpl-3.0.html": "GPL-3.0-only",
    "//spdx.org/licenses/Zlib.html": "Zlib",
    # Creative Commons without a version, or with one that only countries have: what all versions share
    "CC BY-NC-SA": "LicenseRef-cc-by-nc-sa",
    "cc-by": "LicenseRef-cc-by",
    "https://creativecommons.org/licenses/by-sa/": "LicenseRef-cc-by-sa",
    "CC BY-NC 2.1 ES": "LicenseRef-cc-by-nc",
    # its country versions: an id of their own, else the text they were adapted from
    "https://creativecommons.org/licenses/by-sa/3.0/de/": "CC-BY-SA-3.0-DE",
    "https://creativecommons.org/licenses/by-sa/3.0/fr/": "CC-BY-SA-3.0",
    "Attribution-NonCommercial-ShareAlike 3.0 IGO": "CC-BY-NC-SA-3.0-IGO",
    "CC-BY-4.0 OR CC BY-SA 3.0 Deutschland": "CC-BY-4.0 OR CC-BY-SA-3.0-DE",
    # names in other languages
    "知识共享署名 4.0 国际许可协议": "CC-BY-4.0",
    "木兰宽松许可证, 第2版": "MulanPSL-2.0",
    "木兰宽松许可证，第二版": "MulanPSL-2.0",
    "GNU通用公共许可证第三版": "GPL-3.0-only",
    "Apache许可证2.0": "Apache-2.0",
    "MIT-Lizenz": "MIT",
    "licence MIT": "MIT",
    "лицензия MIT": "MIT",
    "MITライセンス": "MIT",
    "MIT 라이선스": "MIT",
    # licenses for open data
    "IODL-2.0": "LicenseRef-iodl-2.0",
    "KOGL Type 1": "LicenseRef-kogl-type-1",
    "공공누리 제4유형": "LicenseRef-kogl-type-4",
    "lov2": "etalab-2.0",
    "NLOD 1.0": "NLOD-1.0",
    "dl-de/by-nc-1-0": "LicenseRef-dl-de-by-nc-1.0",
    "政府資料開放授權條款-第1版": "LicenseRef-ogd-taiwan-1.0",
    # models
    "Meta Llama 3 Community License Agreement": "LicenseRef-llama-3-community-license",
    "llama4": "LicenseRef-llama-4-cla-2025",
    "qwen-research": "LicenseRef-qwen-research-2024",
    "Mistral AI Research License": "LicenseRef-mistral-research-0.1",
    "MNPL-0.1": "LicenseRef-mistral-nonproduction-0.1",
    "nvidia-open-model-license": "LicenseRef-nvidia-open-model-2025-04-28",
    "Falcon 2 11B TII License": "LicenseRef-falcon-2-11b-1.0",
}

AMBIGUOUS = (
    "BSD",
    "BSD License",
    "GPL",
    "LGPL",
    "LGPLv2+",
    "cc",
    "Creative Commons",
    "other",
    "unknown",
    "UNKNOWN",
    "openrail",
    "Dual License",
    "Proprietary",
    "MIT/X11",
    "MIT/Apache-2.0",
    "MIT, BSD-3-Clause",
    "MIT & ISC",
    "MIT OR BSD",
    "License :: OSI Approved",
    "License :: OSI Approved :: BSD License",
    "License :: OSI Approved :: MIT License; License :: OSI Approved :: Apache Software License",
    "License :: OSI Approved :: Artistic License; License :: OSI Approved :: GNU General Public License (GPL)",
    "free",
    "fr-lo",
    "uk-ogl",
    "KOGL",
    "IODL",
    "MIT & GPL",
    "falcon-llm-license",
    "CC BY 4.0, CC BY-SA 4.0",
    "CC BY-SA 3.0/4.0",
)

UNRECOGNISED = (
    "CC BY 5.0",
    "GPL-4.0",
    "MIT 2.0",
    "Foo Public License",
    "MIT WITH LLVM",
    "MIT WITH GPL-2.0-only",
    "LLVM-exception",
    "MIT AND",
    "AND",
    "(MIT",
    "MIT)",
    "()",
    "OR MIT",
    "( AND MIT",
    "MIT (ISC)",
    "MIT WITH (LLVM-exception)",
    "(MIT OR ISC) WITH LLVM-exception",
    "MIT OR OR ISC",
    "MIT NONE",
    "MIT AND NONE",
    "LicenseRef-",
    "LicenseRef-a b",
    "No",
    "https://example.org/license",
    "example.org/license",
    "CC BY 5.0",
    "CC BY-SA-ND 4.0",
    "Attribution",
    "Creative Commons Attribution 4.0 International (CC BY-NC 4.0)",
    "https://creativecommons.org/licenses/by/4.2/",
    "License :: OSI Approved :: Nobody's License",
    "Foo License (MIT)",
    "MIT License (Apache-2.0)",
    "Permission is hereby granted, free of charge, to any person obtaining a copy " * 20,
)


@pytest.mark.parametrize(("declared", "expression"), RESOLVED.items())
def test_resolves(declared, expression):
    resolved = resolve_license(declared)
    assert (resolved.expression, resolved.state, resolved.reason) == (expression, LicenseState.RESOLVED, "")
    assert resolved.licenses


@pytest.mark.parametrize("declared", AMBIGUOUS)
def test_a_name_that_several_licenses_share_stays_unknown(declared):
    _expect_unknown(declared, LicenseState.AMBIGUOUS)


@pytest.mark.parametrize("declared", UNRECOGNISED)
def test_a_name_that_nobody_lists_stays_unknown(declared):
    _expect_unknown(declared, LicenseState.UNRECOGNISED)


@pytest.mark.parametrize("declared", ["", " ", "not-recorded", "NOASSERTION"])
def test_nothing_declared_is_not_recorded(declared):
    _expect_unknown(declared, LicenseState.NOT_RECORDED)


def _expect_unknown(declared, state):
    resolved = resolve_license(declared)
    assert (resolved.expression, resolved.state, resolved.licenses) == ("NOASSERTION", state, ())
    assert resolved.reason
    assert len(resolved.reason) < 200


@pytest.mark.parametrize("expression", sorted(set(RESOLVED.values())))
def test_what_was_resolved_resolves_to_itself(expression):
    assert resolve_license(expression).expression == expression


def test_an_expression_with_very_many_alternatives_is_refused():
    pairs = [f"(LicenseRef-a{n} OR LicenseRef-b{n})" for n in range(6)]
    assert resolve_license(" AND ".join(pairs[:5])).state == LicenseState.RESOLVED
    many = " AND ".join(f"(LicenseRef-a{n} OR LicenseRef-b{n})" for n in range(9)).replace("LicenseRef-", "LicenseRef-")
    assert resolve_license(many).state == LicenseState.UNRECOGNISED


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The GPL, Version 3.0", "gpl 3"),
        ("GPLv3", "gpl 3"),
        ("GPL3", "gpl 3"),
        ("GPL-3.0-or-later", "gpl 3+"),
        ("GPL v3 or any later version", "gpl 3+"),
        ("Apache Licence 2.0", "apache license 2"),
        ("BSD (3-Clause) License", "bsd 3 clause"),
        ("LGPL-2.1", "lgpl 2.1"),
        ("BlueOak-1.0.0", "blueoak 1.0.0"),
    ],
)
def test_plain_form(name, plain):
    assert plain_form(name) == plain
