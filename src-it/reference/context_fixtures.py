"""Makes the fixtures of models that read: generation with a tiny T5, captions with tiny BLIPs and with sketchbook-caption.

python context_fixtures.py --sketchbook DIR --caption DIR --out DIR [NAME...]

DIR of --caption is the model sketchbook-caption as the distribution has it, which is an ONNX export: what transformers says
of its pictures is told by running these graphs under transformers' own `generate`.
"""
import argparse
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy
import onnx
import onnxruntime
import torch
import transformers
from onnx import TensorProto, helper
from PIL import Image
from transformers import (
    BlipConfig, BlipForConditionalGeneration, GenerationConfig, GenerationMixin, PretrainedConfig, T5Config, T5ForConditionalGeneration)
from transformers.cache_utils import DynamicCache, EncoderDecoderCache
from transformers.modeling_outputs import BaseModelOutput, CausalLMOutput

OPSET = 17


def write_json(file, value):
    file.write_text(json.dumps(value, indent=1) + "\n")


def export(module, inputs, file, names, results, axes):
    axes = {name: dict(enumerate(axes[name])) if isinstance(axes[name], (list, tuple)) else axes[name] for name in [*names, *results] if name in axes}
    torch.onnx.export(module, inputs, str(file), input_names=names, output_names=results, dynamic_axes=axes, opset_version=OPSET, dynamo=False)
    shrink(file)


def shrink(file):
    """The same graph in a third of the bytes: constants folded, short names."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(file)
    onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    model = onnx.load(file)
    graph, kept = model.graph, {}
    for value in [*graph.input, *graph.output]:
        kept[value.name] = value.name
    for node in graph.node:
        node.name = node.doc_string = ""
        del node.metadata_props[:]
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                if name:
                    names[i] = kept.setdefault(name, f"v{len(kept)}")
    for weight in graph.initializer:
        weight.name = kept[weight.name]
    del graph.value_info[:]
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", OPSET))
    model.producer_name = model.producer_version = ""
    del model.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, file)


# ---- T5, as the public exports are: an encoder, and a decoder in three forms ---------------------------------------
def tiny_t5():
    torch.manual_seed(11)
    config = T5Config(vocab_size=40, d_model=16, d_kv=4, d_ff=24, num_layers=1, num_decoder_layers=1, num_heads=3, relative_attention_num_buckets=8,
                      feed_forward_proj="relu", decoder_start_token_id=0, pad_token_id=0, eos_token_id=1, tie_word_embeddings=False, attn_implementation="eager")
    model = T5ForConditionalGeneration(config).eval().requires_grad_(False)
    for weight in model.parameters():
        # As random as it comes, it would say the same token for ever.
        weight.add_(torch.randn(weight.shape) * 0.5)
    # Texts shall end at different lengths.
    model.lm_head.weight[1].mul_(2.2)
    return model


class T5Decoder(torch.nn.Module):
    """Logits and every key and value; with those before as inputs or without."""

    def __init__(self, model, past):
        super().__init__()
        self.model, self.past = model, past

    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states, *past):
        cache = None
        if self.past:
            layers = [past[4 * i:4 * i + 4] for i in range(self.model.config.num_decoder_layers)]
            cache = EncoderDecoderCache(DynamicCache([(own_key, own_value) for own_key, own_value, _, _ in layers]),
                                        DynamicCache([(key, value) for _, _, key, value in layers]))
        else:
            cache = EncoderDecoderCache(DynamicCache(), DynamicCache())
        result = self.model(attention_mask=encoder_attention_mask, decoder_input_ids=input_ids, past_key_values=cache, use_cache=True,
                            encoder_outputs=BaseModelOutput(last_hidden_state=encoder_hidden_states))
        own, other = cache.self_attention_cache.layers, cache.cross_attention_cache.layers
        present = []
        for i in range(self.model.config.num_decoder_layers):
            present += [own[i].keys, own[i].values] + ([] if self.past else [other[i].keys, other[i].values])
        return result.logits, *present


def cache_names(layers, prefix, of_encoder=True):
    return [f"{prefix}.{layer}.{part}.{kind}" for layer in range(layers) for part in (("decoder", "encoder") if of_encoder else ("decoder",))
            for kind in ("key", "value")]


def t5_graphs(model, folder):
    folder.mkdir(parents=True, exist_ok=True)
    layers, heads, size = model.config.num_decoder_layers, model.config.num_heads, model.config.d_kv
    ids, mask = torch.randint(2, 40, (2, 7)), torch.ones(2, 7, dtype=torch.long)
    hidden = model.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    class Encoder(torch.nn.Module):
        def forward(self, input_ids, attention_mask):
            return model.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    wide = {"input_ids": ["batch", "tokens"], "attention_mask": ["batch", "tokens"], "last_hidden_state": ["batch", "tokens"]}
    export(Encoder(), (ids, mask), folder / "encoder_model.onnx", ["input_ids", "attention_mask"], ["last_hidden_state"], wide)
    pasts, presents = cache_names(layers, "past_key_values"), cache_names(layers, "present")
    axes = {"encoder_attention_mask": ["batch", "source"], "encoder_hidden_states": ["batch", "source"], "input_ids": ["batch", "target"], "logits": ["batch", "target"]}
    axes |= {name: {0: "batch", 2: name + ".length"} for name in pasts + presents}
    given = (mask, torch.randint(2, 40, (2, 3)), hidden)
    names = ["encoder_attention_mask", "input_ids", "encoder_hidden_states"]
    export(T5Decoder(model, False), given, folder / "decoder_model.onnx", names, ["logits", *presents], axes)
    kept = [torch.randn(2, heads, 7 if ".encoder." in name else 3, size) for name in pasts]
    export(T5Decoder(model, True), (mask, given[1][:, :1], hidden, *kept), folder / "decoder_with_past_model.onnx", names + pasts,
           ["logits", *cache_names(layers, "present", False)], axes)


def merge(folder, layers, heads, size):
    """Both decoders as the branches of one graph, as optimum merges them: a flag chooses, the cached one gives no keys and values of the encoder."""
    first, later = (onnx.load(folder / f"{name}.onnx") for name in ("decoder_model", "decoder_with_past_model"))
    known, shared = {}, []

    def branch(model, prefix, outputs):
        graph, rename = model.graph, {}
        for weight in graph.initializer:
            key = (weight.data_type, tuple(weight.dims), onnx.numpy_helper.to_array(weight).tobytes())
            if key not in known:
                copy = onnx.TensorProto()
                copy.CopyFrom(weight)
                copy.name = known[key] = f"weight.{len(known)}"
                shared.append(copy)
            rename[weight.name] = known[key]
        outer = {value.name for value in graph.input}
        for node in graph.node:
            for names in (node.input, node.output):
                for i, name in enumerate(names):
                    if name and name not in outer:
                        names[i] = rename.get(name, prefix[0] + name)
        nodes, results = list(graph.node), []
        for name in outputs:
            if name in {value.name for value in graph.output}:
                value = next(value for value in graph.output if value.name == name)
                copy = onnx.ValueInfoProto()
                copy.CopyFrom(value)
                copy.name = rename.get(name, prefix[0] + name)
            else:
                empty = onnx.helper.make_tensor(prefix[0] + name, TensorProto.FLOAT, [0, heads, 1, size], [])
                nodes.append(helper.make_node("Constant", [], [prefix[0] + name], value=empty))
                copy = helper.make_tensor_value_info(prefix[0] + name, TensorProto.FLOAT, [0, heads, 1, size])
            results.append(copy)
        return helper.make_graph(nodes, prefix + "branch", [], results)

    outputs = [value.name for value in first.graph.output]
    branches = {"then_branch": branch(later, "later.", outputs), "else_branch": branch(first, "first.", outputs)}
    inputs = {value.name: value for value in [*first.graph.input, *later.graph.input]}
    for name in cache_names(layers, "past_key_values"):
        inputs.setdefault(name, helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", heads, name + ".length", size]))
    flag = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    graph = helper.make_graph([helper.make_node("If", ["use_cache_branch"], outputs, **branches)], "merged", [*inputs.values(), flag], list(first.graph.output), shared)
    merged = helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)
    onnx.checker.check_model(merged)
    onnx.save(merged, folder / "decoder_model_merged.onnx")


WAYS = {
    "greedy": {"num_beams": 1, "max_new_tokens": 16}, "penalty": {"num_beams": 1, "max_new_tokens": 16, "repetition_penalty": 1.7},
    "bound": {"num_beams": 1, "max_length": 14, "min_length": 9, "no_repeat_ngram_size": 2, "suppress_tokens": [7, 20, 31], "begin_suppress_tokens": [5, 11, 12]},
    "beams": {"num_beams": 4, "max_new_tokens": 12}, "beams-early": {"num_beams": 3, "max_length": 20, "early_stopping": True, "length_penalty": 2.0},
    "beams-never": {"num_beams": 2, "max_new_tokens": 15, "early_stopping": "never", "length_penalty": 0.6},
    "beams-bound": {"num_beams": 4, "max_length": 24, "min_length": 8, "no_repeat_ngram_size": 3, "length_penalty": 2.0, "early_stopping": True},
    "beams-forced": {"num_beams": 2, "max_length": 10, "length_penalty": -1.0, "forced_bos_token_id": 9, "forced_eos_token_id": 1, "repetition_penalty": 1.3}}


def generation(fixtures):
    """What transformers' generate says with a tiny T5 of thirty inputs, in every way that a configuration names."""
    model, folder = tiny_t5(), fixtures.out / "tiny-t5"
    draws = numpy.random.default_rng(5)
    inputs = [[*map(int, draws.integers(2, 40, draws.integers(2, 12))), 1] for _ in range(30)]
    said = {}
    for name, way in WAYS.items():
        said[name] = {"settings": way, "tokens": [], "scores": []}
        for ids in inputs:
            result = model.generate(torch.tensor([ids]), do_sample=False, eos_token_id=1, return_dict_in_generate=True, output_scores=True, **way)
            said[name]["tokens"].append(result.sequences[0].tolist()[1:])
            if way["num_beams"] > 1:
                said[name]["scores"].append(round(float(result.sequences_scores[0]), 5))
        lengths = [len(tokens) for tokens in said[name]["tokens"]]
        print(name, "lengths", min(lengths), max(lengths), "distinct", len({tuple(tokens) for tokens in said[name]["tokens"]}))
    # Tracing leaves the model in another state, so this comes last.
    t5_graphs(model, folder)
    merge(folder, model.config.num_decoder_layers, model.config.num_heads, model.config.d_kv)
    (folder / "generation.json").write_text(json.dumps({"inputs": inputs, "said": said}, separators=(",", ":")).replace('"tokens":[[', '\n"tokens":[[') + "\n")


FIXTURES = [generation]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sketchbook", type=Path, required=True)
    parser.add_argument("--caption", type=Path, required=True)
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
