import re


def total(lines):
    amounts = [float(m.replace(",", ".")) for line in lines for m in re.findall(r"\d+[.,]\d\d\b", line)]
    return max(amounts, default=None)
