"""A refund desk as a graph: parallel steps, tools, an interrupt for a person, checkpoints in SQLite."""

import operator
import sqlite3
from typing import Annotated, TypedDict

from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.func import entrypoint, task
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from langgraph.store.memory import InMemoryStore
from langgraph.types import Command, RetryPolicy, Send, interrupt


class Order(TypedDict):
    items: list[str]
    prices: Annotated[list[int], operator.add]
    approved: str


@tool
def stock_of(product: str) -> int:
    """How many of a product are left."""
    return {"tea": 7}[product]


@task
def shout(word: str) -> str:
    return word.upper()


@entrypoint(checkpointer=InMemorySaver())
def shouted(words: list[str]) -> list[str]:
    return [future.result() for future in [shout(word) for word in words]]


def approve(state: Order) -> Command:
    answer = interrupt({"total": sum(state["prices"])})
    return Command(update={"approved": answer}, goto=END)


def refund_desk(saver):
    graph = StateGraph(Order)
    graph.add_node("price", lambda state: {"prices": [len(state["item"])]}, retry_policy=RetryPolicy(max_attempts=2))
    graph.add_node("approve", approve)
    graph.add_conditional_edges(START, lambda state: [Send("price", {"item": item}) for item in state["items"]], ["price"])
    graph.add_edge("price", "approve")
    return graph.compile(checkpointer=saver, store=InMemoryStore())


def assistant():
    said = [AIMessage("", tool_calls=[{"name": "stock_of", "args": {"product": "tea"}, "id": "1"}]), AIMessage("seven are left")]
    model = GenericFakeChatModel(messages=iter(said))
    graph = StateGraph(MessagesState)
    graph.add_node("model", lambda state: {"messages": [model.invoke(state["messages"])]})
    graph.add_node("tools", ToolNode([stock_of]))
    graph.add_edge(START, "model")
    graph.add_conditional_edges("model", tools_condition)
    graph.add_edge("tools", "model")
    return graph.compile()


def handler(event, context):
    thread = {"configurable": {"thread_id": "7"}}
    saver = SqliteSaver(sqlite3.connect(":memory:", check_same_thread=False))
    desk = refund_desk(saver)
    waiting = desk.invoke({"items": event["items"], "prices": []}, thread)
    done = desk.invoke(Command(resume=event["answer"]), thread)
    chat = assistant()
    messages = chat.invoke({"messages": [HumanMessage("How much tea?")]})["messages"]
    store = InMemoryStore()
    store.put(("users", "ann"), "tea", {"likes": "green"})
    return {
        "asked": [i.value for i in waiting["__interrupt__"]], "prices": sorted(done["prices"]), "approved": done["approved"],
        "history": [s.next for s in desk.get_state_history(thread)], "saved": len(list(saver.list(thread))),
        "messages": [[m.type, m.content] for m in messages], "tool": [m.name for m in messages if isinstance(m, ToolMessage)],
        "mermaid": chat.get_graph().draw_mermaid().splitlines()[-8:], "functional": shouted.invoke(event["items"], thread),
        "stream": [sorted(c) for c in refund_desk(InMemorySaver()).stream({"items": ["x"], "prices": []}, thread, stream_mode="updates")],
        "store": [i.value for i in store.search(("users",), filter={"likes": "green"})],
    }
