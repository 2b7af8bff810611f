import json


def right(example, prediction, trace=None):
    return example.team == prediction.team


def train(program, path, folder):
    import dspy
    from dspy.evaluate import Evaluate
    from dspy.evaluate.metrics import answer_exact_match
    from dspy.teleprompt import BootstrapFewShot, LabeledFewShot

    examples = [dspy.Example(**row).with_inputs("ticket") for row in json.loads(path.read_text())]
    before = Evaluate(devset=examples, metric=right, num_threads=1, display_progress=False)(program)
    taught = BootstrapFewShot(metric=right, max_bootstrapped_demos=1, max_labeled_demos=1).compile(program, trainset=examples)
    target = folder / "program.json"
    taught.save(str(target))
    again = type(program)(program.teams)
    again.load(str(target))
    labelled = LabeledFewShot(k=1).compile(program, trainset=examples, sample=False)
    return {
        "score": before.score, "demos": {name: [sorted(d.keys()) for d in p.demos] for name, p in again.named_predictors()}, "labelled": [len(p.demos) for p in labelled.predictors()],
        "exact": answer_exact_match(dspy.Example(answer="Net work"), dspy.Prediction(answer="the net work.")), "state": sorted(json.loads(target.read_text())),
    }
