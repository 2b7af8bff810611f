"""Slugs, readings and search tokens for Chinese and Japanese product names."""

import pykakasi
from janome.analyzer import Analyzer
from janome.charfilter import RegexReplaceCharFilter, UnicodeNormalizeCharFilter
from janome.tokenfilter import CompoundNounFilter, LowerCaseFilter, POSKeepFilter, TokenCountFilter
from janome.tokenizer import Tokenizer
from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin, slug
from pypinyin.contrib.tone_convert import to_tone, to_tone3
from pypinyin.contrib.tone_sandhi import ToneSandhiMixin
from pypinyin.converter import DefaultConverter
from pypinyin.core import Pinyin
from pypinyin.seg import mmseg


class Sandhi(ToneSandhiMixin, DefaultConverter):
    pass


def handler(event, context):
    chinese, japanese = event["chinese"], event["japanese"]
    tokens = list(Tokenizer().tokenize(japanese))
    counted = Analyzer(
        char_filters=[UnicodeNormalizeCharFilter(), RegexReplaceCharFilter("。", "")], tokenizer=Tokenizer(),
        token_filters=[CompoundNounFilter(), POSKeepFilter(["名詞", "動詞"]), LowerCaseFilter(), TokenCountFilter(sorted=True)])
    kakasi = pykakasi.kakasi()
    converted = kakasi.convert(japanese)
    before = lazy_pinyin("朝阳门", style=Style.TONE2)
    load_phrases_dict({"朝阳门": [["cháo"], ["yáng"], ["mén"]]})
    return {
        "pinyin": lazy_pinyin(chinese), "tones": [p[0] for p in pinyin(chinese, style=Style.TONE)], "many": pinyin("中", heteronym=True), "slug": slug(chinese, separator="-"),
        "styles": {s.name: lazy_pinyin("中国", style=s) for s in (Style.INITIALS, Style.FINALS_TONE3, Style.BOPOMOFO, Style.CYRILLIC, Style.WADEGILES, Style.GWOYEU)},
        "sandhi": Pinyin(Sandhi()).lazy_pinyin("你好", style=Style.TONE3), "convert": [to_tone("zhong1"), to_tone3("zhōng")],
        "segments": list(mmseg.seg.cut("北京大学生")), "phrase": [before, lazy_pinyin("朝阳门", style=Style.TONE2)],
        "tokens": [[t.surface, t.part_of_speech.split(",")[0], t.base_form, t.reading] for t in tokens], "counted": sorted(counted.analyze(japanese * 2)),
        "wakati": list(Tokenizer(wakati=True).tokenize("すもももももももものうち")), "romaji": " ".join(c["hepburn"] for c in converted),
        "kana": [c["hira"] for c in converted][:3], "kunrei": [c["kunrei"] for c in kakasi.convert("新聞")], "passport": kakasi.convert("大野")[0]["passport"],
    }
