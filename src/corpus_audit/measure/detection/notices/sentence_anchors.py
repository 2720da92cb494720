"""Parts of words by which sentences are found that may be notices, by language; phrases.yaml then says what they are.

Literals in lower case, without regard to the case of ASCII letters: hyperscan reads hundreds of those at once, and few
should be met in texts that hold no notice. Of a word that may begin with a capital outside ASCII the rest is enough.
"""

LITERALS = {
    "en": (
        "LLM training, academic research, addressee, ai training, ai-training, are reserved, ask before, "
        "ask first, ask me, ask us, be redistributed, chatbot, commercial, confidential, data mining, data-mining, "
        "expressly reserve, for research, for-profit, generative, image generator, intended recipient, "
        "is reserved, kindly refrain, language model, machine learning, machine-learning, neural net, "
        "no redistribut, no reproduction, non-profit, not consent, not redistribut, ntelligen, on to others, "
        "opt out, opted out, opting out, opts out, permission from, personal use, plagiari, please do not, "
        "please don, prior consent, prior permission, private study, purposes only, re-distribut, re-upload, "
        "redistributed without, redistributing, redistribution in any, redistribution is, redistribution not, "
        "redistribution of, redistribution prohib, redistribution without, remain reserved, repost, reprint, "
        "reproduce any, reproduce it, reproduce my, reproduce or, reproduce our, reproduce th, reproduced, "
        "reproducing, reproduction and, reproduction in, reproduction is, reproduction of, reproduction or, "
        "reproduction prohib, reproduction without, republication, republish, research only, research purposes, "
        "resell, reserves the, reupload, scrape, scraping, study only, teaching only, text mining, third parties, "
        "third party, to anyone else, to third, training data, use only, with third, without asking, "
        "without author, without consent, without express, without my, without our, without permission, "
        "without prior, without the consent, without the express, without the permission, without the prior, "
        "without the written, without written, written agreement, written consent, written permission"
    ),
    "de": (
        "abdruck, adressat, an dritte, anlernen, anzulernen, auslesen, ausschlie, bildgenerator, bitte fragen, "
        "bitte keine, bitte nicht, chatbots, darf nicht, data-mining, dataminin, dienstgebrauch, dürfen nicht, "
        "eigengebrauch, empfänger, erst fragen, forschungszweck, genehmigung, gewerblich, internen gebrauch, "
        "interner gebrauch, keine kopie, ki-model, ki-nutz, ki-system, ki-train, klaut, kommerziell, "
        "kopieren oder, kopieren und, kopieren verb, maschinelle, möchte nicht, möchten nicht, nachdruck, "
        "neuronal, nicht einverstanden, nicht erlaubt, nicht gestattet, nicht kopie, nicht übern, nichtkommerz, "
        "nur für, nur mit aus, nur mit ein, nur mit erl, nur mit mein, nur mit quell, nur mit schr, nur mit uns, "
        "nur mit vorh, nur mit zust, nur nach, nur zu, ohne ausdr, ohne einwilligung, ohne erlaubnis, ohne mein, "
        "ohne schriftliche, ohne unsere, ohne vorherige, privatgebrauch, rechte an, sprachmodell, trainingsdat, "
        "untersagt, verboten, verbreitung, vertraulich, vervielf, verwertung, vorbehalt, vorher fragen, "
        "weitergabe, weitergegeben, weiterverbreit, weiterverwend, widersprech, widerspricht, will nicht, "
        "wollen nicht, zu forschungs, zustimmung, übernahme"
    ),
    "fr": (
        "accord préalable, accord écrit, apprentissage, autorisation, aux tiers, commercial, confidentiel, "
        "copier ce, copier et, copier me, copier mon, copier no, copier ou, de me demander, de tiers, "
        "demander avant, demander la perm, demandez, destinataire, données d'entraînement, droits sur les, "
        "entraîner, exclue, exclusivement, exploration de, fins de recherche, fouille, génératif, générative, "
        "interdit, je refuse, lucratif, m'oppose, merci de ne, modèles de langage, moissonn, m’oppose, n'autorise, "
        "neurones, nous demander, n’autorise, opposons, opposé, pas autoris, peut être copi, peut être diff, "
        "peut être repr, peut être repro, peut être rép, peut être util, peuvent être copi, peuvent être diff, "
        "peuvent être repr, peuvent être repro, peuvent être util, plagi, prière de ne, prohib, recopi, rediffus, "
        "refusons, reprise, reproduction, reprodui, republi, réserv, s'oppose, sans accord, sans l'accord, "
        "sans le consentement, sans l’accord, sans m', sans mon, sans m’, sans notre, sans permission, s’oppose, "
        "toute diffusion, un tiers, uniquement dest, uniquement pour, uniquement réserv, uniquement à, "
        "usage interne, usage personnel, usage privé, usage strictement, à copier, à des tiers, à ne pas"
    ),
    "es": (
        "académico, aprendizaje auto, autorización, comercial, con permiso, confidencial, copiad, copiar est, "
        "copiar los, copiar mi, copiar ni, copiar o, copien, copies est, copies mis, destinatari, difusión, "
        "el permiso de, entrenamiento, entrenar, exclusivamente, exclusivo, fines de investig, fines educativos, "
        "generativa, limitado a, lucro, me opongo, mi permiso, minería, modelos de leng, modelos generativ, "
        "no autoriz, no doy, no permit, no quiero que, no se autoriz, no se permit, nteligencia, nuestro permiso, "
        "não copie, oponemos, pedir permiso, permiso del aut, permiso escrito, permiso expres, permiso por esc, "
        "permiso previo, plagi, por favor no, pregunta antes, prohib, pídeme, pídenos, redes neuronal, "
        "redistribuc, redistribui, redistribuy, reimpr, reproducci, reproducen, reproducid, reproducir, reproduzc, "
        "reserva, se opone, sin consentimiento, sin el consentimiento, sin mi, sin nuestro, sin permiso, "
        "sin previa, solo para, su permiso, sólo para, tercero, uso interno, uso personal, uso privado, "
        "únicamente a, únicamente con, únicamente en inv, únicamente para"
    ),
    "it": (
        "addestra, apprendimento auto, autorizzazione, chiedere a, chiedere il, chiedere prima, chiedete, "
        "commercial, con permesso, confidenzial, consenso, copiare e, copiare i, copiare o, copiate, copiato né, "
        "copiato o, destinatari, di chiedere, diffusione, divieto, esclusivamente, estrazione di test, "
        "fini di ricerca, generativ, il mio permesso, il nostro permesso, il permesso d, lucro, mi oppongo, "
        "mio permesso, modelli linguist, non autorizz, non sono consentit, non voglio che, non è consentit, "
        "non è permess, per favore non, permesso scritto, plagi, previo permesso, proibit, reti neural, riprodu, "
        "ripubblic, riserva il, riserva tutti, riservat, scopi di ricerca, scopo di ricerca, senza il, senza la, "
        "senza mio, senza permesso, senza previ, si oppone, si riserva, solo per, soltanto, terzi, uso interno, "
        "uso personale, uso privato, vietat"
    ),
    "pt": (
        "a cópia, a permissão d, apenas para est, apenas para fins, apenas para pesq, apenas para uso, "
        "aprendizado de m, aprendizagem auto, autorização, com permissão, comercia, compartilhad, compartilhe, "
        "confidencia, copiado e, copiado o, copiar e, copiar es, copiar m, copiar o, copie a, copie e, copie m, "
        "copie o, cópia e, cópia não, cópia ou, cópia sem, destinatári, divulga, exclusivamente, fins de pesquisa, "
        "fins didáticos, fins educacionais, lucrativ, mineração, minha permissão, modelos de ling, "
        "nossa permissão, nteligência, não autoriz, não copie, não não quero que, não são permitid, "
        "não é permitid, oponho, pergunte, permissão do aut, permissão escr, permissão expres, permissão por esc, "
        "permissão prévia, pesquisa acad, peça autoriz, peça permiss, plági, por favor não, proibid, prospec, "
        "prospeç, proíb, redes neur, reproduz, reprodução, republicad, republicar, republicaç, reserva tod, "
        "reserva-se, reservad, reservam, restrito a, se opõe, se reserva, sem a minha, sem consentimento, "
        "sem minha, sem o consentimento, sem permissão, sem prévia, sigilo, somente para, sua permissão, só não, "
        "terceiro, treinamento, treinar, treino de, uso interno, uso pessoal, uso privado, vedad"
    ),
    "nl": (
        "alleen beschikbaar, alleen met, alleen voor, commerci, datamining, derden, eigen gebruik, geadresseerde, "
        "gelieve niet, intern gebruik, kopieer dit, kopieer mijn, kopieer niet, kopiëren is, kopiëren of, "
        "kopiëren van, maak bezwaar, maakt bezwaar, mag niet, mogen niet, neurale netw, niet geoorloofd, "
        "niet kopi, niet over zonder, niet toegestaan, niet verspreid, niets uit deze, ntelligentie, of verspreid, "
        "onderzoeksdoeleinden, openbaar gemaakt, overgenomen, overname, overnemen, persoonlijk gebruik, taalmodel, "
        "toestemming, trainen, trainingsdata, trainingsmateriaal, uitsluitend, verboden, verspreid of, "
        "verspreid worden, verspreiden is, verspreiden of, vertrouwelijk, verveelvoudig, voor onderwijs, "
        "voorbehoud, vraag eerst, vraag het, wetenschappelijk onderzoek, wil niet dat, winstoogmerk, "
        "zonder het te vragen, zonder mijn, zonder onze, zonder schriftelijke, zonder uitdrukkelijke, "
        "zonder voorafgaande"
    ),
    "pl": (
        "adresat, badawczych, bez mojej, bez naszej, bez pozwolenia, bez uprzedniej, bez zezwolenia, eksploracj, "
        "komercyjn, kopiowa, kraść, maszynow, modele językow, modeli językow, modelu językow, nauczaniu, "
        "naukowych, neuronow, nie chcę, nie pozwal, nie udostępni, nie wolno, nie wyra, nie zezwal, nie zgadzam, "
        "niedopuszczal, niedozwol, nteligencj, osobom trzecim, osób trzecich, pisemnej, poufn, powiel, przedruk, "
        "publikow, reprodukow, rozpowszech, sprzeciw, treningow, trenowan, tylko do bad, tylko do cel, "
        "tylko do nau, tylko do uży, tylko do wew, tylko w bad, tylko w cel, tylko w nau, tylko w ram, tylko za, "
        "uczących, udostępnianie, udostępniać, użytku służb, użytku wewn, użytku własnego, wypisujemy się, "
        "wypisuję m, wypisuję się, wyłącznie dla, wyłącznie do, wyłącznie na, wyłącznie ucz, wyłącznie w bad, "
        "wyłącznie w cel, wyłącznie za, wzbron, za zgodą, zabrania, zabron, zakaz, zapytaj, zarobkow, zastrze, "
        "zgody"
    ),
    "ru": (
        "адресат, анализ текст, апрет, апреща, апрещен, апрещён, без моего, без письменного, без предварительного, "
        "без спроса, без указания, внутреннего польз, возража, воспроизвед, все права на, датасет, допуска, "
        "ейросет, защищен, исключительные права, конфиденциальн, личного польз, лишь в, машинного об, научных, "
        "не даю, не копируй, не размещ, не разреша, не согласен, не согласна, нейронн, нельзя брать, нельзя исп, "
        "нельзя коп, нельзя перед, нельзя публ, нельзя расп, обучени, оммерческ, опирова, перепечат, "
        "права на изобр, права на матер, права на текст, просьба не, против использ, прошу не, публикаци, "
        "размещать на, размещение мат, размещение на, разрешени, репост, се права, сключительно, скусственн, "
        "служебного польз, согласия, сохранен, спрашивайте, спросите, тиражиров, только для внутр, "
        "только для иссл, только для личн, только для науч, только для некомм, только для образ, только для служ, "
        "только для учеб, третьим лиц, третьих лиц, учебных целях, языковых модел"
    ),
    "zh": (
        "不允许, 不可商, 不可复, 不可用于, 不可转, 不同意, 不希望, 不得, 不授权, 不要复制, 不要将, 不要抄, 不要把, "
        "不要拿, 不要搬, 不要擅, 不要用, 不要盗, 不要轉, 不要转, 不要随意, 严禁, 仅供, 仅用于, 仅限, 保密, "
        "保留一切, 保留全部, 保留其, 保留对, 保留所有, 保留权, 保留權, 僅供, 僅限, 内部使用, 内部资料, 切勿, 勿作, "
        "勿用, 勿转, 反对, 反對, 商业使用, 商业性使用, 商业用途, 商业目的, 商業使用, 商業用途, 商業目的, 商用, "
        "嚴禁, 外传, 外傳, 征得, 抄袭, 投喂, 拒绝, 搬运, 摘编, 收件人, 数据挖掘, 未經, 未经, 机密, 权利保留, "
        "版权所有, 版權所有, 盈利, 盗图, 盗用, 禁商, 禁止, 私信, 第三方, 绝密, 翻印, 联系作者, 营利, 請不要, 請勿, "
        "謝絕, 请不要, 请勿, 谢绝, 資料探勘, 轉載, 转载, 需经, 须经"
    ),
    "ja": (
        "AIの学習, AI学習, おやめ, お断り, ご連絡, ご遠慮, できません, ないでくださ, に限, は不可, も不可, やめて, "
        "オプトアウト, データマイニング, 不可で, 不可と, 二次利用, 内のみ, 再配布, 利用のみ, 勝手に, 受信者, 同意, "
        "商用, 営利, 宛先, 布不可, 承諾, 拒否, 控え, 極秘, 機密, 機械学習, 無断, 無断引用, 無断複, 生成AI, "
        "生成モデル, 生成系, 用のみ, 用不可, 留保, 盗用, 目的のみ, 社内限り, 社外秘, 禁じ, 禁止, 第三者, 者のみ, "
        "製不可, 複写・, 複製、, 複製する, 複製・, 許可, 許諾, 認めま, 転用を, 転載, 載せない, 載不可, 部外秘, "
        "関係者, 限りのみ"
    ),
    "ko": (
        "거부, 금지, 금함, 금합니다, 기밀, 내부용, 대외비, 데이터 마이닝, 데이터마이닝, 도용, 동의 없이, 동의하지, "
        "될 수 없습니다, 마세요, 먼저 물어, 먼저 연락, 모든 권리, 모든 저작권, 무단, 무단 배포, 무단복제, 물어보, "
        "복사 및, 복사·, 복사나, 복사하거나, 복사하여, 복제 및, 복제·, 복제를, 복제와, 복제하, 불가, 불펌, 불허, "
        "사절, 삼가, 상업, 생성형, 서면, 수신인, 수신자, 실 수 없습니다, 쓸 수 없습니다, 에 한하여, 에 한해, "
        "연락 주, 연락주, 영리, 외부 유출, 유보, 으로만, 재배포, 전재, 제3자, 퍼가, 표절, 학습 데이터, 학습시, "
        "학습에, 학습용, 학습하는, 할 수 없습니다, 허가, 허락, 허용하지"
    ),
}
SHORT = r"\b(?:AI|IA|KI|LLMs?|TDM|ai|ia)\b|(?:ИИ)\b"
"""Short names of artificial intelligence, which must stand alone."""
