"""Chinese names by rules: a surname with a given name before a title, or behind a label. Advisory.

Surnames are common words as well, so a name that stands by itself is not looked for, and some that are found are none.
"""

import re
from collections.abc import Iterator, Sequence

from corpus_audit.measure.prose.names.finder import FoundName

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
)
_COMPOUND_SURNAMES = (
    "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|长孙|宇文|端木|南宫|独孤|轩辕|钟离|闻人"
)
_TITLES = (
    "先生|女士|小姐|太太|夫人|同志|同学|师傅|老师|教授|副教授|博士|院士|医生|医师|大夫|护士|律师|法官|检察官|警官|记者|编辑|工程师|"
    "校长|院长|所长|主任|经理|总经理|总裁|总监|董事长|局长|处长|科长|部长|厅长|书记|市长|县长|区长|镇长|村长|省长|主席|会长|队长|阿姨|叔叔"
)
_LABELS = "|".join(
    (
        "姓名|名字|联系人|负责人|收件人|寄件人|收货人|申请人|法定代表人|法人代表|委托人|代理人|当事人",
        "患者|病人|原告|被告|证人|签名|作者|经办人",
    )
)
_NO_NAMES = frozenset(
    word
    for words in (
        "高级 高等 任何 常务 金融 安全 经济 时任 曾任 现任 历任 前任 后任 连任 方便 马上 文学 石油 金牌 白衣 成人",
        "包括 关于 于是 向来 温柔 安排 华人 司法 解放 管理 单位 项目 农业 农村 万能 文化 文物 武术 严格 康复 车间 路过",
    )
    for word in words.split()
)
"""What begins with a surname and is none."""

_FUNCTION_SIGNS = "的了是在和与及或也都就被把对为从到不没有这那其之以而等"
_SURNAME = f"(?P<surname>{_COMPOUND_SURNAMES}|[{_SURNAMES}])"
_GIVEN = rf"(?P<given>(?!{_TITLES})[\u4e00-\u9fff]{{1,2}}?)"
_TITLED = re.compile(f"{_SURNAME}(?:{_GIVEN})?(?={_TITLES})")
_LABELLED = re.compile(rf"(?:{_LABELS})(?:是|为)?[ \t]*[:：][ \t]*(?P<name>{_SURNAME}{_GIVEN})(?![\u4e00-\u9fff])")

_LABELLED_SCORE, _FULL_SCORE, _SURNAME_SCORE = 0.7, 0.6, 0.4


class ChineseNames:
    """Finds Chinese names by surname and title, or by surname and label."""

    method = "surname-and-title"
    language = "zh"

    def find(self, texts: Sequence[str]) -> Iterator[list[FoundName]]:
        """Yield the names in each text, in order of their place."""
        for text in texts:
            labelled = {match.span("name"): _LABELLED_SCORE for match in _LABELLED.finditer(text)}
            titled = {match.span(): _score(match) for match in _TITLED.finditer(text) if _may_be_name(match)}
            found = titled | labelled
            yield [FoundName("PERSON", *place, found[place]) for place in sorted(found)]


def _score(match: re.Match[str]) -> float:
    return _FULL_SCORE if match["given"] else _SURNAME_SCORE


def _may_be_name(match: re.Match[str]) -> bool:
    starts = match.string[match.start() : match.start() + 2]
    return starts not in _NO_NAMES and not any(sign in _FUNCTION_SIGNS for sign in match["given"] or "")
