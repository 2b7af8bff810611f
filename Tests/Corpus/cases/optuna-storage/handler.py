"""Optuna: studies in a database that it migrates itself, samplers and pruners by name."""

import os
import tempfile

import optuna
from optuna.storages import JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)


def objective(trial):
    x = trial.suggest_float("x", -5, 5)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    for step in range(3):
        trial.report(x * x + step, step)
        if trial.should_prune():
            raise optuna.TrialPruned
    return (x - 1) ** 2 + (kind == "b")


def handler(event, context):
    folder = tempfile.mkdtemp()
    storage = RDBStorage(f"sqlite:///{folder}/studies.db")
    best = {}
    for name in event["samplers"]:
        sampler = getattr(optuna.samplers, name)(seed=3)
        study = optuna.create_study(study_name=name, storage=storage, sampler=sampler, pruner=optuna.pruners.MedianPruner(n_startup_trials=2))
        study.optimize(objective, n_trials=12)
        best[name] = [round(study.best_value, 4), study.best_params["kind"], len(study.trials)]
    again = optuna.load_study(study_name=event["samplers"][0], storage=f"sqlite:///{folder}/studies.db")
    journal = optuna.create_study(storage=JournalStorage(JournalFileBackend(os.path.join(folder, "journal.log"))), directions=["minimize", "maximize"],
                                  sampler=optuna.samplers.NSGAIISampler(seed=1))
    journal.optimize(lambda t: (t.suggest_int("n", 0, 9), t.suggest_int("n", 0, 9)), n_trials=4)
    try:
        optuna.visualization.plot_optimization_history(again)
        drawn = True
    except ImportError:
        drawn = False
    return {
        "best": best, "again": len(again.get_trials()), "version": storage.get_current_version() == storage.get_head_version(),
        "all": len(storage.get_all_versions()) > 1, "front": len(journal.best_trials) > 0, "drawn": drawn,
        "summaries": sorted(s.study_name for s in optuna.get_all_study_summaries(storage)),
    }
