"""Reviews: sentiment and grammar, spelling in several languages, topics and word vectors."""

import tempfile
from pathlib import Path

import numpy as np
from gensim import corpora, models, similarities
from gensim.models import FastText, Word2Vec
from gensim.models.phrases import Phrases
from gensim.parsing.preprocessing import preprocess_string
from gensim.test.utils import common_texts
from spellchecker import SpellChecker
from textblob import Blobber, TextBlob, Word
from textblob.classifiers import NaiveBayesClassifier
from textblob.parsers import PatternParser
from textblob.taggers import PatternTagger
from nltk.tokenize import RegexpTokenizer


def blobs(event):
    blob = TextBlob(event["text"], tokenizer=RegexpTokenizer(r"\w+"), pos_tagger=PatternTagger(), parser=PatternParser())
    words = Blobber(tokenizer=RegexpTokenizer(r"\w+"))("small boxes of leaves")
    train = [(["great", "tea"], "pos"), (["lovely", "ink"], "pos"), (["awful", "paper"], "neg"), (["bad", "pen"], "neg")]
    classifier = NaiveBayesClassifier(train, feature_extractor=lambda words: {w: True for w in words})
    return {
        "sentiment": [round(v, 3) for v in blob.sentiment], "tags": PatternTagger().tag(event["text"])[:4], "parse": blob.parse().split()[0][:2], "corrected": str(TextBlob(event["wrong"], tokenizer=RegexpTokenizer(r"\w+")).correct()),
        "singular": list(words.words.singularize()), "plural": Word("ox").pluralize(), "class": classifier.classify(["great", "ink"]), "grams": [list(n) for n in blob.ngrams(n=3)][:1],
    }


def spelling(event):
    found = {}
    for language, words in event["words"].items():
        checker = SpellChecker(language=language)
        found[language] = [checker.correction(w) for w in sorted(checker.unknown(words))]
    own = SpellChecker(language=None, case_sensitive=True)
    own.word_frequency.load_words(["Kubernetes", "Lambda"])
    return found | {"own": own.correction("Lamda"), "split": own.split_words("a Lambda!"), "likely": SpellChecker().word_usage_frequency("the") > 0.01}


def topics(event):
    texts = [preprocess_string(text) for text in event["reviews"]]
    dictionary = corpora.Dictionary(texts)
    bows = [dictionary.doc2bow(text) for text in texts]
    tfidf = models.TfidfModel(bows)
    lsi = models.LsiModel(tfidf[bows], id2word=dictionary, num_topics=2, random_seed=1)
    lda = models.LdaModel(bows, id2word=dictionary, num_topics=2, random_state=1, passes=5)
    index = similarities.MatrixSimilarity(lsi[tfidf[bows]])
    nearest = int(np.argmax(index[lsi[tfidf[dictionary.doc2bow(preprocess_string(event["query"]))]]]))
    bm25 = models.OkapiBM25Model(dictionary=dictionary)
    coherence = models.CoherenceModel(lda, texts=texts, dictionary=dictionary, coherence="u_mass").get_coherence()
    vectors = Word2Vec(common_texts, vector_size=8, min_count=1, seed=1, workers=1, epochs=2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors"
        vectors.save(str(path))
        corpora.MmCorpus.serialize(str(path) + ".mm", bows)
        again, stored = Word2Vec.load(str(path)), corpora.MmCorpus(str(path) + ".mm")
    return {
        "texts": texts[0], "nearest": nearest, "topics": len(lda.show_topics()), "coherent": bool(coherence < 0), "same": bool(np.allclose(vectors.wv["human"], again.wv["human"])),
        "stored": [stored.num_docs, stored.num_terms], "bm25": len(bm25[bows[0]]), "unknown word": len(FastText(common_texts, vector_size=4, min_count=1, workers=1, epochs=1).wv["humanity"]),
        "phrases": sorted(Phrases([["green", "tea"]] * 6, min_count=1, threshold=0.1).export_phrases()),
    }


def handler(event, context):
    return {"blobs": blobs(event), "spelling": spelling(event), "topics": topics(event)}
