"""Words in several languages: own YAML, language packs, language profiles."""
from pathlib import Path

import i18n
import langdetect
from langdetect import DetectorFactory
from transliterate import detect_language, get_available_language_codes, translit
from transliterate.base import TranslitLanguagePack, registry

from transliterate.discover import autodiscover

import packs

autodiscover()
DetectorFactory.seed = 0
i18n.load_path.append(str(Path(__file__).parent / "translations"))
i18n.set("filename_format", "{namespace}.{locale}.{format}")
i18n.set("fallback", "en")

def handler(event, context):
    i18n.set("locale", event["locale"])
    return {
        "hi": i18n.t("shop.hi", name="ann"), "many": i18n.t("shop.items", count=3), "fallback": i18n.t("shop.only"),
        "latin": translit(event["text"], "ru", reversed=True), "codes": get_available_language_codes(), "own": translit("ab", "shop"),
        "guess": detect_language(event["text"]), "language": langdetect.detect("Das ist ein ganz normaler deutscher Satz"),
    }
