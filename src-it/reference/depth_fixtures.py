"""Makes the fixtures of depth maps with tiny DPTs, large and hybrid, of the depth that sketchbook-depth finds, of what the processors
of CLIP and DPT make of images, and a graph of half precision.

python depth_fixtures.py --out DIR [NAME...]

The images are those of DIR/captions, which context_fixtures.py makes.
"""
import argparse
import json
import shutil
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
import transformers
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from transformers import DPTConfig, DPTForDepthEstimation
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.dpt.image_processing_pil_dpt import DPTImageProcessorPil

from context_fixtures import OPSET, export, write_json


def picture(fixtures, number):
    return Image.open(fixtures.out / "captions" / f"{number:02d}.png").convert("RGB")


# ---- depth ----------------------------------------------------------------------------------------------------------
NORMALISED = {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "rescale_factor": 1 / 255}
# As the public folders have them: the large one's graph takes squares of any side, that of the hybrid one alone.
PROCESSORS = {
    "large": {**NORMALISED, "feature_extractor_type": "DPTFeatureExtractor", "keep_aspect_ratio": False, "ensure_multiple_of": 1, "resample": 2, "size": 48},
    "hybrid": {**NORMALISED, "image_processor_type": "DPTImageProcessor", "do_pad": False, "keep_aspect_ratio": False, "ensure_multiple_of": 1, "resample": 3,
               "size": {"height": 64, "width": 64}}}
# Which picture, and width and height of its depth map.
MAPS = [(0, 48, 48), (1, 72, 40), (2, 40, 64), (4, 33, 47), (7, 64, 48), (11, 16, 24), (14, 29, 31)]


def tiny_dpt(hybrid):
    torch.manual_seed(9 + hybrid)
    # The first two of a hybrid's four feature maps are its backbone's.
    common = {"hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 8, "fusion_hidden_size": 4, "attn_implementation": "eager",
              "num_hidden_layers": 2 if hybrid else 4, "backbone_out_indices": [8, 9, 0, 1] if hybrid else [0, 1, 2, 3]}
    if hybrid:
        backbone = {"model_type": "bit", "global_padding": "same", "layer_type": "bottleneck", "depths": [1, 1, 1], "embedding_size": 8, "hidden_sizes": [8, 8, 8],
                    "num_groups": 2, "out_features": ["stage1", "stage2", "stage3"], "embedding_dynamic_padding": True}
        config = DPTConfig(is_hybrid=True, image_size=64, patch_size=16, backbone_featmap_shape=[1, 8, 4, 4], neck_ignore_stages=[0, 1],
                           neck_hidden_sizes=[8, 8, 4, 4], backbone_config=backbone, **common)
    else:
        config = DPTConfig(image_size=32, patch_size=4, neck_hidden_sizes=[4, 4, 4, 4], **common)
    model = DPTForDepthEstimation(config).eval().requires_grad_(False)
    for weight in model.parameters():
        weight.add_(torch.randn(weight.shape) * 0.3)
    # Nothing shall be so far that it has no depth.
    model.head.head[4].weight.abs_()
    model.head.head[4].bias.fill_(1)
    return model


class Depth(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model(pixel_values=pixel_values).predicted_depth


def depth_map(predicted, width, height):
    """As google/style-aligned's notebook makes control images of depth."""
    depth = torch.nn.functional.interpolate(predicted.unsqueeze(1), size=(height, width), mode="bicubic", align_corners=False)[0, 0]
    return ((depth - depth.min()) / (depth.max() - depth.min()) * 255).numpy().clip(0, 255).astype(numpy.uint8)


def depth(fixtures):
    """Depth maps of seven images, each of another size, by a tiny DPT of either kind."""
    for name, processor in PROCESSORS.items():
        hybrid = name == "hybrid"
        folder, model = fixtures.out / "depth" / f"tiny-dpt-{name}", tiny_dpt(hybrid)
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "onnx").mkdir(parents=True)
        write_json(folder / "config.json", {"model_type": "dpt", "is_hybrid": hybrid, "image_size": model.config.image_size})
        write_json(folder / "preprocessor_config.json", processor)
        process = DPTImageProcessorPil(**{key: value for key, value in processor.items() if "type" not in key})
        for number, width, height in MAPS:
            predicted = Depth(model)(process(picture(fixtures, number), return_tensors="pt").pixel_values)
            assert predicted.min() > 0 and predicted.std() > 1, f"{name} sees nothing in {number}"
            map_of = Image.fromarray(depth_map(predicted, width, height))
            map_of.save(fixtures.out / "depth" / f"{name}-{number:02d}.png", optimize=True)
            print(name, number, "predicted", tuple(predicted.shape), f"deviation {predicted.std():.3g}, from {predicted.min():.3g} to {predicted.max():.3g}")
        axes = {"pixel_values": {0: "batch"}, "predicted_depth": {0: "batch"}}
        if not hybrid:
            axes = {"pixel_values": {0: "batch", 2: "height", 3: "width"}, "predicted_depth": {0: "batch", 1: "height", 2: "width"}}
        side = 64 if hybrid else 48
        # Tracing leaves the model in another state, so this comes last.
        export(Depth(tiny_dpt(hybrid)), (torch.randn(1, 3, side, side),), folder / "onnx" / "model.onnx", ["pixel_values"], ["predicted_depth"], axes)


# ---- sketchbook-depth -----------------------------------------------------------------------------------------------
SKETCHBOOK_DEPTH = Path(__file__).resolve().parents[2] / "distribution" / "models" / "sketchbook-depth"
SAMPLED = 8


def sketchbook(fixtures):
    """What ONNX Runtime finds with sketchbook-depth after transformers' processor, at every eighth pixel of every eighth row."""
    process, found = DPTImageProcessorPil.from_pretrained(SKETCHBOOK_DEPTH), {}
    session = onnxruntime.InferenceSession(SKETCHBOOK_DEPTH / "model.onnx", providers=["CPUExecutionProvider"])
    for number, _, _ in MAPS:
        pixels = process(picture(fixtures, number), return_tensors="np").pixel_values
        predicted, = session.run(["predicted_depth"], {"pixel_values": pixels})
        found[f"{number:02d}"] = [float(f"{value:.6f}") for value in predicted[0, ::SAMPLED, ::SAMPLED].ravel()]
        print("sketchbook", number, "predicted", predicted.shape, f"from {predicted.min():.3g} to {predicted.max():.3g}")
    (fixtures.out / "depth" / "sketchbook-depth.json").write_text(json.dumps(found, separators=(",", ":")).replace("],", "],\n") + "\n")


# ---- processors -----------------------------------------------------------------------------------------------------
# These are whole levels, 102, 153 and 51: a picture says it all, since what is padded is at the mean.
MEAN, DEVIATION = [0.4, 0.6, 0.2], [0.5, 0.25, 0.3]
CASES = {
    "clip": (CLIPImageProcessorPil, {"size": {"shortest_edge": 20}, "crop_size": {"height": 20, "width": 20}, "resample": 3}, [0, 1, 2]),
    "clip-wide": (CLIPImageProcessorPil, {"size": {"shortest_edge": 21}, "crop_size": {"height": 15, "width": 20}, "resample": 3}, [1, 2]),
    "clip-grown": (CLIPImageProcessorPil, {"size": {"shortest_edge": 17}, "crop_size": {"height": 26, "width": 24}, "resample": 1}, [1, 2]),
    "clip-uncut": (CLIPImageProcessorPil, {"size": {"shortest_edge": 19}, "do_center_crop": False, "resample": 2}, [1, 2]),
    "dpt": (DPTImageProcessorPil, {"size": {"height": 24, "width": 30}, "keep_aspect_ratio": False, "ensure_multiple_of": 1, "resample": 3}, [1]),
    "dpt-aspect": (DPTImageProcessorPil, {"size": {"height": 20, "width": 20}, "keep_aspect_ratio": True, "ensure_multiple_of": 4, "resample": 3}, [0, 1, 2]),
    "dpt-multiple": (DPTImageProcessorPil, {"size": {"height": 26, "width": 30}, "keep_aspect_ratio": False, "ensure_multiple_of": 4, "resample": 2}, [1]),
    "dpt-padded": (DPTImageProcessorPil, {
        "size": {"height": 25, "width": 31}, "keep_aspect_ratio": True, "ensure_multiple_of": 1, "do_pad": True, "size_divisor": 7, "resample": 3}, [1, 2])}


def processors(fixtures):
    """What the processors of CLIP and DPT give of images, taken back to levels."""
    folder, facts = fixtures.out / "processors", {}
    folder.mkdir(exist_ok=True)
    mean, deviation = (numpy.array(numbers).reshape(3, 1, 1) for numbers in (MEAN, DEVIATION))
    for name, (kind, settings, numbers) in CASES.items():
        settings = {"do_resize": True, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN, "image_std": DEVIATION, **settings}
        if kind is CLIPImageProcessorPil:
            settings.setdefault("do_center_crop", True)
        for number in numbers:
            values = kind(**settings)(picture(fixtures, number), return_tensors="np").pixel_values[0]
            levels = (values * deviation + mean) * 255
            assert abs(levels - levels.round()).max() < 1e-3
            Image.fromarray(levels.round().astype(numpy.uint8).transpose(1, 2, 0)).save(folder / f"{name}-{number:02d}.png", optimize=True)
        facts[name] = {"pictures": numbers, "settings": settings}
    (folder / "processors.json").write_text(json.dumps(facts).replace('}}, ', "}},\n") + "\n")


# ---- a graph of half precision --------------------------------------------------------------------------------------
def halves(fixtures):
    """A graph that doubles numbers of half precision."""
    given, doubled = (helper.make_tensor_value_info(name, TensorProto.FLOAT16, ["numbers"]) for name in ("given", "doubled"))
    graph = helper.make_graph([helper.make_node("Add", ["given", "given"], ["doubled"])], "halves", [given], [doubled])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    folder = fixtures.out / "graphs"
    folder.mkdir(exist_ok=True)
    onnx.save(model, folder / "halves.onnx")


# ---- sound graphs that ONNX Runtime's optimisers break ---------------------------------------------------------------
def norms(fixtures):
    """
    The norms of one vector, by its variance and by its mean square, with the scale as the first factor. The optimisers that make
    one node of it take the divided vector for the scale, since both have one side, and then refuse their own graph
    (microsoft/onnxruntime#31147). In ONNX Runtime 1.21 the one is opened with no optimiser alone, the other with the basic ones.
    """
    side = 4
    scale = numpy_helper.from_array(numpy.arange(1, side + 1, dtype=numpy.float32), "scale")
    shift = numpy_helper.from_array(numpy.full(side, 0.5, dtype=numpy.float32), "shift")
    small, two = numpy_helper.from_array(numpy.float32(1e-3), "small"), numpy_helper.from_array(numpy.float32(2), "two")
    given, normed = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [side]) for name in ("given", "normed"))
    centred = [helper.make_node("ReduceMean", ["given", "axis"], ["mean"]), helper.make_node("Sub", ["given", "mean"], ["centred"])]
    shifted = [helper.make_node("Add", ["shift", "scaled"], ["normed"])]
    for name, before, vector, after in (("variance-norm", centred, "centred", shifted), ("square-norm", [], "given", [])):
        nodes = [
            *before,
            helper.make_node("Pow", [vector, "two"], ["squares"]),
            helper.make_node("ReduceMean", ["squares", "axis"], ["variance"]),
            helper.make_node("Add", ["variance", "small"], ["above"]),
            helper.make_node("Sqrt", ["above"], ["deviation"]),
            helper.make_node("Div", [vector, "deviation"], ["divided"]),
            helper.make_node("Mul", ["scale", "divided"], ["scaled" if after else "normed"]),
            *after,
        ]
        axis = numpy_helper.from_array(numpy.array([-1]), "axis")
        graph = helper.make_graph(nodes, name, [given], [normed], [scale, small, two, axis, *([shift] if after else [])])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, fixtures.out / "graphs" / f"{name}.onnx")


FIXTURES = [depth, sketchbook, processors, halves, norms]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of " + ", ".join(make.__name__ for make in FIXTURES))
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    for make in FIXTURES:
        if not given.names or make.__name__ in given.names:
            print(make.__name__, flush=True)
            make(given)


if __name__ == "__main__":
    main()
