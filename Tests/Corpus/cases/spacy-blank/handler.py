"""spaCy without a model: languages, components and factories that are found by name."""

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import get_lang_class


def handler(event, context):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Storefront"}, {"label": "PRODUCT", "pattern": [{"LOWER": "teapot"}]}])
    doc = nlp(event["text"])
    matcher = Matcher(nlp.vocab)
    matcher.add("number", [[{"LIKE_NUM": True}, {"IS_ALPHA": True}]])
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases.add("p", [nlp.make_doc("blue teapot")])
    german = get_lang_class("de")()
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    return {
        "entities": [[e.text, e.label_] for e in doc.ents], "sentences": [s.text for s in doc.sents],
        "numbers": [doc[a:b].text for _, a, b in matcher(doc)],
        "phrases": [Span(doc, a, b).text for _, a, b in phrases(doc)],
        "stop": [t.text for t in doc if t.is_stop], "german": [t.text for t in german("z.B. Häuser")],
        "pipes": nlp.pipe_names, "again": len(again), "tokens": len(spacy.blank("fr")("L'été, c'est bien.")),
    }
