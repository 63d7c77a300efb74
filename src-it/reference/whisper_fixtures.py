"""Makes fixtures/whisper-tiny-multilingual and fixtures/whisper-tiny-english, random Whispers of a few thousand weights in
the layout of the public ONNX exports (merged decoder; separate files), and fixtures/whisper.json: what transformers'
generate makes with them of thirty sounds.

    python whisper_fixtures.py fixtures

Every case has the sound's number and length (see `sound`), the options, and: the language that was detected, the tokens of
all segments, the segments (start, end, number of tokens), and for every window what the decision on falling back to a higher temperature is made from.
Sampling at a temperature is left out: another library's generator gives other samples. Cases in which two tokens are
nearer than MARGIN to one another are left out, since rounding may choose either, and those of more than twelve segments.
"""

import json
import math
import pathlib
import sys

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration
from transformers.models.whisper import generation_whisper

from whisper_onnx import export_whisper

MARGIN = 2e-3
TEXT = 64
RATE, CHUNK = 8000, 2
THRESHOLDS = {"compression_ratio_threshold": 2.4, "logprob_threshold": -1.0, "no_speech_threshold": 0.6}


def sound(number, count):
    """Tones that change four times a second, noise, and a pause."""
    state, x = number + 1, np.empty(count)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        note = (i // 2000 * 7 + number * 5) % 23
        x[i] = 0.3 * math.sin(2 * math.pi * (120 + 90 * note) * i / RATE) + 0.02 * (state / 2**31 - 1)
    x[count // 2 : count * 5 // 8] = 0
    return x.astype(np.float32)


def special_tokens(multilingual):
    words = ["<|endoftext|>", "<|startoftranscript|>"]
    if multilingual:
        words += ["<|en|>", "<|de|>", "<|nn|>"]
    words += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    return {word: TEXT + i for i, word in enumerate(words)}


def tokenizer():
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    pieces = ["Ġ"] + ["Ġ" + c for c in letters] + letters + [".", ",", "é".encode("utf-8").decode("latin-1")[0], "Â"]
    pieces += ["!", "?", "th", "in", "er", "an", "ou"]
    assert len(pieces) == len(set(pieces)) == TEXT, len(pieces)
    built = Tokenizer(models.BPE(vocab={piece: i for i, piece in enumerate(pieces)}, merges=[]))
    built.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    built.decoder = decoders.ByteLevel()
    return built


def tiny(multilingual, seed):
    special = special_tokens(multilingual)
    end, start = special["<|endoftext|>"], special["<|startoftranscript|>"]
    timestamps = special["<|notimestamps|>"] + 1
    torch.manual_seed(seed)
    config = WhisperConfig(
        vocab_size=timestamps + 101,
        num_mel_bins=16,
        d_model=8,
        encoder_layers=1,
        decoder_layers=2 if multilingual else 1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=16,
        decoder_ffn_dim=16,
        max_source_positions=100,
        max_target_positions=64,
        init_std=0.7,
        pad_token_id=end,
        bos_token_id=end,
        eos_token_id=end,
        decoder_start_token_id=start,
        suppress_tokens=None,
        begin_suppress_tokens=None,
        attn_implementation="eager",
    )
    model = WhisperForConditionalGeneration(config).eval()
    with torch.no_grad():
        # Of random weights only a part of each logit depends on the sound; more of it, so that the texts differ.
        for layer in model.model.decoder.layers:
            layer.encoder_attn.out_proj.weight *= 3
            layer.encoder_attn.q_proj.weight *= 3
        # Timestamps would be as frequent as words if none are requested.
        model.model.decoder.embed_tokens.weight[timestamps:] *= 0.5
    extra = {}
    if multilingual:
        extra = {
            "lang_to_id": {word: special[word] for word in ("<|en|>", "<|de|>", "<|nn|>")},
            "task_to_id": {"transcribe": special["<|transcribe|>"], "translate": special["<|translate|>"]},
        }
    model.generation_config = GenerationConfig(
        decoder_start_token_id=start,
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        max_length=64,
        is_multilingual=multilingual,
        no_timestamps_token_id=timestamps - 1,
        prev_sot_token_id=special["<|startofprev|>"],
        max_initial_timestamp_index=50,
        suppress_tokens=[3, 17] + [special[f"<|{word}|>"] for word in ("startoftranscript", "translate", "transcribe", "startoflm", "startofprev", "nospeech")],
        begin_suppress_tokens=[0, end],
        return_timestamps=False,
        **extra,
    )
    return model


def extractor():
    return WhisperFeatureExtractor(
        feature_size=16, sampling_rate=RATE, hop_length=80, chunk_length=CHUNK, n_fft=200
    )


def write(model, folder, separate):
    export_whisper(model, folder / "onnx", separate)
    model.config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    extractor().save_pretrained(folder)
    built = tokenizer()
    multilingual = model.generation_config.is_multilingual
    built.add_special_tokens(list(special_tokens(multilingual)))
    (folder / "tokenizer.json").write_text(built.to_str())


class Witness(generation_whisper.WhisperGenerationMixin):
    """Notes what every window's decision is made from, and how near the choices were."""

    def watch(self, model):
        self.windows, self.margin = [], math.inf
        original = type(model)._need_fallback

        def need_fallback(sequence, outputs, index, processors, config, vocabulary, temperature):
            answer = original(model, sequence, outputs, index, processors, config, vocabulary, temperature)
            scores = outputs[index]["scores"]
            for score in scores:
                best = torch.topk(score, 2).values
                self.margin = min(self.margin, float(best[0] - best[1]))
            speech = generation_whisper._get_attr_from_logit_processors(
                processors, generation_whisper.WhisperNoSpeechDetection, "no_speech_prob"
            )
            self.windows.append(
                {
                    "compression_ratio": round(float(model._retrieve_compression_ratio(sequence, vocabulary)), 6),
                    "average_log_probability": round(float(model._retrieve_avg_logprobs(scores, sequence, temperature)), 6),
                    "no_speech_probability": round(float(speech[index]), 8),
                    "fallback": bool(answer[0]),
                    "skip": bool(answer[1]),
                }
            )
            return answer

        model._need_fallback = need_fallback
        return self


def transcribe(model, number, count, options):
    features = extractor()(
        sound(number, count),
        sampling_rate=RATE,
        return_tensors="pt",
        truncation=False,
        padding="longest" if count > RATE * CHUNK else "max_length",
    ).input_features
    witness = Witness().watch(model)
    settings = THRESHOLDS | options.get("thresholds", {})
    arguments = {key: options[key] for key in ("language", "task") if key in options}
    with torch.no_grad():
        outputs = model.generate(
            features,
            return_timestamps=options["timestamps"],
            temperature=(0.0,),
            return_segments=True,
            **settings,
            **arguments,
        )
    detected = None
    if "task" in options:
        detected = int(model.detect_language(features, None, model.generation_config, 200)[0])
    return witness, {
        "sound": number,
        "samples": count,
        "options": options,
        "detected_language": detected,
        "tokens": [t for segment in outputs["segments"][0] for t in segment["tokens"].tolist()],
        "segments": [
            [round(float(s["start"]), 6), round(float(s["end"]), 6), len(s["tokens"])]
            for s in outputs["segments"][0]
        ],
        "windows": witness.windows,
    }


def options_of(name, index):
    options = {"timestamps": index % 3 != 0}
    if name == "multilingual":
        options["task"] = "translate" if index % 4 == 1 else "transcribe"
        if index % 5 == 2:
            options["language"] = "de"
    if index % 6 == 4:
        options["thresholds"] = {"no_speech_threshold": 0.001, "logprob_threshold": -0.5}
    return options


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    cases = []
    for name, separate, seed in (("multilingual", False, 9), ("english", True, 8)):
        model = tiny(name == "multilingual", seed)
        target = folder / f"whisper-tiny-{name}"
        write(model, target, separate)
        # As a user has it: read from the files.
        model = WhisperForConditionalGeneration.from_pretrained(
            None, config=WhisperConfig.from_pretrained(target), state_dict=model.state_dict(), attn_implementation="eager"
        ).eval()
        model.generation_config = GenerationConfig.from_pretrained(target)
        kept, index = 0, 0
        while kept < 15:
            options = options_of(name, index)
            count = 4000 + 1500 * (index % 8) if not options["timestamps"] else 3000 + 5300 * (index % 9)
            witness, case = transcribe(model, index, count, options)
            index += 1
            if witness.margin > MARGIN and len(case["segments"]) <= 12:
                cases.append({"model": f"whisper-tiny-{name}"} | case)
                kept += 1
    text = json.dumps(cases).replace('{"model"', '\n{"model"')
    (folder / "whisper.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
