"""Exports sketchbook-depth in the layout of the public DPT exports, and checks it. Usage: export_depth.py OUT [STATE]

STATE is the neck that train_depth.py wrote; without it, the script only checks the graph in OUT. Batch norms are folded into the convolutions;
weights are rounded to float16 and stored so, and the graph casts them and computes in float32.
"""
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

import common
import depth_world
from depth_network import WIDTHS, Depth
from export_encoders import check, read, store, write
from train_depth import normalised

SQUARE = {"height": common.SIZE, "width": common.SIZE}
PROCESSOR = {"image_processor_type": "DPTImageProcessor", "do_resize": True, "size": SQUARE, "keep_aspect_ratio": False, "ensure_multiple_of": 1, "resample": 3,
             "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [.5] * 3, "image_std": [.5] * 3, "do_pad": False}
CONFIG = {"model_type": "dpt", "architectures": ["SketchbookDepth"], "is_hybrid": True, "image_size": common.SIZE, "num_channels": 3,
          "neck_hidden_sizes": list(WIDTHS)}


def frozen(model):
    """Ready for inference: batch norms folded, weights rounded."""
    model.eval().requires_grad_(False)
    for layers in model.modules():
        if isinstance(layers, nn.Sequential) and len(layers) > 1 and isinstance(layers[1], nn.BatchNorm2d):
            layers[0], layers[1] = fuse_conv_bn_eval(layers[0], layers[1]), nn.Identity()
    for weight in model.parameters():
        weight.data = weight.data.half().float()
    return model


def main(out, state):
    if state:
        model = Depth()
        model.neck.load_state_dict(torch.load(state))
        batch = {0: "batch"}
        write(frozen(model), (torch.randn(2, 3, common.SIZE, common.SIZE),), ["pixel_values"], ["predicted_depth"],
              {"pixel_values": batch, "predicted_depth": batch}, out / "model.onnx")
        store(out, "preprocessor_config.json", PROCESSOR)
        store(out, "config.json", CONFIG)
    model = frozen(Depth())
    rest = model.load_state_dict(read(out / "model.onnx"), strict=False)
    assert not rest.unexpected_keys and all(key.startswith("backbone.") for key in rest.missing_keys), rest
    check(out / "model.onnx", "pixel_values", [normalised(depth_world.drawn(9100 + n, n).pixels) for n in (1, 3)], model)


if __name__ == "__main__":
    torch.set_num_threads(1)
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
