from . import engine


@engine("native")
class Tantivy:
    def __init__(self, known):
        import tantivy

        made = tantivy.SchemaBuilder()
        made.add_text_field("name", stored=True, tokenizer_name="raw")
        made.add_text_field("title", stored=True)
        made.add_text_field("text", stored=True, tokenizer_name="en_stem")
        made.add_facet_field("tags")
        made.add_integer_field("size", stored=True, fast=True)
        self.schema = made.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(heap_size=15_000_000, num_threads=1)
        for name, doc in known.items():
            writer.add_document(tantivy.Document(name=name, title=[doc["title"]], text=[doc["text"]], size=len(doc["text"]), tags=[tantivy.Facet.from_string(f"/{tag}") for tag in doc["tags"]]))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def search(self, query):
        searcher = self.index.searcher()
        parsed, _ = self.index.parse_query_lenient(query, ["title", "text"])
        return [[searcher.doc(at)["name"][0], round(score, 3)] for score, at in searcher.search(parsed, 3).hits]

    def more(self, typo):
        import tantivy

        searcher = self.index.searcher()
        fuzzy = tantivy.Query.fuzzy_term_query(self.schema, "title", typo, distance=2)
        phrase = tantivy.Query.phrase_query(self.schema, "title", ["heat", "pump"])
        both = tantivy.Query.boolean_query([(tantivy.Occur.Should, fuzzy), (tantivy.Occur.Should, phrase)])
        snippets = tantivy.SnippetGenerator.create(searcher, self.index.parse_query("valve", ["text"]), self.schema, "text")
        found = searcher.search(both, 5).hits
        return {"names": sorted(searcher.doc(at)["name"][0] for _, at in found), "snippet": snippets.snippet_from_doc(searcher.doc(found[0][1])).to_html(), "docs": searcher.num_docs}
