"""A model built in place, checked, and run by a native runtime."""

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, shape_inference


def handler(event, context):
    weights = helper.make_tensor("w", TensorProto.FLOAT, [2, 2], [1, 2, 3, 4])
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["m"]), helper.make_node("Relu", ["m"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2])], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    inferred = shape_inference.infer_shapes(model)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    out = session.run(None, {"x": np.array(event["x"], np.float32)})[0]
    return {"out": out.tolist(), "inferred": [v.name for v in inferred.graph.value_info], "providers": session.get_providers(), "inputs": [i.name for i in session.get_inputs()]}
