"""A tiny network as ONNX graph, and what a metric that runs it finds in the sketchbook sets of the fixtures.

python network_metric_fixtures.py

Needs numpy, onnx and Pillow only. The values come from NumPy in float64, not from an ONNX runtime.
Writes fixtures/tiny-embedder/ and fixtures/network-metric.json.
"""
import json
import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

FIXTURES = Path(__file__).parent / "fixtures"
MEAN, DEVIATION = [0.5, 0.4, 0.3], [0.25, 0.5, 0.3]
CHANNELS = 8
SIDES = [16, 32]


def weights():
    """Two convolutions of 3 x 3, float32. The first has no bias and looks for edges, so that images are not all alike to it."""
    random = np.random.default_rng(12)
    first = random.normal(size=(CHANNELS, 3, 3, 3))
    first -= first.mean(axis=(2, 3), keepdims=True)
    second = random.normal(size=(CHANNELS, CHANNELS, 3, 3)) / np.sqrt(CHANNELS)
    values = {"first.weight": first, "second.weight": second, "second.bias": random.normal(size=CHANNELS) / 10}
    return {name: value.astype(np.float32) for name, value in values.items()}


def graph(values):
    """pixel_values (batch, 3, height, width) to embedding (batch, 8): two convolutions and the mean over all places."""
    convolution = {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    nodes = [helper.make_node("Conv", ["pixel_values", "first.weight"], ["features"], **convolution),
             helper.make_node("Relu", ["features"], ["rectified"]),
             helper.make_node("Conv", ["rectified", "second.weight", "second.bias"], ["deeper"], **convolution),
             helper.make_node("ReduceMean", ["deeper"], ["embedding"], axes=[2, 3], keepdims=0)]
    given = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, "height", "width"])
    made = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", CHANNELS])
    constants = [numpy_helper.from_array(value, name) for name, value in values.items()]
    model = helper.make_model(helper.make_graph(nodes, "tiny-embedder", [given], [made], constants),
                              opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def convolve(maps, weight):
    """Stride 2, a border of zeros of 1; maps (channel, height, width)."""
    padded = np.pad(maps, ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))[:, ::2, ::2]
    return np.einsum("oiyx,ihwyx->ohw", weight, windows)


def embedding(file, side, values):
    picture = np.asarray(Image.open(file).convert("RGB").resize((side, side), Image.BICUBIC), dtype=np.float64) / 255
    pixels = ((picture - MEAN) / DEVIATION).transpose(2, 0, 1)
    rectified = np.maximum(convolve(pixels, values["first.weight"]), 0)
    return convolve(rectified, values["second.weight"]).mean(axis=(1, 2)) + values["second.bias"]


def cosine(one, other):
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def measured(folder, side, values):
    """The cosines of all pairs of a set, and their mean."""
    files = sorted((FIXTURES / folder).glob("[0-9][0-9][0-9].png"))
    embeddings = [embedding(file, side, values) for file in files]
    parts = [cosine(one, other) for one, other in combinations(embeddings, 2)]
    return {"pairs": float(np.mean(parts)), "parts": parts}


def main():
    values = weights()
    folder = FIXTURES / "tiny-embedder"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    onnx.save(graph(values), folder / "onnx" / "model.onnx")
    processor = {"do_resize": False, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN, "image_std": DEVIATION}
    for name, settings in (("config.json", {"model_type": "tiny-embedder", "hidden_size": CHANNELS}), ("preprocessor_config.json", processor)):
        (folder / name).write_text(json.dumps(settings, indent=1) + "\n")
    found = {name: {str(side): measured(name, side, values) for side in SIDES} for name in ("sketchbook-none", "sketchbook-shared")}
    (FIXTURES / "network-metric.json").write_text(json.dumps(found, indent=1) + "\n")
    for name, sides in found.items():
        print(name, {side: round(values["pairs"], 4) for side, values in sides.items()})


if __name__ == "__main__":
    main()
