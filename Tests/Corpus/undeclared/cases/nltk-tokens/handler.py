from nltk.probability import FreqDist
from nltk.stem import PorterStemmer
from nltk.tokenize import RegexpTokenizer


def handler(event, context):
    words = RegexpTokenizer(r"\w+").tokenize(event["text"].lower())
    stems = FreqDist(map(PorterStemmer().stem, words))
    return {"common": stems.most_common(2), "hapaxes": sorted(stems.hapaxes())}
