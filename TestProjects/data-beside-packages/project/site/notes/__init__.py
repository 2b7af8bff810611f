import os


def titles(share):
    return os.listdir(share)
