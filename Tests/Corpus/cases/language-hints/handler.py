"""Small helpers for texts, each with its own data: hyphens, emoji, spelling, languages."""

from importlib.resources import files

import emoji
import pyphen
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from symspellpy import SymSpell, Verbosity


def handler(event, context):
    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    speller.load_dictionary(str(files("symspellpy") / "frequency_dictionary_en_82_765.txt"), 0, 1)
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["de", "en", "fr"])
    return {
        "hyphens": [pyphen.Pyphen(lang=language).inserted(word) for language, word in event["words"]], "fallback": pyphen.language_fallback("de_XX"),
        "emoji": [emoji.emojize(":rocket:"), emoji.demojize("\U0001f600", language="de"), emoji.emoji_count("a\U0001f680b")],
        "spelled": [s.term for s in speller.lookup("memebers", Verbosity.CLOSEST, max_edit_distance=2)], "words": speller.word_segmentation("theteaisgreen").corrected_string,
        "language": [identifier.classify(t)[0] for t in ("Das ist ein Haus.", "This is a house.", "C'est une maison.")],
    }
