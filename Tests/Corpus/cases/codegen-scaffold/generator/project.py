import os
from pathlib import Path

BLUEPRINT = Path(__file__).parent.parent / "blueprint"


def create(folder, service):
    settings = folder / "cookiecutter.yaml"
    settings.write_text(f"cookiecutters_dir: {folder}/c\nreplay_dir: {folder}/r\ndefault_context: {{author: Team}}\n")
    os.environ["COOKIECUTTER_CONFIG"] = str(settings)
    from cookiecutter.main import cookiecutter

    return Path(cookiecutter(str(BLUEPRINT), no_input=True, extra_context=service, output_dir=str(folder / "out"), config_file=str(settings)))
