"""Exports a trained encoder in the layout of the public ONNX exports, and checks it.
Usage: export_encoders.py clip|dino OUT [STATE]

STATE is what train_clip.py or train_dino.py wrote; without it, the script only checks the graphs in OUT. Weights are rounded to float16
and stored so, under torch's names; the graphs cast them and compute in float32. The check reads the weights from the graphs into torch,
and compares what torch and ONNX Runtime compute.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn.utils.fusion import fuse_conv_bn_eval

import encoder_world
from encoder_network import Clip, ClipVision, PictureEncoder
from train_clip import tokenizer

SMALL = 16  # initializers of fewer values, as shapes and constants, stay as they are
TOLERANCE = 2e-5


def frozen(network):
    """Ready for inference: batch norms folded into the convolutions, weights rounded."""
    network.eval().requires_grad_(False)
    for module in network.modules():
        if isinstance(module, PictureEncoder):
            layers = list(module.stem)
            module.stem = torch.nn.Sequential(*[layer for k in range(0, len(layers), 3)
                                                for layer in (fuse_conv_bn_eval(layers[k], layers[k + 1]), layers[k + 2])])
    for weight in network.parameters():
        weight.data = weight.data.half().float()
    return network


def write(network, arguments, inputs, outputs, axes, file):
    torch.onnx.export(network, arguments, str(file), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17,
                      dynamo=False, do_constant_folding=False)
    model = onnx.load(str(file))
    halves, casts = [], []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type == TensorProto.FLOAT and values.size >= SMALL and np.array_equal(values, values.astype(np.float16).astype(np.float32)):
            model.graph.initializer.remove(weight)
            halves.append(numpy_helper.from_array(values.astype(np.float16), weight.name + ".half"))
            casts.append(helper.make_node("Cast", [weight.name + ".half"], [weight.name], to=TensorProto.FLOAT))
    model.graph.initializer.extend(halves)
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def store(folder, name, value):
    (folder / name).write_text(json.dumps(value, indent=2) + "\n")


def processor(kind):
    side = encoder_world.SIDE
    square = {"height": side, "width": side}
    size = {"size": {"shortest_edge": side}, "do_center_crop": True, "crop_size": square} if kind == "clip" else {"size": square}
    return {"image_processor_type": "CLIPImageProcessor" if kind == "clip" else "ViTImageProcessor", "do_convert_rgb": True, "do_resize": True,
            **size, "resample": 3, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True,
            "image_mean": list(encoder_world.MEAN), "image_std": list(encoder_world.DEVIATION)}


def vision_config(encoder):
    return {"hidden_size": encoder.norm.normalized_shape[0], "intermediate_size": 4 * encoder.norm.normalized_shape[0],
            "num_hidden_layers": len(encoder.blocks), "num_attention_heads": encoder.blocks[0].heads, "hidden_act": "gelu",
            "image_size": encoder_world.SIDE, "patch_size": 16, "num_channels": 3}


def read(file):
    """The weights of a graph, by torch's names."""
    return {weight.name.removesuffix(".half").removeprefix("clip."): torch.from_numpy(numpy_helper.to_array(weight).astype(np.float32))
            for weight in onnx.load(str(file)).graph.initializer if weight.name.endswith(".half")}


def clip(out, state):
    words = tokenizer()
    network = Clip(len(words), words.eos_token_id)
    if state:
        network.load_state_dict(torch.load(state))
        write_clip(frozen(network), words, out)
    network = frozen(Clip(len(words), words.eos_token_id))
    vision = read(out / "vision_model.onnx")
    rest = network.load_state_dict(vision, strict=False)
    assert not rest.unexpected_keys and all(key.startswith(("text.", "logit_scale")) for key in rest.missing_keys), rest
    network.text.load_state_dict(read(out / "text_model.onnx"))
    rng = np.random.default_rng(1)
    texts = ["house", "a red fish, stained glass, rainy weather, calm mood", "a lighthouse, pop art"]
    check(out / "vision_model.onnx", "pixel_values", [pictures(rng, n) for n in (1, 5)], network.image_embeds)
    check(out / "text_model.onnx", "input_ids", [torch.tensor([words(t)["input_ids"]]) for t in texts], network.text)


def write_clip(network, words, out):
    batch, ids = {0: "batch"}, torch.tensor([words("a red house, pop art")["input_ids"]] * 2)
    pixels = torch.randn(3, 3, encoder_world.SIDE, encoder_world.SIDE)
    write(ClipVision(network), (pixels,), ["pixel_values"], ["image_embeds"], {"pixel_values": batch, "image_embeds": batch}, out / "vision_model.onnx")
    write(network.text, (ids,), ["input_ids"], ["text_embeds"], {"input_ids": {0: "batch", 1: "sequence"}, "text_embeds": batch}, out / "text_model.onnx")
    words.backend_tokenizer.no_padding()
    words.backend_tokenizer.no_truncation()
    words.backend_tokenizer.save(str(out / "tokenizer.json"))
    store(out, "tokenizer_config.json", {"tokenizer_class": "CLIPTokenizer", "model_max_length": 32, "bos_token": "<|startoftext|>",
                                         "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>"})
    store(out, "preprocessor_config.json", processor("clip"))
    text = network.text
    store(out, "config.json", {
        "model_type": "clip", "architectures": ["SketchbookClip"], "projection_dim": network.projection.out_features,
        "logit_scale_init_value": network.logit_scale.item(),
        "text_config": {"model_type": "clip_text_model", "vocab_size": text.token.num_embeddings, "hidden_size": text.token.embedding_dim,
                        "num_hidden_layers": len(text.blocks), "num_attention_heads": text.blocks[0].heads,
                        "max_position_embeddings": text.position.shape[0], "bos_token_id": words.bos_token_id, "eos_token_id": text.end},
        "vision_config": {"model_type": "clip_vision_model", **vision_config(network.picture)}})


def dino(out, state):
    if state:
        network = PictureEncoder()
        network.load_state_dict(torch.load(state))
        write(frozen(network), (torch.randn(3, 3, encoder_world.SIDE, encoder_world.SIDE),), ["pixel_values"], ["last_hidden_state"],
              {"pixel_values": {0: "batch"}, "last_hidden_state": {0: "batch"}}, out / "model.onnx")
        store(out, "preprocessor_config.json", processor("dino"))
        store(out, "config.json", {"model_type": "vit", "architectures": ["SketchbookStyleEncoder"], **vision_config(network)})
    network = frozen(PictureEncoder())
    network.load_state_dict(read(out / "model.onnx"))
    check(out / "model.onnx", "pixel_values", [pictures(np.random.default_rng(1), n) for n in (1, 5)], network)


def pictures(rng, count):
    return encoder_world.normalised(rng.integers(0, 256, (count, encoder_world.SIDE, encoder_world.SIDE, 3), np.uint8))


def check(file, name, inputs, network):
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    worst = max(np.abs(session.run(None, {name: x.numpy()})[0] - network(x).detach().numpy()).max() for x in inputs)
    print(f"{file.name}: {file.stat().st_size} bytes, largest difference from torch {worst:.1e}")
    assert worst < TOLERANCE, f"{file} differs from torch by {worst}; export it again."


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    {"clip": clip, "dino": dino}[sys.argv[1]](folder, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
