import random


def poisson(mean):
    while True:
        yield random.expovariate(1 / mean)


def timetable(at):
    before = 0
    for moment in at:
        yield moment - before
        before = moment
