def show(number, lang="en"):
    return {"number": number, "lang": lang}


def create(body):
    return {"number": 8, **body}, 201
