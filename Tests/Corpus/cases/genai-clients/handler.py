"""Three model providers' clients behind a transport that answers for all of them."""

import json

import cohere
import httpx
from google import genai
from google.genai import types
from mistralai.client import Mistral

asked = []


def answer(request):
    body = json.loads(request.content or b"{}")
    asked.append([request.method, request.url.host, request.url.path])
    if "google" in request.url.host:
        if request.url.path.endswith("streamGenerateContent"):
            lines = [{"candidates": [{"content": {"role": "model", "parts": [{"text": t}]}}]} for t in ("one ", "two")]
            return httpx.Response(200, content="".join(f"data: {json.dumps(line)}\n\n" for line in lines), headers={"content-type": "text/event-stream"})
        part = {"functionCall": {"name": "brew", "args": {"kind": "green"}}} if "tools" in body else {"text": '{"name": "tea", "cups": 2}'}
        return httpx.Response(200, json={"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}], "usageMetadata": {"totalTokenCount": 9}})
    if "mistral" in request.url.host:
        return httpx.Response(200, json={
            "id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "bonjour"}}]})
    if request.url.path.endswith("/embed"):
        return httpx.Response(200, json={"id": "1", "response_type": "embeddings_by_type", "embeddings": {"float": [[0.5, 1.0]]}, "texts": body["texts"]})
    return httpx.Response(429, json={"message": "slow down"})


def brew(kind: str) -> str:
    """Brews tea."""
    return kind


def handler(event, context):
    client = httpx.Client(transport=httpx.MockTransport(answer))
    google = genai.Client(api_key="k", http_options=types.HttpOptions(httpx_client=client))
    schema = types.GenerateContentConfig(response_mime_type="application/json", temperature=0.1)
    first = google.models.generate_content(model=event["model"], contents=event["question"], config=schema)
    tool = google.models.generate_content(model=event["model"], contents=["brew", types.Part.from_bytes(data=b"x", mime_type="image/png")], config=types.GenerateContentConfig(
        tools=[types.Tool(function_declarations=[types.FunctionDeclaration.from_callable(client=google._api_client, callable=brew)])]))
    stream = "".join(chunk.text for chunk in google.models.generate_content_stream(model=event["model"], contents="count"))
    with Mistral(api_key="k", client=client) as mistral:
        chat = mistral.chat.complete(model="mistral-small-latest", messages=[{"role": "user", "content": "hello"}])
    embedder = cohere.ClientV2(api_key="k", httpx_client=client)
    vectors = embedder.embed(model="embed-v4.0", texts=["tea"], input_type="search_query", embedding_types=["float"])
    try:
        embedder.rerank(model="rerank-v3.5", query="q", documents=["a"], request_options={"max_retries": 0})
    except cohere.TooManyRequestsError as error:
        limited = error.status_code
    return {
        "first": json.loads(first.text), "tokens": first.usage_metadata.total_token_count, "call": tool.function_calls[0].args, "stream": stream,
        "mistral": [chat.choices[0].message.content, chat.usage.total_tokens], "vectors": vectors.embeddings.float_, "limited": limited, "asked": asked,
    }
