"""Parts of words by which sentences are found that may be notices, by language; phrases.yaml then says what they are.

Literals in lower case, without regard to the case of ASCII letters: hyperscan reads hundreds of those at once, and few
should be met in texts that hold no notice. Of a word that may begin with a capital outside ASCII the rest is enough.
"""

LITERALS = {
    "en": (
        "LLM training, academic research, addressee, ai training, ai-training, are reserved, ask before, "
        "ask first, ask me, ask us, chatbot, commercial, confidential, data mining, data-mining, "
        "expressly reserve, for research, for-profit, generative, image generator, intended recipient, "
        "is reserved, kindly refrain, language model, machine learning, machine-learning, neural net, non-profit, "
        "not consent, ntelligen, on to others, opt out, opted out, opting out, opts out, permission from, "
        "personal use, plagiari, please do not, please don, prior consent, prior permission, private study, "
        "purposes only, re-distribut, re-upload, redistribut, remain reserved, repost, reprint, reproduc, "
        "republication, republish, research only, research purposes, resell, reserves the, reupload, scrap, "
        "study only, teaching only, text mining, third parties, third party, to anyone else, to third, "
        "training data, use only, with third, without asking, without author, without consent, without express, "
        "without my, without our, without permission, without prior, without the consent, without the express, "
        "without the permission, without the prior, without the written, without written, written agreement, "
        "written consent, written permission"
    ),
    "de": (
        "abdruck, adressat, an dritte, anlernen, anzulernen, auslesen, ausschlie, bildgenerator, bitte fragen, "
        "bitte keine, bitte nicht, chatbots, darf nicht, data-mining, dataminin, dienstgebrauch, dritten, dritter, "
        "dürfen nicht, eigengebrauch, empfänger, erst fragen, forschungszweck, genehmigung, gewerblich, "
        "internen gebrauch, interner gebrauch, ki-model, ki-nutz, ki-system, ki-train, klaut, kommerziell, kopie, "
        "maschinelle, möchte nicht, möchten nicht, nachdruck, neuronal, nicht einverstanden, nicht erlaubt, "
        "nicht gestattet, nichtkommerz, nur für, nur mit, nur nach, nur zu, ohne ausdr, ohne einwilligung, "
        "ohne erlaubnis, ohne mein, ohne schriftliche, ohne unsere, ohne vorherige, privatgebrauch, rechte an, "
        "sprachmodell, trainingsdat, untersagt, verboten, verbreitung, vertraulich, vervielf, verwertung, "
        "vorbehalt, vorher fragen, weitergabe, weitergegeben, weiterverbreit, weiterverwend, widersprech, "
        "widerspricht, will nicht, wollen nicht, zu forschungs, zustimmung, übernahme, übernommen"
    ),
    "fr": (
        "accord préalable, accord écrit, apprentissage, autorisation, commercial, confidentiel, copier, demander, "
        "demandez, destinataire, diffuser, diffusion, données d'entraînement, droits sur les, entraîner, exclue, "
        "exclusivement, exploration de, fins de recherche, fouille, génératif, générative, interdit, langage, "
        "lucratif, m'oppose, merci de ne, moissonn, m’oppose, n'autorise, ne peut être, ne peuvent être, neurones, "
        "n’autorise, opposons, opposé, pas autoris, plagi, prière de ne, prohib, recopi, rediffus, refuse, "
        "reprise, reproduction, reprodui, republi, réserv, s'oppose, sans accord, sans l'accord, "
        "sans le consentement, sans l’accord, sans m', sans mon, sans m’, sans notre, sans permission, s’oppose, "
        "tiers, uniquement, usage interne, usage personnel, usage privé, usage strictement, à ne pas"
    ),
    "es": (
        "académico, aprendizaje auto, autorización, comercial, confidencial, copiad, copiar, copien, copies est, "
        "copies mis, destinatari, difundir, difusión, entrenamiento, entrenar, exclusivamente, exclusivo, "
        "fines de investig, fines educativos, generativa, limitado a, lucro, me opongo, minería, modelos de leng, "
        "modelos generativ, no autoriz, no doy, no permit, no quiero que, no se autoriz, no se permit, "
        "nteligencia, não copie, oponemos, permiso, plagi, por favor no, pregunta antes, prohib, pídeme, pídenos, "
        "redes neuronal, redistribu, reimpr, reproduc, reserva, se opone, sin consentimiento, "
        "sin el consentimiento, sin mi, sin nuestro, sin previa, solo para, sólo para, tercero, uso interno, "
        "uso personal, uso privado, únicamente"
    ),
    "it": (
        "addestra, apprendimento auto, autorizzazione, chiedere, chiedete, commercial, confidenzial, consenso, "
        "copiare, copiat, destinatari, diffusione, divieto, esclusivamente, estrazione di test, fini di ricerca, "
        "generativ, lucro, mi oppongo, modelli linguist, non autorizz, non sono consentit, non voglio che, "
        "non è consentit, non è permess, per favore non, permesso, plagi, proibit, reti neural, riprodu, "
        "ripubblic, riserva, scopi di ricerca, scopo di ricerca, senza il, senza la, senza mio, senza previ, "
        "si oppone, solo per, soltanto, terzi, uso interno, uso personale, uso privato, vietat"
    ),
    "pt": (
        "apenas para, aprendizado de m, aprendizagem auto, autorização, comercia, compartilh, confidencia, "
        "copiado, copiar, copie, cópia, destinatári, divulga, exclusivamente, fins de pesquisa, fins didáticos, "
        "fins educacionais, lucrativ, mineração, modelos de ling, nteligência, não autoriz, não não quero que, "
        "não são permitid, não é permitid, oponho, pergunte, permissão, pesquisa acad, peça autoriz, peça permiss, "
        "plági, por favor não, proibid, prospe, proíb, redes neur, reproduz, reprodução, republic, reserva, "
        "restrito a, se opõe, sem a minha, sem consentimento, sem minha, sem o consentimento, sem prévia, sigilo, "
        "somente para, só não, terceiro, treinamento, treinar, treino de, uso interno, uso pessoal, uso privado, "
        "vedad"
    ),
    "nl": (
        "alleen beschikbaar, alleen met, alleen voor, commerci, datamining, derden, eigen gebruik, geadresseerde, "
        "gelieve niet, intern gebruik, kopieer, kopiër, maak bezwaar, maakt bezwaar, mag niet, mogen niet, "
        "neurale netw, niet geoorloofd, niet kopi, niet over zonder, niet toegestaan, niets uit deze, "
        "ntelligentie, onderzoeksdoeleinden, openbaar gemaakt, overgenomen, overname, overnemen, "
        "persoonlijk gebruik, taalmodel, toestemming, trainen, trainingsdata, trainingsmateriaal, uitsluitend, "
        "verboden, verspreid, vertrouwelijk, verveelvoudig, voor onderwijs, voorbehoud, vraag eerst, vraag het, "
        "wetenschappelijk onderzoek, wil niet dat, winstoogmerk, zonder het te vragen, zonder mijn, zonder onze, "
        "zonder schriftelijke, zonder uitdrukkelijke, zonder voorafgaande"
    ),
    "pl": (
        "adresat, badawczych, bez mojej, bez naszej, bez pozwolenia, bez uprzedniej, bez zezwolenia, eksploracj, "
        "językow, komercyjn, kopiow, kraść, maszynow, nauczaniu, naukowych, neuronow, nie chcę, nie pozwal, "
        "nie wolno, nie wyra, nie zezwal, nie zgadzam, niedopuszczal, niedozwol, nteligencj, osobom trzecim, "
        "osób trzecich, pisemnej, poufn, powiel, przedruk, publikow, reprodukow, rozpowszech, sprzeciw, treningow, "
        "trenowan, tylko do, tylko w, tylko za, uczących, udostępni, użytku służb, użytku wewn, użytku własnego, "
        "wypisuj, wyłącznie, wzbron, za zgodą, zabrania, zabron, zakaz, zapytaj, zarobkow, zastrze, zgody"
    ),
    "ru": (
        "адресат, анализ текст, апрет, апрещ, без моего, без письменного, без предварительного, без указания, "
        "внутреннего польз, возража, воспроизвед, датасет, допуска, ейросет, защищен, конфиденциальн, "
        "личного польз, лишь в, машинного об, научных, не даю, не разреша, не согласен, не согласна, нейронн, "
        "нельзя, обучени, оммерческ, опирова, перепечат, права на, просьба не, против использ, прошу не, "
        "публикаци, размещ, разрешени, репост, се права, сключительно, скусственн, служебного польз, согласия, "
        "сохранен, спрос, тиражиров, только для, третьим лиц, третьих лиц, учебных целях, языковых модел"
    ),
    "zh": (
        "不允许, 不同意, 不得, 不授权, 不要, 严禁, 人工智, 仅供, 仅用于, 仅限, 保密, 保留, 僅供, 僅限, 内部使用, "
        "内部资料, 商业, 商業, 商用, 嚴禁, 复制, 外传, 外傳, 大模型, 征得, 抄袭, 投喂, 拒绝, 搬运, 摘编, 收件人, "
        "数据挖掘, 未經, 未经, 机器学习, 机密, 機器學習, 版权所有, 版權所有, 生成式, 盈利, 盗图, 盗用, 禁止, 私信, "
        "第三方, 绝密, 翻印, 联系作者, 营利, 複製, 訓練, 請勿, 謝絕, 训练, 语言模型, 请勿, 谢绝, 資料探勘, 轉載, "
        "转载, 需经, 须经"
    ),
    "ja": (
        "おやめ, お断り, ご連絡, ご遠慮, しないで, できません, に限, のみ, やめて, オプトアウト, データマイニング, "
        "不可, 二次利用, 人工知能, 再配布, 勝手に, 受信者, 同意, 商用, 営利, 学習, 宛先, 引用, 承諾, 拒否, 控え, "
        "極秘, 機密, 無断, 生成, 留保, 盗用, 社内限り, 社外秘, 禁じ, 禁止, 第三者, 複写, 複製, 言語モデル, 許可, "
        "許諾, 認めま, 転用, 転載, 載せ, 部外秘, 関係者"
    ),
    "ko": (
        "거부, 금지, 금함, 금합니다, 기밀, 내부용, 대외비, 데이터 마이닝, 데이터마이닝, 도용, 동의 없이, 동의하지, "
        "마세요, 모든 권리, 모든 저작권, 무단, 물어, 배포, 복사, 복제, 불가, 불펌, 불허, 사절, 삼가, 상업, 생성형, "
        "서면, 수 없습니다, 수신인, 수신자, 언어모델, 에 한하여, 에 한해, 연락, 영리, 외부 유출, 유보, 으로만, "
        "인공 지능, 인공지능, 전재, 제3자, 퍼가, 표절, 학습, 허가, 허락, 허용하지"
    ),
}
SHORT = r"\b(?:AI|IA|KI|LLMs?|TDM|ai|ia)\b|(?:ИИ)\b"
"""Short names of artificial intelligence, which must stand alone."""
