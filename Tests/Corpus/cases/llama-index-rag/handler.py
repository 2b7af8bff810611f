"""Questions to documents with LlamaIndex: splitting, an index, hybrid retrieval, a synthesizer, storage, an agent tool."""

import asyncio
import tempfile
from pathlib import Path

from llama_index.core import Document, PromptTemplate, Settings, SimpleDirectoryReader, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.evaluation import SemanticSimilarityEvaluator
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import ChatMessage, MockLLM
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.node_parser import MarkdownNodeParser, SentenceSplitter, SentenceWindowNodeParser
from llama_index.core.output_parsers import PydanticOutputParser
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.tools import FunctionTool, QueryEngineTool
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters
from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import BaseModel


class Found(Event):
    names: list[str]


class Asking(Workflow):
    @step
    async def find(self, event: StartEvent) -> Found:
        return Found(names=sorted(event.names))

    @step
    async def answer(self, event: Found) -> StopEvent:
        return StopEvent(result=" & ".join(event.names))


class Price(BaseModel):
    name: str
    cents: int


def add(a: int, b: int) -> int:
    """Adds two numbers."""
    return a + b


def handler(event, context):
    Settings.llm, Settings.embed_model = MockLLM(max_tokens=6), MockEmbedding(embed_dim=4)
    documents = [Document(text=t, doc_id=str(n), metadata={"kind": k}) for n, (k, t) in enumerate(event["documents"])]
    nodes = IngestionPipeline(transformations=[SentenceSplitter(chunk_size=40, chunk_overlap=5)]).run(documents=documents)
    index = VectorStoreIndex(nodes)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=2, language="english")
    fusion = QueryFusionRetriever([words, index.as_retriever(similarity_top_k=1)], num_queries=1, mode="reciprocal_rerank", similarity_top_k=2, use_async=False)
    engine = RetrieverQueryEngine(words, get_response_synthesizer(response_mode="tree_summarize"), [SimilarityPostprocessor(similarity_cutoff=0.1)])
    with tempfile.TemporaryDirectory() as folder:
        index.storage_context.persist(folder)
        again = load_index_from_storage(StorageContext.from_defaults(persist_dir=folder))
        Path(folder, "note.md").write_text("# Tea\n\nGreen.\n\n# Ink\n\nBlue.\n")
        Path(folder, "rows.csv").write_text("a,b\n1,2\n")
        read = SimpleDirectoryReader(folder, required_exts=[".md", ".csv"]).load_data()
    only = again.as_retriever(filters=MetadataFilters(filters=[MetadataFilter(key="kind", value="ink")]))
    memory = ChatMemoryBuffer.from_defaults(token_limit=12)
    memory.put_messages([ChatMessage("a long question about many things to forget"), ChatMessage("short one")])
    window = SentenceWindowNodeParser.from_defaults(window_size=1).get_nodes_from_documents(documents[:1])
    return {
        "nodes": len(nodes), "best": words.retrieve(event["question"])[0].node.ref_doc_id, "fused": len(fusion.retrieve(event["question"])),
        "answer": str(engine.query(event["question"])), "filtered": sorted({n.metadata["kind"] for n in only.retrieve("x")}),
        "markdown": [n.metadata for n in MarkdownNodeParser().get_nodes_from_documents([Document(text=read[0].text)])][-1:], "read": sorted(d.metadata["file_type"] for d in read),
        "window": [len(window), window[1].metadata["original_text"]], "memory": [m.content for m in memory.get()],
        "tool": [FunctionTool.from_defaults(add)(2, 3).raw_output, QueryEngineTool.from_defaults(engine, name="docs", description="d").metadata.name],
        "parsed": PydanticOutputParser(Price).parse('say {"name": "tea", "cents": 250}').model_dump(), "prompt": PromptTemplate("Hi {name}").format(name="Ann"),
        "same": asyncio.run(SemanticSimilarityEvaluator().aevaluate(response="a", reference="b")).score, "workflow": asyncio.run(run(event)),
    }


async def run(event):
    return await Asking(timeout=10).run(names=[k for k, _ in event["documents"]])
