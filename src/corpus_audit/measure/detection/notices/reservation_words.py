"""Words of reservations against mining and training, in twelve languages: one table per role.

Each is an expression over bytes: letters outside ASCII stand in groups, and a space may be a line break.
"""

from corpus_audit.measure.detection.notices.statements import ignoring_case

_AI = (
    r"(?:an? |any |the )?(?:artificial[ -]intelligence|AI\b|A\.I\.|machine[ -]learning|generative|large language"
    r"|LLMs?\b|foundation models?|neural)"
)
_MAY_NOT = "(?:may|must|shall|can)(?:not| not)"
_ARTICLE_4 = r"(?:art(?:icle|ikel|icolo|igo|yku(?:ł|l)u?|\.)|art(?:í|i)culo) ?4"
_DIRECTIVE = r"(?:directive|directiva|direttiva|diretiva|richtlinie|richtlijn|dyrektyw[ay])"
_ZH_NOT = "(?:不授权|不同意|不允许|拒绝|禁止|不得|未经许可不得|严禁|嚴禁|未經許可不得|请勿|請勿)"
_ZH_FOR = "(?:用于|用於|进行|進行|作为|作為|供)"
_JA_NOT = "(?:禁止|禁じ|お断り|できません|不可|(?:許可|認め)(?:しません|していません|ません|ていません)|ご遠慮|留保)"
_RIGHTS = r"\b(?:rechten?|droits|derechos|diritti|direitos|prawa)\b"
_KEPT = "(?:vorbehalten|r(?:é|É)serv|reserv|riserv|voorbehoud|zastrze)"

DIRECT = (
    *ignoring_case(
        f"{_MAY_NOT} be used (?:to train|for training|in training|for the training)",
        rf"{_MAY_NOT} be used for (?:the )?{_AI}[ -]?training",
        rf"\bnot (?:licensed |intended |to be used )?for (?:the )?(?:training(?: of)? {_AI}|{_AI}[ -]?training)",
        rf"{_MAY_NOT} be (?:\w+,? ){{0,4}}?(?:ingested|scraped|crawled|fed)[^.\n]{{0,60}}? {_AI}",
        rf"{_MAY_NOT} be (?:used|reproduced)[^.]{{0,120}}? (?:purposes? of|to|for) train(?:ing)? {_AI}",
        rf"no part of [^.]{{0,160}}? (?:purposes? of|to|for) train(?:ing)? {_AI}",
        r"\bnot to be used (?:to train|for training)",
        r"\b(?:agree|undertake)s? not to (?:use|scrape|crawl|copy)[^.\n]{0,100}?"
        r" (?:to|for) (?:[a-z]+,? (?:and |or )?){0,3}?train",
        r"no[- ]ai(?:/ml)?[- ]training\b|no training (?:of|on|for) (?:ai|generative)\b",
        r"\bkein(?:e|en|erlei)? KI-Training",
    ),
    # One alternative for each: hyperscan loses "AI" from an alternation in front of these.
    *(
        rf"(?:拒绝|謝絕|谢绝|禁止|严禁)[^\n]{{0,30}}?{ai}(?:模型)?训练"
        for ai in ("AI", "人工智能", "大模型", "机器学习")
    ),
    *(rf"{_ZH_NOT}[^\n]{{0,60}}?喂(?:给|养|食)[^\n]{{0,12}}?{ai}" for ai in ("AI", "人工智能", "大模型")),
    rf"{_ZH_NOT}[^\n]{{0,180}}?{_ZH_FOR}[^\n]{{0,72}}?(?:训练|訓練|文本(?:与|和)数据挖掘|数据挖掘|資料探勘)",
    *(rf"{ai}[^\n]{{0,60}}?(?:学習|訓練|トレーニング)[^\n]{{0,90}}?{_JA_NOT}" for ai in ("AI", "人工知能", "機械学習")),
    rf"機械学習(?:の|へ|に)?(?:の)?(?:目的|ため|データ|用途|使用|利用|提供)[^\n]{{0,90}}?{_JA_NOT}",
    r"無断(?:での)?(?:AI)?(?:の)?学習(?:を|は)?(?:固く)?(?:禁|お断り)|AI学習(?:利用)?(?:禁止|不可|お断り)",
    *(
        rf"{ai}[^.\n]{{0,40}}?(?:학습|훈련)[^.\n]{{0,90}}?(?:금지|금합니다|불가|할 수 없|허용하지|불허|유보)"
        for ai in ("AI", "인공지능")
    ),
)
"""What reserves by itself."""

INSTRUCTIONS = ignoring_case(
    r"(?:do not|don't|not) (?:use|scrape|crawl|feed)[^.\n]{0,60}?"
    r" (?:to train|for training|as training (?:data|material))",
    r"(?:do not|don't) train (?:your |any |an? |the |on |their )*(?:models?|LLMs?|neural|networks?|algorithms?)",
    rf"(?:do not|don't) (?:use|feed|train) [^.\n]{{0,60}}?(?: with| in| into| to| on)? {_AI}",
)
"""What reserves where the reader is told so: *we do not use it to train* is an assurance."""

ARTICLES = (
    *ignoring_case(
        rf"{_ARTICLE_4}(?:[.( ]|º)?[^\n]{{0,48}}?\(?(?:EU|UE|ЕС)\)? ?2019/790",
        rf"{_DIRECTIVE} \(?(?:EU|UE)\)? ?2019/790[^.\n]{{0,80}}? {_ARTICLE_4}\b",
        r"article 4 (?:of )?(?:the )?(?:EU )?(?:DSM|CDSM|copyright) directive\b",
    ),
    r"2019/790(?: ?号)?(?:指令)?(?:》)?第(?: )?(?:4|四)(?: )?条",
)
"""Article 4 of Directive (EU) 2019/790, by which rights holders reserve: seldom named for anything else."""

LAWS = (
    r"(?:§)+ ?(?:44b|60d)(?: Abs(?:\.|atz) ?\d)?[^.\n]{0,12}?(?:UrhG|Urheberrechtsgesetz)",
    *ignoring_case(
        r"L\. ?122-5-3\b",
        r"70[- ]quater\b",
        r"art(?:ikel|\.) ?15[no] (?:van de )?auteurswet",
        r"art(?:(?:í|i)culo|\.) ?67 [^\n]{0,40}?24/2021",
    ),
    "著作権法第(?:30条の4|三十条の四)",
)
"""Other provisions on mining: they count where the text denies, for commentaries name them too."""

MINING = (
    *ignoring_case(
        r"text-? ?(?:and|&|und|en|or|/) ?data[- ]?mining|tekst- en datamining|\bTDM rights?",
        r"(?:fouille|exploration) (?:de |du |des )(?:ses |nos |leurs )?textes? et (?:de |des )?(?:ses |nos )?données",
        r"minería de textos? y (?:de )?datos",
        r"estrazione di testo? e (?:di )?dati",
        r"(?:prospeção|mineração|extração) de textos? e (?:de )?dados",
        r"eksploracj(?:a|i|ę|ą) tekstów i danych",
    ),
    "(?:И|и)нтеллектуальн(?:ый|ого) анализ(?:а)? текст(?:а|ов) и данных",
    "文本(?:与|和)数据挖掘|文字(?:與|及)資料探勘|文本及資料探勘",
    "テキスト(?:・|及び|および|と|＆|&)?データ(?:・)?マイニング",
    "텍스트 ?(?:및|와|·|, ?)? ?데이터 ?마이닝",
)
"""Text and data mining: a term of law, so any word for reserving or denying nearby is about rights."""

TRAINING = (
    *ignoring_case(
        rf"\btrain(?:ing)?(?: of| on)? {_AI}",
        rf"\bdevelop(?:ing|ment of)? {_AI}",
        r"\b(?:AI|LLM|model|machine[- ]learning)[ -]training\b|\btraining data for (?:generative |any )?(?:AI|LLMs?)\b",
        r"\b(?:training|trainieren|training\S{0,2}zwecken?)(?: (?:von|mit|einer|eines|der))*"
        r" (?:KI\b|K(?:ü|Ü)nstliche[rn]?|AI\b|Sprachmodellen?|maschinelle[nr]?)",
        r"\b(?:KI|AI)-(?:Training|Trainings\S{0,8}|Modelle?n? (?:zu )?trainier\S{0,2})",
        r"\bKI-(?:Training|Modellen?|Systemen?) ",
        r"entra(?:î|i)nement (?:de |d(?:'|’)|des |à )?(?:une? |l(?:'|’))?"
        r"(?:intelligences?|IA\b|mod(?:è|e)les?|syst(?:è|e)mes?|algorithmes?)",
        r"apprentissage (?:automatique|profond|machine)",
        r"entra(?:î|i)ner (?:une? |des |les |l(?:'|’))?"
        r"(?:intelligences?|IA\b|mod(?:è|e)les?|syst(?:è|e)mes?|algorithmes?)",
        r"entrena(?:r|miento) (?:de )?(?:una? |los )?(?:inteligencia|IA\b|modelos|sistemas|algoritmos)",
        r"addestra(?:re|mento) (?:di |dell(?:'|’)|dei )?(?:intelligenz[ae]|IA\b|modelli|sistemi|algoritmi)",
        r"(?:treina(?:r|mento)|treino) (?:de )?(?:uma? |os )?(?:intelig(?:ê|e)ncia|IA\b|modelos|sistemas|algoritmos)",
        r"(?:trainen|training) van (?:een )?(?:AI\b|kunstmatige|taalmodellen|modellen|algoritmes?)",
        r"(?:AI|kunstmatige intelligentie|taalmodellen|AI-modellen|algoritmes)(?: mee)? te trainen",
        r"(?:trenowani|uczeni|szkoleni)(?:a|e|u) (?:si(?:ę|Ę) )?(?:modeli|sztucznej|AI\b|SI\b|algorytm|system|maszyn)",
    ),
    "обуча(?:ть|ющ)[^.\n ]{0,12} (?:нейро|ИИ|модел|искусств|алгоритм|языков)",
    "(?:обучени(?:я|е|ю)|тренировк(?:и|у|е)) (?:моделей|языковых|искусственного|нейро|ИИ|алгоритмов|систем)",
)
"""Training of models: spoken of far more often than reserved, so only plain words of denial nearby count."""

EXPLAINED = (
    *ignoring_case(
        r"\b(?:explain|discuss|debat|wonder)\w*\b|\bheard of\b|\bwhether\b|\bwhat (?:is|are|does|do|an?|the)\b|\bhow\b",
        r"\basked [^.\n]{1,60}? if\b",
        r"\bif (?:they|he|she|authors|publishers|rights ?holders) (?:would|could|should|can|may)\b",
        r"\bwas (?:\S+ ){1,10}(?:bedeutet|hei(?:ß|ss)t|meint|regelt)\b|\b(?:erl(?:ä|Ä)utert|diskutier\w*|befasst sich)",
        r"\bce (?:que signifie|qu(?:'|’)est)|\bexpliqu|\bdiscut|\bsignifie\b|qu(?:'|’)est-ce",
        r"\bexplica\b|\bexplicar|\bqu(?:é|É) (?:es|son|significa|supone)\b",
        r"\bspieg(?:a|ano|are|her(?:à|emo))\b|\b(?:che )?cos(?:a|(?:'|’)) ?(?:è|sia|significa)",
        r"\bo que (?:é|são|significa)|\blegt uit\b|\bwat (?:\S+ ){1,8}(?:betekent|inhoudt)\b|\bbespre(?:ek|ken)",
        r"wyja(?:ś|Ś)ni|om(?:ó|Ó)wi|\bczym (?:jest|s(?:ą|Ą))|na czym polega|co (?:to )?(?:oznacza|znaczy)|dyskut",
    ),
    r"объясн|обсужда|обсуд|(?:Ч|ч)то (?:такое|означает|значит)",
    "什么是|是什么|何谓|解释|解读|讨论|探讨|指的是|是指|含义",
    r"とは(?:何|なに|、)|について(?:解説|説明|議論)|解説(?:し|する)|を意味",
    "(?:이란|란) 무엇|무엇인지|에 대해 (?:알아|설명|논의)|의미하는|의미를",
)
"""Words of a sentence that explains mining, or asks others of it."""

OTHERS_MAY = (
    *ignoring_case(
        r"\b(?:can|could|may|might|should|want(?:s|ed)? to|(?:the|a) right to|allow(?:s|ed)? \S+ to|how to)"
        r" (?:\w+ ){0,2}"
        r"(?:opt(?:ing)?[- ]?out|reserv\w*|object\b|prohibit|forbid)",
        r"\b(?:k(?:ö|Ö)nn(?:en|te|ten)|d(?:ü|Ü)rf(?:en|ten)) (?:\S+ ){0,12}?"
        r"(?:vorbehalten|widersprechen|untersagen|ausschlie(?:ß|ss)en|verbieten)",
        r"\b(?:peu(?:t|vent)|pourrai(?:t|ent)) (?:\S+ ){0,3}?(?:s(?:'|’)opposer|r(?:é|É)server|interdire)",
        r"\b(?:puede|pueden|podr(?:í|Í)an?) (?:\S+ ){0,2}?(?:oponerse|reservar\w*|prohibir)",
        r"\b(?:pu(?:ò|Ò)|possono) (?:\S+ ){0,2}?(?:opporsi|riservar\w*|vietare)",
        r"\b(?:pode|podem) (?:\S+ ){0,2}?(?:opor-se|reservar|proibir)",
        r"\b(?:kan|kunnen) (?:\S+ ){0,12}?(?:voorbehouden|verbieden|bezwaar maken)",
        r"\b(?:mo(?:ż|Ż)e|mog(?:ą|Ą)) (?:\S+ ){0,3}?(?:zastrzec|sprzeciwi\S+|zakaza(?:ć|Ć)|zabroni(?:ć|Ć))",
    ),
    r"(?:может|могут|вправе) (?:\S+ ){0,3}?(?:запретить|возразить|возражать)",
    "可以(?:明确)?(?:保留|拒绝|禁止|反对)",
    "(?:留保|拒否|禁止)(?:することができ|できる)",
    "(?:유보|거부|금지)할 수 있",
)
"""What others may do, which the text itself does not."""

DENIALS = (
    *ignoring_case(
        r"prohibit|forbid|\bnot (?:be )?(?:permitted|allowed|consented|authori[sz]ed|licensed)\b",
        r"\b(?:I|we|author|publisher|editor|(?:copy)?right(?:s )?(?: ?holder| ?owner)|owner|creator|artist)"
        r" (?:hereby |expressly )?objects? to",
        r"\b(?:do|does) not (?:hereby )?(?:give |grant )?(?:\w+ )?"
        r"(?:consent|permission|agree|permit|allow|authori[sz]e)",
        r"\b(?:I|we) (?:do not|don(?:'|’)t) want",
        r"\brights?\b[^.\n]{0,120}? (?:are |is |be )?(?:expressly )?reserved",
        r"reserv\w* (?:all |the |its |their |our )*rights?|expressly reserv",
        r"untersag|verboten|verbiet|ausgeschlossen|widerspr(?:ech|och|icht)",
        r"nicht (?:gestattet|erlaubt|zul(?:ä|Ä)ssig|genehmigt)",
        r"\bd(?:ü|Ü|a)rf(?:en|te|ten)? (?:\S{1,20} ){0,3}nicht\b",
        r"nicht (?:\S{1,24} ){0,6}(?:verwendet|genutzt|benutzt) werden",
        r"interdi|(?:s(?:'|’)|nous |m(?:'|’))oppos",
        r"\bne (?:peu(?:t|vent)|doi(?:t|vent)) (?:pas )?être (?:utilis|employ|exploit|reprod)",
        r"\bn(?:'|’)est (?:pas )?(?:autoris|permis)|\baucune? (?:utilisation|usage|reproduction|exploitation)",
        r"proh(?:i|í)b|se opone|no (?:se |est(?:á|a)n? )?(?:autoriza|permit)",
        r"\bno (?:se )?(?:puede|pueden|podr(?:á|Á)n?|debe|deben) (?:ser )?(?:utiliz|us|emple|reproduc)",
        r"\bnon (?:pu(?:ò|Ò)|possono|deve|devono) (?:essere )?(?:utilizz|us|impieg|riprod)",
        r"vieta|proibi|\bnon (?:è |sono )?(?:consentit|autorizzat|permess)",
        r"vedad[ao]|pro(?:í|i)b|não (?:se |é |são |est(?:á|a) )?(?:permit|autoriz)",
        r"\bn(?:ã|Ã)o (?:pode|podem|deve|devem) (?:ser )?(?:us|utiliz|empreg|reproduz)",
        r"\bniets uit\b|verboden|niet (?:toegestaan|toegelaten)|\bm(?:ag|ogen) (?:\S{1,20} ){0,3}niet\b",
        r"nie wyra(?:ż|Ż)a(?:m|my)? zgody",
        r"zabron|zabrania|zakaz|niedozwol|\bnie (?:(?:może|mogą) być (?:u(?:ż|Ż)ywan|wykorzyst)|wolno|można)",
        rf"{_RIGHTS}[^.\n]{{0,80}}? {_KEPT}",
    ),
    r"(?:З|з)апрещ|ЗАПРЕЩ|не (?:может|могут|должн\S{1,4}) (?:быть )?(?:использ|примен)",
    "(?:Н|н)е допускается|(?:Н|н)е разреша(?:ется|ю|ем|ет)|не разрешено",
    "禁止|不得|严禁|嚴禁|不允许|不允許",
    "禁じ|お断り|不可|できません|許可しません|認めません",
    "금지|금합니다|불허|허용하지|할 수 없",
)
"""Plain words of denial."""

RESERVED = (
    *ignoring_case(
        rf"reserv(?:e|es|ed|ing|ation|ations)\b|opt(?:s|ed|ing)?[- ]?out|{_MAY_NOT} be",
        r"without (?:the |our |its |prior |express |written |explicit )*"
        r"(?:consent|permission|authori[sz]ation|licen[sc]e)",
        r"vorbeh(?:alt|ält|ielt)|\bbehalten (?:wir )?(?:uns|sich)\b|\bbeh(?:ä|Ä)lt sich\b",
        r"ohne (?:vorherige |schriftliche |ausdr\S{2,3}ckliche )*(?:zustimmung|genehmigung|einwilligung)",
        r"r(?:é|É)serv|opposition|\bexclue?s?\b|sans (?:l(?:'|’))?(?:autorisation|accord|consentement)",
        r"\breserva|oposici(?:ó|o)n|sin (?:la )?autorizaci(?:ó|o)n|oposi(?:ç|c)ão|sem (?:a )?autoriza",
        r"riserv|senza (?:il )?(?:consenso|autorizzazione)",
        r"voorbehoud|zonder (?:\S{1,14} )?toestemming",
        r"zastrze(?:ż|g)|bez (?:\S{1,14} )?zgody|sprzeciw",
    ),
    r"без (?:\S{2,30} )?(?:согласия|разрешения)|возраж|сохраня(?:ет|ют) (?:за собой )?прав",
    "保留|留保|유보|未经(?:许可|授权|同意)|未經(?:許可|授權|同意)|無断|무단",
)
"""Words that reserve, where mining or its provisions are spoken of."""
