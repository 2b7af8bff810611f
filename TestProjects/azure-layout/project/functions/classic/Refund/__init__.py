from . import amounts


def main(req):
    return amounts.TOTAL
