"""LangChain's core: prompts, a fake model, parsers, a vector store, everything behind lazy names."""

from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.language_models import FakeListChatModel
from langchain_core.load import dumpd, load
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import JsonOutputParser, StrOutputParser
from langchain_core.prompts import ChatPromptTemplate, FewShotPromptTemplate, PromptTemplate
from langchain_core.runnables import RunnableLambda, RunnableParallel
from langchain_core.tools import tool
from langchain_text_splitters import RecursiveCharacterTextSplitter


@tool
def add(a: int, b: int) -> int:
    """Adds."""
    return a + b


def handler(event, context):
    prompt = ChatPromptTemplate.from_messages([("system", "You sell {thing}."), ("human", "{question}")])
    chain = prompt | FakeListChatModel(responses=['{"answer": 42}', "plain"])
    parsed = (chain | JsonOutputParser()).invoke(event)
    text = (chain | StrOutputParser()).batch([event])
    both = RunnableParallel(a=RunnableLambda(len), b=str.upper).invoke("abc")
    shots = FewShotPromptTemplate(
        examples=[{"q": "1", "a": "2"}], example_prompt=PromptTemplate.from_template("{q}->{a}"),
        suffix="{x}->", input_variables=["x"])
    again = load(dumpd(prompt), allowed_objects="core")
    splits = RecursiveCharacterTextSplitter(chunk_size=12, chunk_overlap=0).split_text("one two three four five")
    vector = DeterministicFakeEmbedding(size=4).embed_query("x")
    return {"parsed": parsed, "text": text, "both": both, "shots": shots.format(x="5"), "tool": add.invoke({"a": 1, "b": 2}),
            "schema": sorted(add.args), "again": again.input_variables, "splits": splits, "vector": len(vector),
            "messages": [type(m).__name__ for m in (HumanMessage("a"), AIMessage("b"))], "doc": Document("x", id="1").id}
