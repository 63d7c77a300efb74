"""Makes the fixtures of models that read: generation and summaries with a tiny T5, captions with tiny BLIPs and with sketchbook-caption.

python context_fixtures.py --sketchbook DIR --caption DIR --out DIR [NAME...]

DIR of --caption is the model sketchbook-caption as the distribution has it, which is an ONNX export: what transformers says
of its images is told by running these graphs under transformers' own `generate`.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
import transformers
from onnx import TensorProto, helper
from PIL import Image
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertTokenizer, BlipConfig, BlipForConditionalGeneration, PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration
from transformers.cache_utils import DynamicCache, EncoderDecoderCache
from transformers.models.blip.image_processing_pil_blip import BlipImageProcessorPil
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
    (folder / "generation.json").write_text(json.dumps({"inputs": inputs, "generated": said}, separators=(",", ":")).replace('"tokens":[[', '\n"tokens":[[') + "\n")


# ---- Summaries by that T5 ------------------------------------------------------------------------------------------
PIECES = ["<pad>", "</s>", "<unk>", "\u2581", *"abcdefghijklmnopqrstuvwxyz", ":", ",", ".", "S", "\u2581the", "\u2581s", "ar", "in", "er", "ize"]
TASK = {"early_stopping": True, "length_penalty": 2.0, "max_length": 30, "min_length": 6, "no_repeat_ngram_size": 3, "num_beams": 4, "prefix": "summarize: "}
# What the reference system says to its T5; without a bound of repetition this one would say the same token for ever.
GIVEN = {"early_stopping": True, "length_penalty": 1.5, "max_length": 50, "min_length": 5, "no_repeat_ngram_size": 2, "num_beams": 4, "prefix": "Summarize: "}
WORDS = "a the red blue house boat fish river rain song voice old quiet market in under near winter garden sings waits burns over small".split()


def summaries(fixtures):
    """What transformers makes of thirty texts, the last ten longer than the tiny T5 reads, with its own settings of the task and with others."""
    folder, model = fixtures.out / "tiny-t5", tiny_t5()
    assert len(PIECES) == model.config.vocab_size
    tokenizer = Tokenizer(models.Unigram([(piece, 0.0 if number < 3 else -len(piece) ** 0.5 - number / 100) for number, piece in enumerate(PIECES)], unk_id=2))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>"])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>", pad_token="<pad>", unk_token="<unk>", model_max_length=96)
    (folder / "tokenizer.json").write_text(tokenizer.to_str() + "\n")
    write_json(folder / "tokenizer_config.json", {"eos_token": "</s>", "model_max_length": 96, "pad_token": "<pad>", "tokenizer_class": "T5Tokenizer", "unk_token": "<unk>"})
    write_json(folder / "config.json", {key: getattr(model.config, key) for key in ("model_type", "vocab_size", "d_model", "d_kv", "d_ff", "num_layers", "num_decoder_layers", "num_heads")}
               | {"decoder_start_token_id": 0, "eos_token_id": 1, "pad_token_id": 0, "n_positions": 512, "task_specific_params": {"summarization": TASK}})
    write_json(folder / "generation_config.json", {"decoder_start_token_id": 0, "eos_token_id": 1, "pad_token_id": 0})
    draws = numpy.random.default_rng(77)
    texts = [" ".join(draws.choice(WORDS, draws.integers(2, 9) if number < 20 else 30)) + "." for number in range(30)]
    texts[3] = texts[3].replace(" ", ", ") + " \u00c6rlig \ufb01n!"
    said = {}
    for name, way in (("own", TASK), ("given", GIVEN)):
        said[name] = {"settings": way, "tokens": [], "texts": []}
        for text in texts:
            ids = fast(way["prefix"] + text, truncation=True, return_tensors="pt").input_ids
            tokens = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, **{key: value for key, value in way.items() if key != "prefix"})[0]
            said[name]["tokens"].append(tokens[1:].tolist())
            said[name]["texts"].append(fast.decode(tokens, skip_special_tokens=True))
        print(name, "distinct", len({tuple(tokens) for tokens in said[name]["tokens"]}), "lengths", sorted({len(tokens) for tokens in said[name]["tokens"]}), said[name]["texts"][0])
    (folder / "summaries.json").write_text(json.dumps({"inputs": texts, "generated": said}, separators=(",", ":")).replace('"tokens":', '\n"tokens":') + "\n")


# ---- BLIP: sketchbook-caption, and a tiny one in both namings -------------------------------------------------------
CAPTIONS = {"greedy": {"num_beams": 1}, "beams": {"num_beams": 3}, "prompt": {"num_beams": 1}, "prompt-beams": {"num_beams": 4}}
CAPTION_PROMPT = "a red"


def pictures(fixtures):
    """Thirty drawings of sketchbook's world, with seeds that it was not trained on."""
    sys.path.insert(0, str((fixtures.sketchbook / "training").resolve()))
    import world

    folder, draws, drawn = fixtures.out / "captions", numpy.random.default_rng(20261), []
    folder.mkdir(exist_ok=True)
    for number in range(30):
        image = world.draw(world.sample(draws), draws, 128)
        # Few colours and pixels make small files.
        image = image.resize([(48, 48), (64, 48), (40, 56)][number % 3], Image.Resampling.LANCZOS).quantize(16)
        image.save(folder / f"{number:02d}.png", optimize=True)
        drawn.append(image.convert("RGB"))
    return drawn


def running(graphs, config):
    """transformers' BLIP with ONNX graphs in place of its networks."""
    model = BlipForConditionalGeneration(config).eval()
    vision, text = (onnxruntime.InferenceSession(str(graphs / f"blip_{part}.onnx")) for part in ("vision_encoder", "text_decoder"))

    def see(pixel_values, **_):
        return (torch.from_numpy(vision.run(None, {"pixel_values": pixel_values.numpy()})[0]),)

    def say(input_ids, attention_mask=None, encoder_hidden_states=None, encoder_attention_mask=None, **_):
        given = {"input_ids": input_ids.numpy(), "encoder_hidden_states": encoder_hidden_states.numpy()}
        if any(value.name == "attention_mask" for value in text.get_inputs()):
            given["attention_mask"] = numpy.ones_like(given["input_ids"])
        return CausalLMOutput(logits=torch.from_numpy(text.run(None, given)[0]))

    model.vision_model.forward, model.text_decoder.forward = see, say
    return model


def said_by(model, folder, images, length):
    processor, tokenizer, said = BlipImageProcessorPil.from_pretrained(folder), BertTokenizer.from_pretrained(folder), {}
    for name, way in CAPTIONS.items():
        said[name] = {"beams": way["num_beams"], "prompt": CAPTION_PROMPT if "prompt" in name else "", "tokens": [], "texts": []}
        for image in images:
            given = {"pixel_values": processor(image, return_tensors="pt").pixel_values}
            if "prompt" in name:
                given["input_ids"] = tokenizer(CAPTION_PROMPT, return_tensors="pt").input_ids
            start = given["input_ids"].shape[1] - 1 if "prompt" in name else 1
            tokens = model.generate(**given, do_sample=False, use_cache=False, max_new_tokens=length, **way)[0]
            said[name]["tokens"].append(tokens[start:].tolist())
            said[name]["texts"].append(tokenizer.decode(tokens, skip_special_tokens=True))
        print(name, "distinct", len({tuple(tokens) for tokens in said[name]["tokens"]}), said[name]["texts"][0])
    return said


def tiny_blip():
    torch.manual_seed(3)
    text = {"vocab_size": 40, "hidden_size": 16, "encoder_hidden_size": 12, "intermediate_size": 20, "num_hidden_layers": 1, "num_attention_heads": 2,
            "max_position_embeddings": 24, "bos_token_id": 38, "eos_token_id": 2, "sep_token_id": 3, "pad_token_id": 0, "attn_implementation": "eager"}
    vision = {"hidden_size": 12, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 24, "patch_size": 8}
    model = BlipForConditionalGeneration(BlipConfig(text_config=text, vision_config=vision, projection_dim=8)).eval().requires_grad_(False)
    for weight in model.parameters():
        weight.add_(torch.randn(weight.shape) * 0.6)
    return model


def blip_files(folder, model):
    folder.mkdir(exist_ok=True)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "red", "b", ",", *[f"##{letter}" for letter in "cdefghijklm"], *[f"w{i}" for i in range(18)], "[DEC]", "[ENC]"]
    assert len(words) == 40
    (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    write_json(folder / "config.json", {"model_type": "blip", "text_config": {key: getattr(model.config.text_config, key) for key in (
        "vocab_size", "bos_token_id", "eos_token_id", "sep_token_id", "pad_token_id", "max_position_embeddings")}})
    write_json(folder / "preprocessor_config.json", {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.3, 0.25, 0.2],
                                                     "resample": 2, "rescale_factor": 1 / 255, "size": {"height": 24, "width": 24}})
    write_json(folder / "tokenizer_config.json", {"do_lower_case": True, "tokenizer_class": "BertTokenizer", "bos_token": "[DEC]", "additional_special_tokens": ["[ENC]"]})


def blip_graphs(folder, model, masked):
    class Vision(torch.nn.Module):
        def forward(self, pixel_values):
            return model.vision_model(pixel_values=pixel_values).last_hidden_state

    class Text(torch.nn.Module):
        def forward(self, *given):
            ids, seen = given[0], given[-1]
            mask = given[1] if masked else torch.ones_like(ids)
            return model.text_decoder(input_ids=ids, attention_mask=mask, encoder_hidden_states=seen, use_cache=False,
                                      encoder_attention_mask=torch.ones(seen.shape[:2], dtype=torch.long)).logits

    pixels, ids = torch.randn(2, 3, 24, 24), torch.full((2, 5), 7)
    seen = Vision()(pixels)
    axes = {"pixel_values": ["batch"], "encoder_hidden_states": ["batch"], "input_ids": ["batch", "tokens"], "attention_mask": ["batch", "tokens"], "logits": ["batch", "tokens"]}
    vision = "last_hidden_state" if masked else "encoder_hidden_states"
    export(Vision(), (pixels,), folder / "blip_vision_encoder.onnx", ["pixel_values"], [vision], axes | {vision: ["batch"]})
    names = ["input_ids", *(["attention_mask"] if masked else []), "encoder_hidden_states"]
    given = (ids, torch.ones_like(ids), seen) if masked else (ids, seen)
    export(Text(), given, folder / "blip_text_decoder.onnx", names, ["logits"], axes)


def captions(fixtures):
    """What transformers says of thirty images with sketchbook-caption's graphs, and with a tiny BLIP of random weights in either naming."""
    images = pictures(fixtures)
    config = BlipConfig.from_pretrained(fixtures.caption)
    found = {"sketchbook-caption": said_by(running(fixtures.caption, config), fixtures.caption, images, 23)}
    for name, masked in (("tiny-blip", False), ("tiny-blip-masked", True)):
        folder, model = fixtures.out / "captions" / name, tiny_blip()
        blip_files(folder, model)
        found[name] = said_by(model, folder, images, 16)
        # Tracing leaves the model in another state, so this comes last.
        blip_graphs(folder, tiny_blip(), masked)
    (fixtures.out / "captions" / "captions.json").write_text(json.dumps(found, separators=(",", ":")).replace('"tokens":', '\n"tokens":') + "\n")


FIXTURES = [generation, summaries, captions]


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
