"""LiteLLM: models by name, prices, templates, tools, the router; every answer is made up here."""

import os

os.environ |= {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "ANTHROPIC_API_KEY": "k"}

import litellm
from litellm import Router, completion, completion_cost, get_llm_provider, get_max_tokens, token_counter
from litellm.exceptions import RateLimitError
from litellm.utils import supports_function_calling, trim_messages


def tea(kind: str, cups: int = 1):
    """Brews tea."""


def handler(event, context):
    messages = [{"role": "user", "content": event["question"]}]
    answers = {model: completion(model, messages, mock_response="Four.", api_key="k").choices[0].message.content for model in event["models"]}
    streamed = "".join(c.choices[0].delta.content or "" for c in completion("gpt-4o", messages, mock_response="one two", stream=True, api_key="k"))
    try:
        completion("gpt-4o", messages, mock_response="litellm.RateLimitError", api_key="k", num_retries=0)
        limited = None
    except RateLimitError as error:
        limited = error.status_code
    router = Router(model_list=[{"model_name": "small", "litellm_params": {"model": "azure/gpt-4o-mini", "api_key": "k", "api_base": "https://h", "mock_response": "routed"}}])
    request = litellm.utils.return_raw_request(endpoint=litellm.types.utils.CallTypes.completion, kwargs={"model": "anthropic/claude-3-haiku-20240307", "messages": messages})
    return {
        "answers": answers, "streamed": streamed, "limited": limited, "routed": router.completion("small", messages).choices[0].message.content,
        "tokens": token_counter("gpt-4o", messages=messages), "max": get_max_tokens("gpt-4o") is not None,
        "cost": completion_cost(model="gpt-4o", prompt="a b c", completion="d e f") > 0, "providers": [get_llm_provider(m)[1] for m in event["models"]],
        "tools": supports_function_calling("gpt-4o"), "trimmed": len(trim_messages(messages, "gpt-4o")), "raw": sorted(request["raw_request_body"]),
    }
