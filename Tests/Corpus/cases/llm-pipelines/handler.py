"""A question answered from documents: Haystack's pipelines, from code and from YAML, an agent, and Instructor."""

import json
import os
from pathlib import Path

os.environ |= {"HAYSTACK_TELEMETRY_ENABLED": "False", "OPENAI_API_KEY": "k"}

import instructor
from haystack import Document, Pipeline, component
from haystack.components.agents import Agent
from haystack.components.converters import CSVToDocument, OutputAdapter, TextFileToDocument
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.routers import ConditionalRouter, FileTypeRouter
from haystack.components.validators import JsonSchemaValidator
from haystack.components.writers import DocumentWriter
from haystack.dataclasses import ByteStream, ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack.tools import tool
from pydantic import BaseModel, field_validator

import fake_openai

HERE = Path(__file__).parent


class Person(BaseModel):
    name: str
    age: int

    @field_validator("age")
    @classmethod
    def grown(cls, age):
        if age < 0:
            raise ValueError("an age is not negative")
        return age


@tool
def stock_of(product: str) -> int:
    """How many of a product are left."""
    return {"tea": 7}.get(product, 0)


@component
class Count:
    @component.output_types(count=int)
    def run(self, documents: list[Document]):
        return {"count": len(documents)}


def called(name, arguments):
    return {"tool_calls": [{"id": "1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}]}


def answer(body):
    names, last = [t["function"]["name"] for t in body.get("tools", [])], body["messages"][-1]
    if "Person" in names:
        return called("Person", {"name": "Ann", "age": 40 if len(body["messages"]) > 1 else -1})
    if "stock_of" in names and last["role"] != "tool":
        return called("stock_of", {"product": "tea"})
    if "response_format" in body:
        return {"content": '{"name": "Bob", "age": 30}'}
    text = last["content"] if isinstance(last["content"], str) else last["content"][0]["text"]
    return {"content": f"said: {text.strip()[-24:]}"}


def index(event):
    store = InMemoryDocumentStore(index="shop")
    pipeline = Pipeline()
    for name, part in {"router": FileTypeRouter(mime_types=["text/plain", "text/csv"]), "text": TextFileToDocument(), "csv": CSVToDocument(), "join": DocumentJoiner(), "clean": DocumentCleaner(),
                       "split": DocumentSplitter(split_by="period", split_length=1), "write": DocumentWriter(store, DuplicatePolicy.OVERWRITE), "count": Count()}.items():
        pipeline.add_component(name, part)
    for sender, receiver in (("router.text/plain", "text.sources"), ("router.text/csv", "csv.sources"), ("text", "join"), ("csv", "join"), ("join", "clean"), ("clean", "split"), ("split", "write"), ("split", "count")):
        pipeline.connect(sender, receiver)
    streams = [ByteStream.from_string(text, mime_type=kind) for kind, text in event["files"]]
    ran = pipeline.run({"router": {"sources": streams}})
    return [ran["write"]["documents_written"], ran["count"]["count"], len(pipeline.graph.nodes), store.count_documents()]


def handler(event, context):
    seen = []
    os.environ["OPENAI_BASE_URL"] = fake_openai.start(answer, seen)
    indexed = index(event)
    answering = Pipeline.loads((HERE / "answering.yaml").read_text())
    reply = answering.run({"retriever": {"query": event["question"]}, "prompt": {"question": event["question"]}}, include_outputs_from={"retriever"})
    agent = Agent(chat_generator=OpenAIChatGenerator(model="gpt-4o"), tools=[stock_of], system_prompt="Be brief.")
    messages = agent.run(messages=[ChatMessage.from_user("How much tea?")])["messages"]
    router = ConditionalRouter([{"condition": "{{ n > 1 }}", "output": "{{ n }}", "output_name": "many", "output_type": int}, {"condition": "{{ True }}", "output": "{{ 0 }}", "output_name": "few", "output_type": int}])
    checked = JsonSchemaValidator({"type": "object", "required": ["a"]}).run([ChatMessage.from_assistant('{"b": 1}')])
    client = instructor.from_provider("openai/gpt-4o-mini")
    person = client.chat.completions.create(response_model=Person, messages=[{"role": "user", "content": "{{ who }} is forty"}], context={"who": "Ann"}, max_retries=2)
    loose = instructor.from_provider("openai/gpt-4o-mini", mode=instructor.Mode.JSON).chat.completions.create(response_model=Person, messages=[{"role": "user", "content": "Bob"}])
    return {
        "indexed": indexed, "documents": [d.content for d in reply["retriever"]["documents"]], "reply": reply["llm"]["replies"][0].text, "agent": [m.role.value for m in messages], "tool": messages[-2].tool_call_result.result,
        "router": router.run(n=3), "checked": "'a' is a required property" in checked["validation_error"][0].text, "adapter": OutputAdapter("{{ docs | length }}", int).run(docs=[1, 2])["output"],
        "person": [person.name, person.age], "loose": loose.name, "asked": len(seen), "content": next(b["messages"][0]["content"] for b in seen if "Person" in str(b.get("tools"))),
    }
