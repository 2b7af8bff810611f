from transliterate.base import TranslitLanguagePack, registry

class ShopPack(TranslitLanguagePack):
    language_code = "shop"
    language_name = "Shop"
    mapping = ("ab", "αβ")

registry.register(ShopPack)
