"""Triage of support tickets with DSPy, rehearsed against recorded answers of the model."""

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ.setdefault("DSPY_CACHEDIR", tempfile.mkdtemp())
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")


def handler(event, context):
    import dspy

    from triage import programs, training
    from triage.offline import RecordedModel
    from triage.settings import load_settings

    settings = load_settings(HERE / "triage.yaml")
    answers = {}
    with RecordedModel(HERE / "recordings" / "answers.jsonl") as model:
        lm = dspy.LM(settings["model"], api_base=model.url, api_key="none", cache=False, num_retries=0, **settings["options"])
        for name in event["adapters"]:
            with dspy.context(lm=lm, adapter=settings["adapters"][name]()):
                program = programs.Triage(settings["teams"])
                answers[name] = [program(ticket=ticket).toDict() for ticket in event["tickets"]]
        with dspy.context(lm=lm, adapter=dspy.ChatAdapter()):
            program = programs.Triage(settings["teams"])
            answers["react"] = programs.helper(settings["tools"], event["question"])
            answers["trained"] = training.train(program, HERE / "data" / "tickets.json", Path(os.environ["DSPY_CACHEDIR"]))
        with dspy.context(lm=lm.copy(engine="litellm"), adapter=dspy.ChatAdapter(), track_usage=True):
            told = programs.Triage(settings["teams"])(ticket=event["tickets"][0])
            answers["litellm"] = [told.team, sorted(told.get_lm_usage())]
        answers["requests"] = model.seen
    return answers
