from kedro.config import OmegaConfigLoader

from sales.hooks import Timings

HOOKS = (Timings(),)
CONFIG_LOADER_CLASS = OmegaConfigLoader
CONFIG_LOADER_ARGS = {
    "base_env": "base",
    "default_run_env": "base",
    "custom_resolvers": {"percent": lambda value: float(value) / 100},
}
