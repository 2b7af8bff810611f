def whole(cents):
    return cents // 100
