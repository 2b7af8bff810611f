import sys


def run(folder, paths, rules, limit):
    from radon.complexity import average_complexity, cc_rank, cc_visit, sorted_results
    from radon.metrics import h_visit, mi_rank, mi_visit
    from radon.raw import analyze

    report = {}
    for path in paths:
        source = path.read_text()
        blocks = sorted_results(cc_visit(source))
        index = mi_visit(source, multi=True)
        raw = analyze(source)
        report[str(path.relative_to(folder))] = {
            "blocks": [[b.fullname if hasattr(b, "fullname") else b.name, b.letter, b.complexity, cc_rank(b.complexity)] for b in blocks],
            "over": [b.name for b in blocks if b.complexity > limit],
            "average": round(average_complexity(blocks), 2),
            "maintainability": [round(index, 2), mi_rank(index)],
            "raw": [raw.loc, raw.lloc, raw.sloc, raw.comments, raw.multi, raw.blank],
            "volume": round(h_visit(source).total.volume, 2),
        }
    return report
