"""Exports sketchbook-speech as Whisper's public ONNX exports are laid out: export_speech.py STATE OUT

Writes encoder_model.onnx, decoder_model_merged.onnx, the configurations and tokenizer.json. Weights are rounded to float16 and stored so,
under transformers' names; the graphs cast them and compute in float32. The decoder is exported by src-it/reference/whisper_onnx.py.
Without STATE, export_speech.py OUT only checks: it reads the weights from the graphs into transformers, and compares what both compute.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "src-it/reference"))
import vocabulary as v
import whisper_onnx
from train_speech import PLACES, Speech

GRAPHS = ("encoder_model", "decoder_model_merged")
TRANSPOSED = ".T"
TOLERANCE = 5e-5


def trained(state):
    """The network for inference, its weights rounded to float16, as a transformers model."""
    speech = Speech()
    speech.load_state_dict(torch.load(state, weights_only=True)["network"])
    model = speech.whisper.eval().requires_grad_(False)
    for weight in model.parameters():
        weight.data = weight.data.half().float()
    model.generation_config = GenerationConfig(
        decoder_start_token_id=v.START, bos_token_id=v.END, eos_token_id=v.END, pad_token_id=v.END, max_length=PLACES, is_multilingual=False,
        no_timestamps_token_id=v.NO_TIMESTAMPS, suppress_tokens=[v.START, v.NO_SPEECH], begin_suppress_tokens=None, return_timestamps=False)
    return model


def extractor():
    return WhisperFeatureExtractor(feature_size=v.BANDS, sampling_rate=v.RATE, hop_length=v.HOP, chunk_length=v.SECONDS, n_fft=v.FRAME)


def named(model):
    """The names of all parameters by their bytes, as they are and transposed."""
    names = {}
    for name, weight in model.named_parameters():
        for suffix, values in ((TRANSPOSED, weight.T.contiguous() if weight.dim() == 2 else weight), ("", weight)):
            names[tuple(values.shape), values.numpy().tobytes()] = name + suffix
    return names


def halve(file, names):
    """Stores as float16 what is a weight; the graph casts it back."""
    model = onnx.load(str(file))
    halves, casts = [], []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        name = names.get((values.shape, values.tobytes()))
        if name and weight.data_type == TensorProto.FLOAT:
            model.graph.initializer.remove(weight)
            halves.append(numpy_helper.from_array(values.astype(np.float16), name))
            casts.append(helper.make_node("Cast", [name], [weight.name], to=TensorProto.FLOAT))
    model.graph.initializer.extend(halves)
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(file))


def read(folder):
    """The transformers model whose weights are those of the graphs."""
    model = WhisperForConditionalGeneration(WhisperConfig.from_pretrained(folder, attn_implementation="eager")).eval().requires_grad_(False)
    model.generation_config = GenerationConfig.from_pretrained(folder)
    stored = {}
    for name in GRAPHS:
        for weight in onnx.load(str(folder / f"{name}.onnx")).graph.initializer:
            if weight.data_type == TensorProto.FLOAT16:
                values = torch.from_numpy(numpy_helper.to_array(weight).astype(np.float32))
                stored[weight.name.removesuffix(TRANSPOSED)] = values.T if weight.name.endswith(TRANSPOSED) else values
    rest = model.load_state_dict(stored, strict=False)
    assert not rest.unexpected_keys and set(rest.missing_keys) <= {"proj_out.weight"}, rest
    model.tie_weights()
    return model


def export(model, out):
    whisper_onnx.export_whisper(model, out, separate=False)
    for name in GRAPHS:
        halve(out / f"{name}.onnx", named(model))
    model.config.save_pretrained(out)
    model.generation_config.save_pretrained(out)
    extractor().save_pretrained(out)
    (out / "tokenizer.json").write_text(v.tokenizer().to_str())
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": PLACES, "clean_up_tokenization_spaces": False,
                **{f"{kind}_token": "<|endoftext|>" for kind in ("bos", "eos", "pad", "unk")}}
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


def check(model, out):
    """Compares ONNX Runtime with torch on noise."""
    encoder, decoder = (onnxruntime.InferenceSession(str(out / f"{name}.onnx")) for name in GRAPHS)
    torch.manual_seed(1)
    features, ids = torch.randn(2, v.BANDS, 2 * v.POSITIONS), torch.tensor([[v.START, v.NO_TIMESTAMPS, 50], [v.START, v.NO_TIMESTAMPS, 61]])
    encoded = model.model.encoder(features).last_hidden_state
    heard = encoder.run(None, {"input_features": features.numpy()})[0]
    given = {"input_ids": ids.numpy(), "encoder_hidden_states": heard, "use_cache_branch": np.array([False])}
    for value in decoder.get_inputs():
        if value.name.startswith("past"):
            given[value.name] = np.zeros((2, value.shape[1], 0, value.shape[3]), np.float32)
    said = decoder.run(["logits"], given)[0]
    expected = model(decoder_input_ids=ids, encoder_outputs=(encoded,)).logits
    for name, a, b in (("encoder", heard, encoded), ("decoder", said, expected)):
        worst = np.abs(a - b.numpy()).max()
        print(f"{name}: largest difference from torch {worst:.1e}")
        assert worst < TOLERANCE, f"The exported {name} differs from torch by {worst}; export it again."
    print(sum(file.stat().st_size for file in out.iterdir() if file.is_file()), "bytes in all")


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    folder = Path(sys.argv[-1])
    if len(sys.argv) > 2:
        folder.mkdir(parents=True, exist_ok=True)
        export(trained(sys.argv[1]), folder)
    check(read(folder), folder)
