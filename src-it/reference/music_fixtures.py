"""Makes fixtures/tiny-clap: a CLAP of random weights as the public exports are, and what transformers' ClapModel makes of sounds and words.

    python music_fixtures.py fixtures

The sounds are whole numbers that the tests compute themselves (`sound` below), so that none is kept. Those that are longer than the
model hears at once are heard in windows spread evenly; the directions of these are averaged.
"""
import json
import pathlib
import sys

import numpy
import torch
import transformers
from context_fixtures import export, write_json
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, PreTrainedTokenizerFast

RATE, WINDOWS, SCALE = 8000, 3, 5.0
HEARD = {"feature_size": 16, "sampling_rate": RATE, "hop_length": 128, "fft_window_size": 256, "max_length_s": 1, "frequency_min": 50, "frequency_max": 3500,
         "padding": "repeatpad", "truncation": "rand_trunc"}
LENGTHS = [8000, 2500, 7999, 8000, 300, 8000, 8000, 19001, 30000, 12000]
PROMPTS = [f"This is a {mood} song." for mood in ("calm", "energetic", "melancholic")] + [f"This is a song of {genre}." for genre in ("jazz", "rock", "classical", "folk")]


def sound(number):
    """A square and a triangle wave with noise; every second one is silent for a tenth of its length."""
    state, count = number + 1, LENGTHS[number]
    half, period, loud = 4 + 3 * number, 160 - 15 * number, 200 + 400 * (number % 3)
    samples = []
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        square = i // half % 2 * 6000 - 3000
        triangle = abs(i % period - period // 2) * 8000 // period - 2000
        noise = (state >> 16) % (2 * loud) - loud
        silent = number % 2 == 1 and 6 * count // 10 <= i < 7 * count // 10
        samples.append(0 if silent else square + triangle + noise)
    return numpy.array(samples, dtype=numpy.float32) / 32768


def windows(samples):
    length = HEARD["max_length_s"] * RATE
    if len(samples) <= length:
        return [samples]
    count = min(WINDOWS, -(-len(samples) // length))
    return [samples[(start := i * (len(samples) - length) // (count - 1)):start + length] for i in range(count)]


def tokenizer():
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    words = ["<s>", "<pad>", "</s>", "<unk>", *letters, ".", ",", "T", "\u0120", "\u0120s", "is", "so", "ng", "\u0120a"]
    made = Tokenizer(models.BPE({word: number for number, word in enumerate(words)}, [("\u0120", "s"), ("i", "s"), ("s", "o"), ("n", "g"), ("\u0120", "a")], unk_token="<unk>"))
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    made.add_special_tokens(words[:4])
    return made, len(words)


def tiny_clap(vocabulary):
    torch.manual_seed(31)
    text = {"vocab_size": vocabulary, "hidden_size": 16, "intermediate_size": 20, "num_hidden_layers": 1, "num_attention_heads": 2, "max_position_embeddings": 66,
            "projection_dim": 8, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "attn_implementation": "eager"}
    audio = {"window_size": 4, "num_mel_bins": HEARD["feature_size"], "spec_size": 32, "hidden_size": 8, "patch_embeds_hidden_size": 8, "depths": [2],
             "num_attention_heads": [2], "num_hidden_layers": 1, "projection_dim": 8, "mlp_ratio": 2.0}
    model = ClapModel(ClapConfig(text_config=text, audio_config=audio, projection_dim=8, logit_scale_init_value=SCALE)).eval().requires_grad_(False)
    for name, weight in model.named_parameters():
        # What is added to everything would make all sounds alike.
        weight.add_(torch.randn(weight.shape) * (0.0 if weight.dim() == 0 else 0.03 if name.endswith("bias") else 0.7))
    model.audio_model.audio_encoder.batch_norm.running_mean.fill_(-20.0)
    model.audio_model.audio_encoder.batch_norm.running_var.fill_(400.0)
    return model


class Audio(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_features):
        return self.model.audio_projection(self.model.audio_model(input_features=input_features).pooler_output)


class Text(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model.text_projection(self.model.text_model(input_ids=input_ids, attention_mask=attention_mask).pooler_output)


def main():
    folder = pathlib.Path(sys.argv[1]) / "tiny-clap"
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    words, vocabulary = tokenizer()
    fast = PreTrainedTokenizerFast(tokenizer_object=words, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>")
    model, extractor = tiny_clap(vocabulary), ClapFeatureExtractor(**HEARD)
    ids = fast(PROMPTS, padding=True, return_tensors="pt")
    similarities = []
    for number in range(len(LENGTHS)):
        heard = torch.cat([extractor(window, sampling_rate=RATE, return_tensors="pt").input_features for window in windows(sound(number))])
        result = model(input_ids=ids.input_ids, attention_mask=ids.attention_mask, input_features=heard)
        audio = torch.nn.functional.normalize(torch.nn.functional.normalize(result.audio_embeds, dim=-1).mean(0), dim=-1)
        each = (torch.nn.functional.normalize(result.text_embeds, dim=-1) @ audio).tolist()
        if len(heard) == 1:
            assert numpy.allclose(result.logits_per_audio[0] / SCALE, each, atol=1e-5)
        similarities.append([round(value, 7) for value in each])
        print(number, heard.shape, [round(value, 3) for value in each])
    (folder / "tokenizer.json").write_text(words.to_str() + "\n")
    write_json(folder / "preprocessor_config.json", {"feature_extractor_type": "ClapFeatureExtractor"} | HEARD)
    write_json(folder / "config.json", {"model_type": "clap", "logit_scale_init_value": SCALE, "projection_dim": 8, "text_config": {"model_type": "clap_text_model", "vocab_size": vocabulary},
                                        "audio_config": {"model_type": "clap_audio_model", "enable_fusion": False}})
    lines = json.dumps({"windows": WINDOWS, "lengths": LENGTHS, "prompts": PROMPTS, "similarities": similarities}, separators=(",", ":"))
    (folder / "similarities.json").write_text(lines.replace("[[", "[\n[").replace("],[", "],\n[") + "\n")
    # Tracing leaves the model in another state, so this comes last.
    axes = {"input_features": ["batch"], "audio_embeds": ["batch"], "input_ids": ["batch", "tokens"], "attention_mask": ["batch", "tokens"], "text_embeds": ["batch"]}
    export(Audio(model), (heard[:1].repeat(2, 1, 1, 1),), folder / "onnx" / "audio_model.onnx", ["input_features"], ["audio_embeds"], axes)
    export(Text(model), (ids.input_ids, ids.attention_mask), folder / "onnx" / "text_model.onnx", ["input_ids", "attention_mask"], ["text_embeds"], axes)


if __name__ == "__main__":
    main()
