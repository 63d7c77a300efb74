"""Exports sketchbook-depth in the layout of the public DPT exports, and checks it. Usage: export_depth.py OUT [STATE]

STATE is the folder that train_depth.py wrote; without it, the script only checks the graph in OUT. The standardisation of the weights
of convolutions is done here, once; weights are rounded to float16 and stored so, and the graph casts them and computes in float32.
"""
import sys
from functools import partial
from pathlib import Path

import torch
from torch.nn import functional as F
from transformers import DPTForDepthEstimation
from transformers.models.bit.modeling_bit import WeightStandardizedConv2d

import common
import depth_world
from export_encoders import check, read, store, write
from train_depth import network, normalised

PROCESSOR = {"image_processor_type": "DPTImageProcessor", "do_resize": True, "size": {"height": common.SIZE, "width": common.SIZE}, "keep_aspect_ratio": False,
             "ensure_multiple_of": 1, "resample": 3, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [.5] * 3,
             "image_std": [.5] * 3, "do_pad": False}


class Depth(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model(pixel_values=pixel_values).predicted_depth


def convolved(conv, x):
    return F.conv2d(conv.pad(x) if conv.pad is not None else x, conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups)


def frozen(model, standardised=False):
    """Ready for inference: convolutions with their standardised weights, all weights rounded."""
    model.eval().requires_grad_(False)
    for conv in model.modules():
        if isinstance(conv, WeightStandardizedConv2d):
            if not standardised:
                conv.weight.data = F.batch_norm(conv.weight.reshape(1, conv.out_channels, -1), None, None, training=True, momentum=0., eps=conv.eps).reshape_as(conv.weight)
            conv.forward = partial(convolved, conv)
    for weight in model.parameters():
        weight.data = weight.data.half().float()
    return model


def main(out, state):
    if state:
        model = DPTForDepthEstimation.from_pretrained(state, attn_implementation="eager").float()
        write(Depth(frozen(model)), (torch.randn(2, 3, common.SIZE, common.SIZE),), ["pixel_values"], ["predicted_depth"],
              {"pixel_values": {0: "batch"}, "predicted_depth": {0: "batch"}}, out / "model.onnx")
        store(out, "preprocessor_config.json", PROCESSOR)
        store(out, "config.json", {**model.config.to_dict(), "dtype": "float32", "architectures": ["DPTForDepthEstimation"]})
    model = network()
    weights = {name.removeprefix("model."): values for name, values in read(out / "model.onnx").items()}
    rest = model.load_state_dict(weights, strict=False)
    assert not rest.unexpected_keys, rest.unexpected_keys
    print("not in the graph:", rest.missing_keys)
    frozen(model, standardised=True)
    check(out / "model.onnx", "pixel_values", [normalised(depth_world.drawn(9100 + n, n).pixels) for n in (1, 3)], Depth(model))


if __name__ == "__main__":
    torch.set_num_threads(1)
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
