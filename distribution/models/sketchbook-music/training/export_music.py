"""Exports a trained state in the layout of the public CLAP exports, and checks it. Usage: export_music.py OUT [STATE]

STATE is what train_music.py wrote; without it, the script only checks the graphs in OUT. Batch norms are folded into the convolutions;
weights are rounded to float16 and stored so, under torch's names; the graphs cast them and compute in float32. The check reads the weights
from the graphs into torch, and compares what torch and ONNX Runtime compute.
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

import music_texts
from music_features import BANDS, FRAMES, PREPROCESSOR
from music_network import PAD, SIZE, TEXT_LENGTH, TEXT_WIDTH, Clap

SMALL, TOLERANCE = 16, 5e-5


def frozen(network):
    """Ready for inference: batch norms folded into the convolutions, weights rounded."""
    network.eval().requires_grad_(False)
    layers = list(network.audio.stem)
    network.audio.stem = torch.nn.Sequential(*[layer for k in range(0, len(layers), 3) for layer in (fuse_conv_bn_eval(layers[k], layers[k + 1]), layers[k + 2])])
    for weight in network.parameters():
        weight.data = weight.data.half().float()
    return network


def write(network, arguments, inputs, outputs, axes, file):
    torch.onnx.export(network, arguments, str(file), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=False)
    model = onnx.load(str(file))
    halves, casts = [], []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type == TensorProto.FLOAT and values.size >= SMALL and np.array_equal(values, values.astype(np.float16).astype(np.float32)):
            model.graph.initializer.remove(weight)
            halves.append(numpy_helper.from_array(values.astype(np.float16), weight.name + ".half"))
            casts.append(helper.make_node("Cast", [weight.name + ".half"], [weight.name], to=TensorProto.FLOAT))
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    model.graph.initializer.extend(halves)
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def write_model(network, tokenizer, out):
    store = lambda name, value: (out / name).write_text(json.dumps(value, indent=2) + "\n")
    ids = torch.tensor([tokenizer.encode("This is a calm song").ids] * 2)
    write(network.audio, (torch.randn(2, 1, FRAMES, BANDS),), ["input_features"], ["audio_embeds"], {"input_features": {0: "batch"}, "audio_embeds": {0: "batch"}}, out / "audio_model.onnx")
    sequence = {0: "batch", 1: "sequence"}
    write(network.text, (ids, torch.ones_like(ids)), ["input_ids", "attention_mask"], ["text_embeds"], {"input_ids": sequence, "attention_mask": sequence, "text_embeds": {0: "batch"}}, out / "text_model.onnx")
    tokenizer.save(str(out / "tokenizer.json"))
    store("tokenizer_config.json", {"tokenizer_class": "RobertaTokenizer", "model_max_length": TEXT_LENGTH, "bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"})
    store("preprocessor_config.json", PREPROCESSOR)
    store("config.json", {
        "model_type": "clap", "architectures": ["SketchbookClap"], "projection_dim": SIZE, "logit_scale_init_value": round(network.logit_scale.exp().item(), 4),
        "text_config": {"model_type": "clap_text_model", "vocab_size": tokenizer.get_vocab_size(), "hidden_size": TEXT_WIDTH, "num_hidden_layers": len(network.text.blocks), "pad_token_id": PAD,
                        "max_position_embeddings": TEXT_LENGTH},
        "audio_config": {"model_type": "clap_audio_model", "num_mel_bins": BANDS, "enable_fusion": False}})


def read(out):
    """The networks in torch, with the weights of the graphs."""
    network = frozen(Clap(json.loads((out / "config.json").read_text())["text_config"]["vocab_size"]))
    for part, file in ((network.audio, "audio_model.onnx"), (network.text, "text_model.onnx")):
        halves = {weight.name: numpy_helper.to_array(weight) for weight in onnx.load(str(out / file)).graph.initializer if weight.name.endswith(".half")}
        part.load_state_dict({name.removesuffix(".half"): torch.from_numpy(values.astype(np.float32)) for name, values in halves.items()})
    return network


def check(out):
    network, rng = read(out), np.random.default_rng(1)
    audio, text = (onnxruntime.InferenceSession(str(out / file), providers=["CPUExecutionProvider"]) for file in ("audio_model.onnx", "text_model.onnx"))
    worst = 0.0
    for count in (1, 3):
        heard = rng.normal(-40, 20, (count, 1, FRAMES, BANDS)).astype(np.float32)
        worst = max(worst, np.abs(audio.run(None, {"input_features": heard})[0] - network.audio(torch.from_numpy(heard)).numpy()).max())
    for words in ("calm", "This is a song with electric guitar"):
        ids = np.array([music_texts.tokenizer().encode(words).ids])
        worst = max(worst, np.abs(text.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0] - network.text(torch.from_numpy(ids), torch.ones(ids.shape, dtype=torch.long)).numpy()).max())
    print(f"{sum(file.stat().st_size for file in out.iterdir() if file.is_file())} bytes, largest difference of embeddings from torch {worst:.1e}")
    assert worst < TOLERANCE, f"{out} differs from torch by {worst}; export it again."


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    if len(sys.argv) > 2:
        tokenizer = music_texts.tokenizer()
        network = Clap(tokenizer.get_vocab_size())
        network.load_state_dict(torch.load(sys.argv[2]))
        write_model(frozen(network), tokenizer, out)
    check(out)


if __name__ == "__main__":
    main()
