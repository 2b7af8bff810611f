import numpy as np

try:
    from rapidfuzz.fuzz import ratio  # faster, where somebody has installed it
except ImportError:
    from difflib import SequenceMatcher

    def ratio(a: str, b: str) -> float:
        return 100 * SequenceMatcher(None, a, b).ratio()


def rank(query: str, documents: dict[str, str]) -> list[tuple[str, float]]:
    """Documents by cosine similarity of their letter pairs, best first; near ties by spelling."""
    names = sorted(documents)
    vectors = np.stack([_vector(documents[name]) for name in names])
    scores = (vectors @ _vector(query)).round(3)
    spelling = [ratio(query, documents[name]) for name in names]
    order = np.lexsort((names, -np.array(spelling), -scores))
    return [(names[i], float(scores[i])) for i in order]


def _vector(text: str) -> np.ndarray:
    letters = [ord(c) - 96 if c.isalpha() and c.isascii() else 0 for c in text.lower()]
    counts = np.zeros((27, 27))
    np.add.at(counts, (letters[:-1], letters[1:]), 1)
    return counts.ravel() / (np.linalg.norm(counts) or 1)
