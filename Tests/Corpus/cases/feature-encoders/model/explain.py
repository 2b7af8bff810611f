def reasons(steps, frame, top=3):
    """What moved the score most, in the names of the encoded columns."""
    encoded = steps[:-2].transform(frame)
    scaled = steps[-2].transform(encoded)
    weights = scaled * steps[-1].coef_[0]
    for row in weights:
        order = sorted(range(len(row)), key=lambda i: -abs(row[i]))[:top]
        yield [[encoded.columns[i], round(float(row[i]), 4)] for i in order]
