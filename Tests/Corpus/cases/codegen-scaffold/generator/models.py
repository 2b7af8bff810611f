import importlib.util
import sys
import tempfile
from pathlib import Path

from datamodel_code_generator import DataModelType, InputFileType, PythonVersion, generate as generate_code
from datamodel_code_generator.format import Formatter

SCHEMAS = Path(__file__).parent.parent / "schemas"


def generate(name, kind, style):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.py"
        generate_code(
            (SCHEMAS / name).read_text() if kind != "openapi" else SCHEMAS / name,
            input_file_type=InputFileType(kind), output=out, output_model_type=DataModelType(style), disable_timestamp=True, input_filename=name,
            target_python_version=PythonVersion.PY_312, formatters=[Formatter.BLACK, Formatter.ISORT], use_standard_collections=True, use_union_operator=True,
            settings_path=Path(folder), field_constraints=True, class_name=None if kind == "openapi" else Path(name).stem.title(),
        )
        return out.read_text()


def load(path):
    spec = importlib.util.spec_from_file_location("order_models", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    order = module.Order.model_validate({"id": 7, "status": "open", "lines": [{"name": "Lamp", "price": 12.5}]})
    try:
        module.Order.model_validate({"id": 0, "status": "lost", "lines": []})
        problems = []
    except ValueError as error:
        problems = [e["type"] for e in error.errors()]
    return {"order": order.model_dump(mode="json"), "problems": problems}
