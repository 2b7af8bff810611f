from . import hours


def main(req):
    return hours.now()
