"""A quotation inside text without spaces, or with vowel points, is found to the byte."""

import unicodedata

import numpy as np
import pytest

from corpus_audit.measure.fingerprints.token_places import place_tokens

QUOTED = {
    "Thai": ("ที่นี่มีข้อความว่า", "น้ำใจของคนไทยเป็นสิ่งที่งดงามเสมอ", "ซึ่งทุกคนจำได้"),
    "Lao": ("ມີຂໍ້ຄວາມວ່າ", "ນ້ຳໃຈຂອງຄົນລາວເປັນສິ່ງທີ່ງົດງາມ", "ທີ່ທຸກຄົນຈື່ໄດ້"),
    "Khmer": ("មានអត្ថបទថា", "ទឹកចិត្តរបស់មនុស្សគឺជារឿងស្រស់ស្អាត", "ដែលគ្រប់គ្នាចាំបាន"),
    "Burmese": ("စာသားတစ်ခုရှိသည်", "လူတို့၏စိတ်ထားသည်လှပသောအရာဖြစ်သည်", "လူတိုင်းမှတ်မိသည်"),
    "Japanese": ("ここには次の文がある", "人の心はいつも美しいものである", "と誰もが覚えている"),
}
OFTEN_LEFT_OUT = {
    "Thai am": ("เขาพูดคำ", "ทำงานสำคัญจำนวนมากในตำบลน้ำดำ", "นำไปเล่า"),
    "Lao am": ("ລາວເວົ້າຄຳ", "ນ້ຳຂອງໄຫຼຜ່ານບ້ານດຳແລະຄຳມ່ວນ", "ນຳໄປ"),
    "Khmer subscripts": ("ក្រុម", "ស្ត្រីខ្មែរច្រៀងចម្រៀងប្រពៃណីក្នុងពិធីបុណ្យអុំទូក", "ស្រឡាញ់"),
    "stacked Burmese": ("သူက", "ဗုဒ္ဓဘာသာဝင်များသည်သတ္တဝါအပေါင်းကိုမေတ္တာပို့ကြသည်", "ဟုဆို"),
    "half-width kana": ("資料ﾃﾞｰﾀ", "ｺﾝﾋﾟｭｰﾀのﾊﾞｰｼﾞｮﾝ２．０を使う", "です"),
    "decomposed kana": ("彼は", unicodedata.normalize("NFD", "ガギグゲゴはパピプペポでバビブベボだ"), "といった"),
    "repeated Han": ("人", "々は時々佐々木さんの家を訪れる", "〇印"),
    "Hangul letters": ("그는ㅋㅋ", "ㅎㅎ정말로ㅋㅋ웃긴이야기라고말했다", "ㅠㅠ했다"),
    "Bopomofo": ("讀作", "ㄅㄆㄇㄈ是注音符號的前四個", "ㄉㄊ"),
    "rare Han": ("碑上刻着", "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉㐊", "㐌三字"),
}
"""What is written with marks, subscripts or letters outside the usual blocks."""
VOCALISED, PLAIN = "قَرَأَ الطَّالِبُ الكِتَابَ فِي المَكْتَبَةِ", "قرأ الطالب الكتاب في المكتبة"


@pytest.mark.parametrize("script", QUOTED | OFTEN_LEFT_OUT)
def test_a_quotation_lies_at_its_exact_bytes(script):
    before, quoted, behind = (QUOTED | OFTEN_LEFT_OUT)[script]
    whole, part = (
        place_tokens((before + quoted + behind).encode(), "unicode-2"),
        place_tokens(quoted.encode(), "unicode-2"),
    )
    count = part.hashes.size
    assert count > 10
    first = next(
        place
        for place in range(whole.hashes.size - count + 1)
        if (whole.hashes[place : place + count] == part.hashes).all()
    )
    start, end = int(whole.starts[first]), int(whole.ends[first + count - 1])
    assert (start, end) == (len(before.encode()), len((before + quoted).encode()))


def test_vocalised_arabic_has_the_tokens_of_plain_arabic_at_its_own_bytes():
    vocalised, plain = place_tokens(VOCALISED.encode(), "unicode-2"), place_tokens(PLAIN.encode(), "unicode-2")
    assert np.array_equal(vocalised.hashes, plain.hashes)
    content = VOCALISED.encode()
    words = [content[start:end].decode() for start, end in zip(vocalised.starts, vocalised.ends, strict=True)]
    assert words == VOCALISED.split()
