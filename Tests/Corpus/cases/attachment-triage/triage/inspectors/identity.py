from oletools import ftguess, oleid


def findings(name, content, password):
    guess = ftguess.FileTypeGuesser(data=content, filepath=name)
    yield 0, f"{guess.ftype.name} {guess.container}"
    if name.rsplit(".", 1)[-1] not in guess.ftype.extensions:
        yield 2, f"named {name.rsplit('.', 1)[-1]}"
    for indicator in oleid.OleID(filename=name, data=content).check():
        if indicator.risk not in (oleid.RISK.NONE, oleid.RISK.INFO, oleid.RISK.UNKNOWN):
            yield 1, f"{indicator.id}={indicator.value}"
