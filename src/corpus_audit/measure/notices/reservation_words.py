"""Words by which rights are kept from mining and training, in twelve languages: one table a part they play.

Each is an expression over bytes: letters outside ASCII stand in groups, and a space may be a line break.
"""

_AI = r"(?:an? |any |the )?(?:artificial[ -]intelligence|AI\b|A\.I\.|machine[ -]learning|generative|large language|LLMs?\b|foundation models?|neural)"

DIRECT = (
    r"(?i:(?:may|must|shall|can)(?:not| not) be used (?:to train|for training|in training|for the training))",
    r"(?i:(?:do not|don't|not) (?:use|scrape)[^.\n]{0,60} (?:to train|for training))",
    rf"(?i:(?:may|must|shall|can)(?:not| not) be (?:used|reproduced)[^.]{{0,120}}? (?:purposes? of|to|for) train(?:ing)? {_AI})",
    rf"(?i:no part of [^.]{{0,160}}? (?:purposes? of|to|for) train(?:ing)? {_AI})",
    r"(?i:no[- ]ai[- ]training|no training (?:of|on|for) (?:ai|generative))\b",
    "(?:禁止|不得|未经许可不得|严禁|嚴禁|未經許可不得|请勿|請勿)[^\\n]{0,180}?(?:用于|用於|进行|進行|作为|作為|供)[^\\n]{0,72}?(?:训练|訓練|文本与数据挖掘|文本和数据挖掘|数据挖掘|資料探勘)",
    "(?:AI|人工知能|生成AI|機械学習)[^\\n]{0,60}?(?:学習|訓練|トレーニング)[^\\n]{0,90}?(?:禁止|禁じ|お断り|できません|不可|許可しません|許可していません|認めません|認めていません|ご遠慮|留保)",
    "(?:無断)(?:での)?(?:AI)?(?:の)?学習(?:を|は)?(?:固く)?(?:禁|お断り)|AI学習(?:利用)?(?:禁止|不可|お断り)",
    "(?:AI|인공지능)[^.\\n]{0,40}?(?:학습|훈련)[^.\\n]{0,90}?(?:금지|금합니다|불가|할 수 없|허용하지|불허|유보)",
)
"""What reserves by itself."""

ARTICLES = (
    r"(?i:art(?:icle|ikel|icolo|igo|yku(?:ł|l)u?|\.)|art(?:í|i)culo) ?4(?:[.( ]|º)?[^\n]{0,48}?\(?(?:EU|UE|ЕС)\)? ?2019/790",
    r"(?i:(?:directive|directiva|direttiva|diretiva|richtlinie|richtlijn|dyrektyw[ay]) \(?(?:EU|UE)\)? ?2019/790[^.\n]{0,80}? (?:art(?:icle|ikel|icolo|igo|\.)|art(?:í|i)culo) ?4)\b",
    r"(?i:article 4 (?:of )?(?:the )?(?:EU )?(?:DSM|CDSM|copyright) directive)\b",
    "(?i:(?:指令|指令第)?\\(?(?:EU|欧盟)\\)?(?:第)? ?2019/790(?: ?号)?(?:指令)?(?:》)?第(?: )?(?:4|四)(?: )?条)",
)
"""Article 4 of Directive (EU) 2019/790, by which rights holders reserve: seldom named for anything else."""

LAWS = (
    r"(?:§)+ ?(?:44b|60d)(?: Abs(?:\.|atz) ?\d)?[^.\n]{0,12}?(?:UrhG|Urheberrechtsgesetz)",
    r"(?i:L\. ?122-5-3)\b",
    r"(?i:70[- ]quater)\b",
    r"(?i:art(?:ikel|\.) ?15[no] (?:van de )?auteurswet)",
    r"(?i:art(?:ículo|\.) ?67 [^\n]{0,40}?24/2021)",
    "著作権法第(?:30条の4|三十条の四)",
)
"""Other provisions on mining: they count where the text denies, for commentaries name them too."""

MINING = (
    r"(?i:text (?:and|&|und) data[- ]?mining|text-? (?:und|en) data-?mining|tekst- en datamining|\bTDM rights?)",
    r"(?i:fouille de textes? et de données|exploration de textes? et de données)",
    r"(?i:minería de textos? y (?:de )?datos)",
    r"(?i:estrazione di testo? e (?:di )?dati)",
    r"(?i:(?:prospeção|mineração|extração) de textos? e (?:de )?dados)",
    r"(?i:eksploracj(?:a|i|ę|ą) tekstów i danych)",
    "(?:И|и)нтеллектуальн(?:ый|ого) анализ(?:а)? текст(?:а|ов) и данных",
    "文本(?:与|和)数据挖掘|文字(?:與|及)資料探勘|文本及資料探勘",
    "テキスト(?:・|及び|および|と|＆|&)?データ(?:・)?マイニング",
    "텍스트 ?(?:및|와|·|, ?)? ?데이터 ?마이닝",
)
"""Text and data mining: a term of law, so any word for reserving or denying nearby is about rights."""

TRAINING = (
    rf"(?i:\btrain(?:ing)?(?: of| on)? {_AI})",
    r"(?i:\b(?:training|trainieren|training\S{0,2}zwecken?)(?: (?:von|mit|einer|eines|der))* (?:KI\b|K(?:ü|Ü)nstliche[rn]?|AI\b|Sprachmodellen?|maschinelle[nr]?))",
    r"(?i:\bKI-(?:Training|Modellen?|Systemen?) )",
    r"(?i:entra(?:î|i)nement (?:de |d(?:'|’)|des |à )?(?:une? |l(?:'|’))?(?:intelligences?|IA\b|mod(?:è|e)les?|syst(?:è|e)mes?|algorithmes?))",
    r"(?i:entrena(?:r|miento) (?:de )?(?:una? |los )?(?:inteligencia|IA\b|modelos|sistemas|algoritmos))",
    r"(?i:addestra(?:re|mento) (?:di |dell(?:'|’)|dei )?(?:un(?:'|’)?a? )?(?:intelligenz[ae]|IA\b|modelli|sistemi|algoritmi))",
    r"(?i:(?:treina(?:r|mento)|treino) (?:de )?(?:uma? )?(?:intelig(?:ê|e)ncia|IA\b|modelos|sistemas|algoritmos))",
    r"(?i:(?:trainen|training) van (?:een )?(?:AI\b|kunstmatige|taalmodellen|modellen|algoritmes?))",
    r"(?i:trenowani(?:a|e|u) (?:modeli|sztucznej|AI\b|algorytm|system))",
    "обучени(?:я|е|ю) (?:моделей|искусственного|нейро|ИИ|алгоритмов|систем)",
)
"""Training of models: spoken of far more often than reserved, so only plain words of denial nearby count."""

DENIALS = (
    r"(?i:prohibit|forbid|\bnot (?:be )?(?:permitted|allowed|consented|authori[sz]ed|licensed)\b|objects? to)",
    r"(?i:untersagt|verboten|ausgeschlossen|widerspr(?:ech|och|icht)|nicht (?:gestattet|erlaubt|zul(?:ä|Ä)ssig|genehmigt))",
    r"(?i:interdi|s(?:'|’)oppos|n(?:'|’)est pas (?:autoris|permis))",
    r"(?i:proh(?:i|í)b|se opone|no (?:est(?:á|a)n? )?(?:autoriza|permit))",
    r"(?i:vieta|proibi|\bnon (?:è |sono )?(?:consentit|autorizzat|permess))",
    r"(?i:pro(?:í|i)b|não (?:é |são |est(?:á|a) )?(?:permit|autoriz))",
    r"(?i:verboden|niet (?:toegestaan|toegelaten))",
    r"(?i:zabron|zabrania|zakaz|niedozwol)",
    "запрещ|не допускается|не разрешается|не разрешено",
    "禁止|不得|严禁|嚴禁|不允许|不允許",
    "禁じ|お断り|不可|できません|許可しません|認めません",
    "금지|금합니다|불허|허용하지|할 수 없",
    r"(?i:\brights?\b[^.\n]{0,120}? (?:are |is |be )?(?:expressly )?reserved|reserv\w* (?:all |the |its |their |our )*rights?|expressly reserv)",
    r"(?i:\b(?:rechte[n]?|droits|derechos|diritti|direitos|prawa)\b[^.\n]{0,80}? (?:vorbehalten|r(?:é|É)serv|reserv|riserv|voorbehoud|zastrze))",
)
"""Plain words of denial."""

RESERVED = (
    r"(?i:reserv(?:e|es|ed|ing|ation|ations)\b|opt(?:s|ed|ing)?[- ]?out|(?:may|must|shall|can)(?:not| not) be|without (?:the |our |its |prior |express |written |explicit )*(?:consent|permission|authori[sz]ation|licen[sc]e))",
    r"(?i:vorbeh(?:alt|ält|ielt)|ohne (?:vorherige |schriftliche |ausdr\S{2,3}ckliche )*(?:zustimmung|genehmigung|einwilligung))",
    r"(?i:r(?:é|É)serv|opposition|\bexclue?s?\b|sans (?:l(?:'|’))?(?:autorisation|accord|consentement))",
    r"(?i:\breserva|oposici(?:ó|o)n|sin (?:la )?autorizaci(?:ó|o)n|oposi(?:ç|c)ão|sem (?:a )?autoriza)",
    r"(?i:riserv|senza (?:il )?(?:consenso|autorizzazione))",
    r"(?i:voorbehoud|zonder (?:\S{1,14} )?toestemming)",
    r"(?i:zastrze(?:ż|g)|bez (?:\S{1,14} )?zgody|sprzeciw)",
    "без (?:\\S{2,30} )?(?:согласия|разрешения)|возраж|сохраня(?:ет|ют) (?:за собой )?прав",
    "保留|留保|유보|未经(?:许可|授权|同意)|未經(?:許可|授權|同意)|無断|무단",
)
"""Words that reserve, where mining or its provisions are spoken of."""
