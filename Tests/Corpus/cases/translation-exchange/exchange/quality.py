"""The toolkit's checkers, and whether Russian words exist at all."""

import functools
import re

from translate.filters import checks

PROJECTS = {"gnome": checks.GnomeChecker, "mozilla": checks.MozillaChecker, "standard": checks.StandardChecker}


@functools.cache
def morphology():
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def check(store, language, project="gnome"):
    checker = PROJECTS[project](checkerconfig=checks.CheckerConfig(targetlanguage=language))
    found = []
    for unit in store.units:
        if not (unit.istranslatable() and unit.target):
            continue
        for name, text in sorted(checker.run_filters(unit).items()):
            found.append([str(unit.source), name, str(text)[:60]])
        if language == "ru":
            for word in re.findall(r"[а-яё]{3,}", str(unit.target).lower()):
                if not morphology().word_is_known(word):
                    found.append([str(unit.source), "unknown-word", word])
    return found
