import py3langid


def language(text, contact):
    code, _ = py3langid.classify(text)
    return {"language": code, "text": " ".join(text.split())}
