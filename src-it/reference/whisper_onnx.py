"""Exports a transformers Whisper as its public ONNX exports are: encoder_model.onnx and the decoder, either merged
(decoder_model_merged.onnx, one graph with use_cache_branch) or apart (decoder_model.onnx, decoder_with_past_model.onnx).

    python whisper_onnx.py FOLDER OUTPUT [--separate]

FOLDER is a transformers model folder; its JSON files are copied beside the graphs.
"""

import argparse
import pathlib
import shutil

import onnx
import torch
from onnx import TensorProto, helper
from transformers import WhisperForConditionalGeneration
from transformers.cache_utils import DynamicCache, EncoderDecoderCache

PARTS = ("decoder.key", "decoder.value", "encoder.key", "encoder.value")


def names(prefix, layers, parts=PARTS):
    return [f"{prefix}.{layer}.{part}" for layer in range(layers) for part in parts]


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.model.encoder

    def forward(self, input_features):
        return self.encoder(input_features).last_hidden_state


class FirstDecoder(torch.nn.Module):
    """The prompt: keys and values of the encoder's states are made here."""

    def __init__(self, model):
        super().__init__()
        self.decoder, self.head = model.model.decoder, model.proj_out

    def forward(self, input_ids, encoder_hidden_states):
        cache = EncoderDecoderCache(DynamicCache(), DynamicCache())
        hidden = self.decoder(
            input_ids=input_ids, encoder_hidden_states=encoder_hidden_states, past_key_values=cache, use_cache=True
        ).last_hidden_state
        flat = []
        for own, cross in zip(cache.self_attention_cache.layers, cache.cross_attention_cache.layers):
            flat += [own.keys, own.values, cross.keys, cross.values]
        return self.head(hidden), *flat


class NextDecoder(torch.nn.Module):
    """One more token."""

    def __init__(self, model):
        super().__init__()
        self.decoder, self.head = model.model.decoder, model.proj_out
        self.width = model.config.d_model

    def forward(self, input_ids, *past):
        own, cross = DynamicCache(), DynamicCache()
        for layer in range(len(past) // 4):
            own.update(past[4 * layer], past[4 * layer + 1], layer)
            cross.update(past[4 * layer + 2], past[4 * layer + 3], layer)
        cache = EncoderDecoderCache(own, cross)
        # The output of the encoder is in the cache; only its presence is required.
        absent = torch.zeros(1, 1, self.width)
        hidden = self.decoder(
            input_ids=input_ids, encoder_hidden_states=absent, past_key_values=cache, use_cache=True
        ).last_hidden_state
        flat = []
        for layer in cache.self_attention_cache.layers:
            flat += [layer.keys, layer.values]
        return self.head(hidden), *flat


def export(module, arguments, path, inputs, outputs, axes):
    with torch.no_grad():
        torch.onnx.export(
            module.eval(),
            arguments,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=14,
            dynamo=False,
        )
    model = onnx.load(str(path))
    shorten(model.graph)
    onnx.save(model, str(path))
    return model


def shorten(graph):
    """Short names for what is not seen from outside; in a tiny model they are most of the file."""
    outside = {value.name for value in [*graph.input, *graph.output]}
    mapping = {"": ""}

    def short(name):
        return mapping.setdefault(name, name if name in outside else f"t{len(mapping)}")

    for tensor in graph.initializer:
        tensor.name = short(tensor.name)
    for node in graph.node:
        node.name = node.doc_string = ""
        del node.metadata_props[:]
        node.input[:] = [short(name) for name in node.input]
        node.output[:] = [short(name) for name in node.output]
    del graph.value_info[:]


def decoder_axes(layers):
    axes = {"input_ids": {0: "batch", 1: "length"}, "logits": {0: "batch", 1: "length"}}
    axes["encoder_hidden_states"] = {0: "batch", 1: "encoded"}
    for name in names("past_key_values", layers) + names("present", layers):
        axes[name] = {0: "batch", 2: "encoded" if ".encoder." in name else f"{name.split('.')[0]}_length"}
    return axes


def merge(first, following, path, layers):
    """One graph that takes everything and lets use_cache_branch choose; the shared weights are kept once."""
    inputs = {value.name: value for model in (first, following) for value in model.graph.input}
    constants = {}
    renamed = {"first": {}, "next": {}}
    for branch, model in (("first", first), ("next", following)):
        for tensor in model.graph.initializer:
            raw = (tuple(tensor.dims), tensor.data_type, onnx.numpy_helper.to_array(tensor).tobytes())
            if raw not in constants:
                kept = onnx.TensorProto()
                kept.CopyFrom(tensor)
                kept.name = f"w{len(constants)}"
                constants[raw] = kept
            renamed[branch][tensor.name] = constants[raw].name

    def body(branch, model):
        graph = model.graph
        mapping = dict(renamed[branch])
        for value in list(graph.input):
            mapping[value.name] = value.name
        outputs = {value.name: f"{branch}/{value.name}" for value in graph.output}
        mapping |= outputs
        fresh = iter(range(10**6))
        nodes = []
        for node in graph.node:
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            copy.name = ""
            copy.input[:] = [mapping.get(name, name) for name in node.input]
            for i, name in enumerate(node.output):
                if name and name not in mapping:
                    mapping[name] = f"{branch[0]}{next(fresh)}"
            copy.output[:] = [mapping.get(name, name) for name in node.output]
            nodes.append(copy)
        by_name = {value.name: value for value in graph.output}
        result = []
        for name in ["logits"] + names("present", layers):
            if name in by_name:
                kind = onnx.ValueInfoProto()
                kind.CopyFrom(by_name[name])
                kind.name = outputs[name]
                result.append(kind)
            else:
                # As the public exports have it: what this branch does not compute comes out empty, of no use.
                shape = inputs[f"past_key_values.{name[len('present.'):]}"].type.tensor_type.shape.dim
                nothing = helper.make_tensor("", TensorProto.FLOAT, [0, shape[1].dim_value, 1, shape[3].dim_value], [])
                nodes.append(helper.make_node("Constant", [], [f"{branch}/{name}"], value=nothing))
                result.append(helper.make_tensor_value_info(f"{branch}/{name}", TensorProto.FLOAT, None))
        return helper.make_graph(nodes, branch, [], result)

    choice = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    outputs = [helper.make_tensor_value_info(value.name, TensorProto.FLOAT, None) for value in first.graph.output]
    node = helper.make_node(
        "If",
        ["use_cache_branch"],
        [value.name for value in first.graph.output],
        then_branch=body("next", following),
        else_branch=body("first", first),
    )
    graph = helper.make_graph([node], "merged", [*inputs.values(), choice], outputs, [*constants.values()])
    merged = helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)
    onnx.save(merged, str(path))


def export_whisper(model, folder, separate):
    """Writes the graphs of a model into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    config = model.config
    layers, heads = config.decoder_layers, config.decoder_attention_heads
    frames = 2 * config.max_source_positions
    features = torch.randn(2, config.num_mel_bins, frames)
    export(
        Encoder(model),
        (features,),
        folder / "encoder_model.onnx",
        ["input_features"],
        ["last_hidden_state"],
        {"input_features": {0: "batch"}, "last_hidden_state": {0: "batch"}},
    )
    axes = decoder_axes(layers)
    encoded = torch.randn(2, config.max_source_positions, config.d_model)
    first = export(
        FirstDecoder(model),
        (torch.tensor([[1, 2, 3], [1, 2, 4]]), encoded),
        folder / "decoder_model.onnx",
        ["input_ids", "encoder_hidden_states"],
        ["logits"] + names("present", layers),
        {name: axis for name, axis in axes.items() if not name.startswith("past")},
    )
    width = config.d_model // heads
    past = []
    for _ in range(layers):
        past += 2 * [torch.randn(2, heads, 3, width)] + 2 * [torch.randn(2, heads, config.max_source_positions, width)]
    own = PARTS[:2]
    following = export(
        NextDecoder(model),
        (torch.tensor([[5], [6]]), *past),
        folder / "decoder_with_past_model.onnx",
        ["input_ids"] + names("past_key_values", layers),
        ["logits"] + names("present", layers, own),
        {name: axis for name, axis in axes.items() if name != "encoder_hidden_states" and "present" not in name}
        | {name: axes[name] for name in names("present", layers, own)},
    )
    if not separate:
        merge(first, following, folder / "decoder_model_merged.onnx", layers)
        (folder / "decoder_model.onnx").unlink()
        (folder / "decoder_with_past_model.onnx").unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--separate", action="store_true")
    arguments = parser.parse_args()
    model = WhisperForConditionalGeneration.from_pretrained(arguments.folder, attn_implementation="eager")
    export_whisper(model, arguments.output / "onnx", arguments.separate)
    for file in arguments.folder.glob("*.json"):
        shutil.copy(file, arguments.output)


if __name__ == "__main__":
    main()
