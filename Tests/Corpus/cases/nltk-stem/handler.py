"""Text without any downloaded corpus: tokens, stems, a grammar, metrics."""

import nltk
from nltk import CFG, ChartParser, FreqDist, RegexpParser, Tree
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.metrics import edit_distance
from nltk.sentiment.util import mark_negation
from nltk.stem import PorterStemmer, SnowballStemmer
from nltk.tokenize import TweetTokenizer, regexp_tokenize
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu


def handler(event, context):
    tokens = regexp_tokenize(event["text"], r"\w+")
    grammar = CFG.fromstring("S -> N V\nN -> 'dogs'\nV -> 'bark'")
    chunks = RegexpParser("NP: {<DT>?<NN>}").parse([("the", "DT"), ("pen", "NN")])
    finder = BigramCollocationFinder.from_words(tokens)
    try:
        nltk.data.find("corpora/wordnet")
        corpus = "found"
    except LookupError:
        corpus = "missing"
    return {
        "porter": [PorterStemmer().stem(t) for t in tokens],
        "german": SnowballStemmer("german").stem("Häusern"),
        "tweet": TweetTokenizer().tokenize("so cool :-) #nice"),
        "tree": str(next(iter(ChartParser(grammar).parse(["dogs", "bark"])))),
        "chunks": str(chunks), "distance": edit_distance("kitten", "sitting"),
        "top": FreqDist(tokens).most_common(1), "bigram": list(finder.nbest(BigramAssocMeasures.pmi, 1)[0]),
        "negated": mark_negation("I do not like it .".split()), "corpus": corpus,
        "bleu": round(sentence_bleu([["a", "b", "c"]], ["a", "b", "d"],
                                    smoothing_function=SmoothingFunction().method1), 4),
        "leaf": Tree.fromstring("(S (N x))").leaves(),
    }
