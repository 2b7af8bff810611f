from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def subject(language, count):
    file = LOCALE / f"{language}.po"
    if not file.exists():
        return f"{count} messages"
    catalogue = polib.pofile(str(file))
    text = catalogue.find("%d messages").msgstr % count
    if language == "ru":
        from .quality import morphology

        word = morphology().parse("сообщение")[0]
        text += f" ({word.make_agree_with_number(count).word})"
    return text
