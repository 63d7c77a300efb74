"""Exports a trained state in the layout of the public T5 exports, and checks it. Usage: export_summary.py OUT [STATE]

STATE is what train_summary.py wrote; without it, the script only checks the graphs in OUT. Weights are rounded to float16 and stored so,
under torch's names; the graphs cast them and compute in float32. The check reads the weights from the graphs into torch and compares logits.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import transformers
from onnx import TensorProto, helper, numpy_helper
from transformers.cache_utils import DynamicCache, EncoderDecoderCache
from transformers.modeling_outputs import BaseModelOutput

import summary_model
from summary_model import END, LONGEST_INPUT, PAD, TASK

OPSET, SMALL, TOLERANCE = 17, 16, 5e-5
SHARED = ("shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight")


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


class Decoder(torch.nn.Module):
    """Logits, and the keys and values; those before are inputs of the cached form."""

    def __init__(self, model, cached):
        super().__init__()
        self.model, self.cached = model, cached

    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states, *past):
        layers = [past[4 * i:4 * i + 4] for i in range(self.model.config.num_decoder_layers)] if self.cached else []
        cache = EncoderDecoderCache(DynamicCache([(key, value) for key, value, _, _ in layers]), DynamicCache([(key, value) for _, _, key, value in layers])) if layers \
            else EncoderDecoderCache(DynamicCache(), DynamicCache())
        result = self.model(attention_mask=encoder_attention_mask, decoder_input_ids=input_ids, past_key_values=cache, use_cache=True,
                            encoder_outputs=BaseModelOutput(last_hidden_state=encoder_hidden_states))
        own, other = cache.self_attention_cache.layers, cache.cross_attention_cache.layers
        present = []
        for i in range(self.model.config.num_decoder_layers):
            present += [own[i].keys, own[i].values] + ([] if self.cached else [other[i].keys, other[i].values])
        return result.logits, *present


def names(layers, prefix, of_encoder=True):
    return [f"{prefix}.{layer}.{part}.{kind}" for layer in range(layers) for part in (("decoder", "encoder") if of_encoder else ("decoder",)) for kind in ("key", "value")]


def exported(module, arguments, inputs, outputs, axes, file):
    torch.onnx.export(module, arguments, str(file), input_names=inputs, output_names=outputs, dynamic_axes={name: axes[name] for name in (*inputs, *outputs) if name in axes},
                      opset_version=OPSET, dynamo=False, do_constant_folding=False)
    model = onnx.load(str(file))
    file.unlink()
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.graph.value_info[:]
    return model


def halves(weights):
    """The weights as float16 and the nodes that cast them; small ones and those of other types stay as they are."""
    kept, casts = [], []
    for weight in weights:
        values = numpy_helper.to_array(weight)
        if weight.data_type == TensorProto.FLOAT and values.size >= SMALL and np.array_equal(values, values.astype(np.float16).astype(np.float32)):
            kept.append(numpy_helper.from_array(values.astype(np.float16), weight.name + ".half"))
            casts.append(helper.make_node("Cast", [weight.name + ".half"], [weight.name], to=TensorProto.FLOAT))
        else:
            kept.append(weight)
    return kept, casts


def save(graph, file):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="")
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def branch(model, prefix, outputs, heads, size):
    """The body of a decoder as a branch: weights by name from outside, outputs that it lacks empty."""
    graph = model.graph
    outer = {value.name for value in graph.input} | {weight.name for weight in graph.initializer}
    for node in graph.node:
        for values in (node.input, node.output):
            for place, name in enumerate(values):
                if name and name not in outer:
                    values[place] = prefix + name
    nodes, results, made = list(graph.node), [], {value.name: value for value in graph.output}
    for name in outputs:
        if name in made:
            result = onnx.ValueInfoProto()
            result.CopyFrom(made[name])
            result.name = prefix + name
        else:
            nodes.append(helper.make_node("Constant", [], [prefix + name], value=helper.make_tensor(prefix + name, TensorProto.FLOAT, [0, heads, 1, size], [])))
            result = helper.make_tensor_value_info(prefix + name, TensorProto.FLOAT, [0, heads, 1, size])
        results.append(result)
    return helper.make_graph(nodes, prefix + "branch", [], results)


def write_graphs(network, out):
    config = network.config
    layers, heads, size = config.num_decoder_layers, config.num_heads, config.d_kv
    ids, mask, said = torch.randint(3, 40, (2, 7)), torch.ones(2, 7, dtype=torch.long), torch.randint(3, 40, (2, 3))
    hidden = network.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    pasts, presents = names(layers, "past_key_values"), names(layers, "present")
    axes = {name: {0: "batch", 1: "encoder_sequence_length"} for name in ("input_ids", "attention_mask", "last_hidden_state", "encoder_attention_mask", "encoder_hidden_states")}
    encoder = exported(Encoder(network), (ids, mask), ["input_ids", "attention_mask"], ["last_hidden_state"], axes, out / "encoder_model.onnx").graph
    weights, casts = halves(encoder.initializer)
    save(helper.make_graph(casts + list(encoder.node), "encoder", list(encoder.input), list(encoder.output), weights), out / "encoder_model.onnx")
    axes |= {"input_ids": {0: "batch", 1: "decoder_sequence_length"}, "logits": {0: "batch", 1: "decoder_sequence_length"}}
    axes |= {name: {0: "batch", 2: name + ".length"} for name in pasts + presents}
    inputs = ["encoder_attention_mask", "input_ids", "encoder_hidden_states"]
    first = exported(Decoder(network, False), (mask, said, hidden), inputs, ["logits", *presents], axes, out / "first.onnx")
    kept = [torch.randn(2, heads, 7 if ".encoder." in name else 3, size) for name in pasts]
    later = exported(Decoder(network, True), (mask, said[:, :1], hidden, *kept), inputs + pasts, ["logits", *names(layers, "present", False)], axes, out / "later.onnx")
    shared = {weight.name: weight for model in (first, later) for weight in model.graph.initializer}
    weights, casts = halves(shared.values())
    given = {value.name: value for value in [*first.graph.input, *later.graph.input]}
    for name in pasts:
        given.setdefault(name, helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", heads, name + ".length", size]))
    flag = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    outputs = [value.name for value in first.graph.output]
    choice = helper.make_node("If", ["use_cache_branch"], outputs, then_branch=branch(later, "later.", outputs, heads, size), else_branch=branch(first, "first.", outputs, heads, size))
    save(helper.make_graph([*casts, choice], "decoder", [*given.values(), flag], list(first.graph.output), weights), out / "decoder_model_merged.onnx")


def write_settings(network, tokenizer, out):
    store = lambda name, value: (out / name).write_text(json.dumps(value, indent=2) + "\n")
    config = network.config
    kept = ("vocab_size", "d_model", "d_kv", "d_ff", "num_layers", "num_decoder_layers", "num_heads", "feed_forward_proj", "relative_attention_num_buckets", "relative_attention_max_distance", "dropout_rate")
    ids = {"decoder_start_token_id": PAD, "eos_token_id": END, "pad_token_id": PAD}
    store("config.json", {"model_type": "t5", "architectures": ["T5ForConditionalGeneration"], **{key: getattr(config, key) for key in kept}, **ids, "tie_word_embeddings": True,
                          "n_positions": LONGEST_INPUT, "task_specific_params": {"summarization": TASK}})
    store("generation_config.json", ids)
    store("tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LONGEST_INPUT, "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"})
    tokenizer.save(str(out / "tokenizer.json"))


def read(folder):
    """The network in torch, with the weights of the graphs."""
    network = summary_model.network(json.loads((folder / "config.json").read_text())["vocab_size"]).eval().requires_grad_(False)
    found = {}
    for file in ("encoder_model.onnx", "decoder_model_merged.onnx"):
        for weight in onnx.load(str(folder / file)).graph.initializer:
            if weight.name.startswith("model."):
                found[weight.name.removeprefix("model.").removesuffix(".half")] = torch.from_numpy(numpy_helper.to_array(weight).astype(np.float32))
    table = next(found[name] for name in SHARED if name in found)
    rest = network.load_state_dict(found | dict.fromkeys(SHARED, table), strict=False)
    assert not rest.unexpected_keys and not rest.missing_keys, rest
    return network


def check(out):
    network = read(out)
    encoder, decoder = (onnxruntime.InferenceSession(str(out / file), providers=["CPUExecutionProvider"]) for file in ("encoder_model.onnx", "decoder_model_merged.onnx"))
    config, rng, worst = network.config, np.random.default_rng(1), 0.0
    for length in (1, 9, 40):
        ids, mask, said = rng.integers(3, config.vocab_size, (2, length)), np.ones((2, length), np.int64), rng.integers(3, config.vocab_size, (2, 6))
        said[:, 0] = PAD
        hidden = encoder.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        expected = network(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask), decoder_input_ids=torch.from_numpy(said)).logits.numpy()
        empty = {name: np.zeros((2, config.num_heads, 0, config.d_kv), np.float32) for name in names(config.num_decoder_layers, "past_key_values")}
        given = {"encoder_attention_mask": mask, "encoder_hidden_states": hidden, "input_ids": said[:, :3], "use_cache_branch": np.array([False])} | empty
        outputs = [value.name for value in decoder.get_outputs()]
        result = dict(zip(outputs, decoder.run(None, given)))
        worst = max(worst, np.abs(result["logits"] - expected[:, :3]).max())
        past = {name.replace("present", "past_key_values"): value for name, value in result.items() if name != "logits"}
        for place in range(3, 6):
            result = dict(zip(outputs, decoder.run(None, given | past | {"input_ids": said[:, place:place + 1], "use_cache_branch": np.array([True])})))
            worst = max(worst, np.abs(result["logits"][:, 0] - expected[:, place]).max())
            past |= {name.replace("present", "past_key_values"): value for name, value in result.items() if ".decoder." in name}
    print(f"{sum(file.stat().st_size for file in out.iterdir() if file.is_file())} bytes, largest difference of logits from torch {worst:.1e}")
    assert worst < TOLERANCE, f"{out} differs from torch by {worst}; export it again."


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    if len(sys.argv) > 2:
        tokenizer = summary_model.tokenizer()
        network = summary_model.network(tokenizer.get_vocab_size()).eval().requires_grad_(False)
        network.load_state_dict(torch.load(sys.argv[2]))
        for weight in network.parameters():
            weight.copy_(weight.half().float())
        write_settings(network, tokenizer, out)
        write_graphs(network, out)
    check(out)


if __name__ == "__main__":
    main()
