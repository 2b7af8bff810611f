"""Retrains a small model. Which one is the configuration's business: class paths, checked against signatures."""

from pathlib import Path

from jsonargparse import ActionConfigFile, ArgumentError, ArgumentParser, namespace_to_dict
from sklearn.base import BaseEstimator, TransformerMixin

from training.data import Source
from training.run import Trainer

CONF = Path(__file__).parent / "conf"


def parser():
    made = ArgumentParser(prog="train", exit_on_error=False, default_env=True, env_prefix="TRAIN")
    made.add_argument("--config", action=ActionConfigFile)
    made.add_class_arguments(Trainer, "trainer", skip={"source", "model", "scaler"})
    made.add_subclass_arguments(Source, "source")
    made.add_subclass_arguments(BaseEstimator, "model", instantiate=True)
    made.add_subclass_arguments(TransformerMixin, "scaler")
    made.link_arguments("trainer.seed", "source.init_args.seed")
    return made


def handler(event, context):
    runs = []
    for arguments in event["runs"]:
        made = parser()
        config = made.parse_args(["--config", str(CONF / "base.yaml"), *arguments])
        ready = made.instantiate_classes(config)
        fitted = ready.trainer.fit(ready.source, ready.scaler, ready.model)
        runs.append({
            **fitted,
            "dump": made.dump(config, skip_none=True).splitlines(),
            "model": namespace_to_dict(config.model.init_args),
        })
    problems = []
    for arguments in event["broken"]:
        try:
            parser().parse_args(["--config", str(CONF / "base.yaml"), *arguments])
        except ArgumentError as error:
            problems.append(str(error).splitlines()[0][:60])
    return {"runs": runs, "problems": problems, "help": "--trainer.seed" in parser().format_help()}
