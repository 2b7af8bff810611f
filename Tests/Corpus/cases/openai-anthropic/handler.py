"""Two clients of language models over a transport that answers by itself, streams included."""

import json

import anthropic
import httpx2 as httpx
import openai
from pydantic import BaseModel


def answer(request):
    asked = json.loads(request.content)
    if request.url.path == "/v1/messages":
        if asked["model"] == "none":
            return httpx.Response(404, json={"type": "error", "error": {"type": "not_found_error", "message": "no"}})
        return httpx.Response(200, json={
            "id": "m", "type": "message", "role": "assistant", "model": asked["model"], "stop_reason": "end_turn",
            "stop_sequence": None, "content": [{"type": "text", "text": "tea"}], "usage": {"input_tokens": 1, "output_tokens": 2}})
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": '{"name": "pen", "price": 2.5}'}}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": asked["model"], "choices": [choice]}
    if asked.get("stream"):
        chunks = [{"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
                   "choices": [{"index": 0, "delta": {"content": c}, "finish_reason": None}]} for c in "ab"]
        return httpx.Response(200, headers={"content-type": "text/event-stream"},
                              text="".join(f"data: {json.dumps(c)}\n\n" for c in chunks) + "data: [DONE]\n\n")
    return httpx.Response(200, json=body)


class Product(BaseModel):
    name: str
    price: float


def handler(event, context):
    http = httpx.Client(transport=httpx.MockTransport(answer))
    one = openai.OpenAI(api_key="k", http_client=http)
    messages = [{"role": "user", "content": event["ask"]}]
    plain = one.chat.completions.create(model="m", messages=messages)
    parsed = one.chat.completions.parse(model="m", messages=messages, response_format=Product)
    streamed = [c.choices[0].delta.content for c in one.chat.completions.create(model="m", messages=messages, stream=True)]
    two = anthropic.Anthropic(api_key="k", http_client=http, max_retries=0)
    message = two.messages.create(model="x", max_tokens=5, messages=messages)
    try:
        two.messages.create(model="none", max_tokens=5, messages=messages)
    except anthropic.NotFoundError as error:
        missing = error.status_code
    return {"plain": plain.choices[0].message.content, "parsed": parsed.choices[0].message.parsed.price,
            "streamed": streamed, "text": message.content[0].text, "missing": missing}
