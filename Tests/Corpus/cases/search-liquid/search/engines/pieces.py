"""Overlap of sentence pieces; the model lies beside the package."""

from pathlib import Path

from . import engine

MODEL = Path(__file__).parents[2] / "model" / "manual.model"


@engine("pieces")
class Pieces:
    def __init__(self, known):
        import sentencepiece

        self.model = sentencepiece.SentencePieceProcessor(model_file=str(MODEL))
        self.known = {name: set(self.model.encode(doc["text"])) for name, doc in known.items()}

    def search(self, query):
        wanted = set(self.model.encode(query))
        ranked = sorted(((len(wanted & has) / len(wanted), name) for name, has in self.known.items()), key=lambda p: (-p[0], p[1]))
        return [[name, round(share, 3)] for share, name in ranked[:3]]

    def more(self, typo):
        pieces = self.model.encode(typo, out_type=str)
        return {"pieces": pieces, "back": self.model.decode(self.model.encode(typo)), "size": self.model.get_piece_size(), "best": self.model.nbest_encode_as_pieces(typo, 2), "unknown": self.model.id_to_piece(self.model.unk_id())}
