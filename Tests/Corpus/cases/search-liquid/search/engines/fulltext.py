from datetime import datetime

from . import engine


@engine("fulltext")
class Whoosh:
    def __init__(self, known):
        from whoosh import fields
        from whoosh.analysis import LanguageAnalyzer, NgramWordAnalyzer, StemmingAnalyzer
        from whoosh.filedb.filestore import RamStorage

        schema = fields.Schema(
            name=fields.ID(stored=True, unique=True), title=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True, field_boost=2.0, spelling=True), text=fields.TEXT(analyzer=LanguageAnalyzer("en"), stored=True),
            grams=fields.NGRAMWORDS(minsize=3, maxsize=4), tags=fields.KEYWORD(commas=True, lowercase=True), day=fields.DATETIME(sortable=True), size=fields.NUMERIC(int, sortable=True))
        self.index = RamStorage().create_index(schema)
        writer = self.index.writer()
        for name, doc in known.items():
            writer.add_document(name=name, title=doc["title"], text=doc["text"], grams=doc["title"], tags=",".join(doc["tags"]), day=datetime.fromisoformat(doc["day"]), size=len(doc["text"]))
        writer.commit()

    def search(self, query):
        from whoosh.qparser import FuzzyTermPlugin, GtLtPlugin, MultifieldParser, OrGroup
        from whoosh.qparser.dateparse import DateParserPlugin

        parser = MultifieldParser(["title", "text", "grams"], self.index.schema, group=OrGroup.factory(0.9))
        parser.add_plugins([FuzzyTermPlugin(), GtLtPlugin(), DateParserPlugin(datetime(2024, 5, 1))])
        with self.index.searcher() as searcher:
            return [[hit["name"], round(hit.score, 3)] for hit in searcher.search(parser.parse(query), limit=3)]

    def more(self, typo):
        from whoosh import highlight, scoring, sorting
        from whoosh.qparser import QueryParser

        with self.index.searcher(weighting=scoring.TF_IDF()) as searcher:
            parsed = QueryParser("text", self.index.schema).parse("pump")
            found = searcher.search(parsed, groupedby="tags", sortedby=sorting.MultiFacet([sorting.FieldFacet("day", reverse=True), "size"]))
            found.formatter = highlight.UppercaseFormatter()
            found.fragmenter = highlight.ContextFragmenter(maxchars=40, surround=10)
            return {
                "corrected": searcher.corrector("title").suggest(typo, limit=2), "days": searcher.search(QueryParser("day", self.index.schema).parse("day:[20240101 to 20240401]")).scored_length(),
                "highlights": [hit.highlights("text") for hit in found], "groups": {k: len(v) for k, v in sorted(found.groups("tags").items(), key=str)},
                "similar": [h["name"] for h in found[0].more_like_this("text", numterms=4)], "key": [w for w, _ in found.key_terms("text", numterms=3)],
            }
