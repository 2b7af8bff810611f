import re
from pathlib import Path

import codespell_lib
from codespell_lib._spellchecker import build_dict

WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")


def dictionary(allowed):
    folder = Path(codespell_lib.__file__).parent / "data"
    words = {}
    for name in ("dictionary.txt", "dictionary_rare.txt"):
        build_dict(str(folder / name), words, set(allowed))
    return words


def review(content, allowed=()):
    words = dictionary(allowed)
    for number, line in enumerate(content.splitlines(), 1):
        for word in WORD.findall(line):
            if found := words.get(word.lower()):
                yield number, f"{word} ==> {found.data}"
