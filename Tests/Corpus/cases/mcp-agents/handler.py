"""An MCP server and its client in one process, and a Pydantic AI agent that calls tools and answers in a model."""

import asyncio

from genai_prices import Usage, calc_price
from mcp.client.client import Client
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.prompts.base import UserMessage
from pydantic import BaseModel, Field
from pydantic_ai import Agent, ModelRetry, RunContext, ToolOutput
from pydantic_ai.messages import ModelMessagesTypeAdapter, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.models.test import TestModel
from pydantic_ai.toolsets import FunctionToolset
from pydantic_ai.usage import UsageLimits

server = MCPServer("shop", instructions="Ask for stock.")


class Stock(BaseModel):
    product: str
    left: int = Field(ge=0)


@server.tool()
async def stock_of(product: str, context: Context) -> Stock:
    """How many of a product are left."""
    await context.report_progress(1, 1)
    return Stock(product=product, left={"tea": 7}[product])


@server.resource("price://{product}")
def price(product: str) -> str:
    return f"{product}: 2.50"


@server.prompt()
def greet(name: str) -> list:
    return [UserMessage(f"Greet {name}")]


async def served(event):
    async with Client(server) as client:
        tools = (await client.list_tools()).tools
        called = await client.call_tool("stock_of", {"product": event["product"]})
        failed = await client.call_tool("stock_of", {"product": "none"})
        read = await client.read_resource("price://tea")
        prompt = await client.get_prompt("greet", {"name": "Ann"})
        return {"tools": [[t.name, t.description, sorted(t.output_schema["properties"])] for t in tools], "called": called.structured_content,
                "failed": failed.is_error, "read": read.contents[0].text, "prompt": prompt.messages[0].content.text}


def talk(messages, info):
    last = messages[-1].parts[-1]
    if last.part_kind == "user-prompt":
        return ModelResponse(parts=[ToolCallPart("look_up", {"product": "??"})])
    if last.outcome == "retried":
        return ModelResponse(parts=[ToolCallPart("look_up", {"product": "tea"})])
    return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"product": "tea", "left": last.content})])


def handler(event, context):
    agent = Agent(FunctionModel(talk), output_type=ToolOutput(Stock, name="done"), deps_type=dict, instructions="Be brief.", retries=2)

    @agent.tool
    def look_up(run: RunContext[dict], product: str) -> int:
        """Looks a product up.

        Args:
            product: Its name.
        """
        if product not in run.deps:
            raise ModelRetry(f"no {product}")
        return run.deps[product]

    result = agent.run_sync("How much tea?", deps=event["stock"], usage_limits=UsageLimits(request_limit=5))
    dumped = ModelMessagesTypeAdapter.dump_python(result.all_messages(), mode="json")
    test = TestModel(call_tools=["double"], seed=1)
    tools = FunctionToolset()

    @tools.tool_plain
    def double(n: int) -> int:
        """Doubles a number."""
        return 2 * n

    broken = FunctionModel(lambda messages, info: ModelResponse(parts=[TextPart("fallback")]))
    plain = Agent(FallbackModel(test, broken), toolsets=[tools])
    return {"mcp": asyncio.run(served(event)), "output": result.output.model_dump(), "kinds": [p["part_kind"] for m in dumped for p in m["parts"]],
            "cost": str(calc_price(Usage(input_tokens=event["tokens"], output_tokens=100), model_ref="gpt-4o", provider_id="openai").total_price), "requests": result.usage.requests, "plain": plain.run_sync("hi").output,
            "schema": test.last_model_request_parameters.function_tools[0].parameters_json_schema}
