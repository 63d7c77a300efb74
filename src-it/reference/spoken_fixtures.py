"""Makes fixtures/speech: short recordings of voices that sketchbook-speech was never trained on, and what transformers' generate makes of
each with the weights of its ONNX graphs.

    python spoken_fixtures.py fixtures

espeak-ng speaks; the recordings are WAV files of 16 kHz, 16 bits. speech.json has, for each file, what was said, the tokens and the text.
"""

import json
import pathlib
import sys
import wave

import numpy as np
import torch

MODEL = pathlib.Path(__file__).resolve().parents[2] / "distribution/models/sketchbook-speech"
sys.path.insert(0, str(MODEL / "training"))

import export_speech  # noqa: E402
import sounds  # noqa: E402
import speak  # noqa: E402
import vocabulary as v  # noqa: E402

SAID = [
    ("house", "en-gb+f3", 145, 45, "a blue house"),
    ("cat", "en-us+m4", 165, 35, "a pink cat, pop art"),
    ("boat", "en-gb+Annie", 155, 55, "a fish and a boat in rainy weather"),
    ("glass", "en-us+m7", 175, 25, "a house, stained glass, calm mood"),
    ("wish", "en-gb-x-rp+Andy", 165, 45, "I want to see an orange castle"),
    ("draw", "en-us+linda", 185, 65, "please draw an orange star, paper cutout"),
    ("night", "en-029+max", 145, 35, "a brown lighthouse on a clear night"),
    ("words", "en-gb+f5", 155, 65, "balloon, turquoise, neon sign"),
]


def recordings():
    rng = np.random.default_rng(18)
    for name, voice, speed, pitch, text in SAID:
        spoken = speak.synthesise(text, voice, speed, pitch, 100)
        pause = np.zeros(v.RATE // 5, np.int16)
        yield name, text, np.concatenate([pause, spoken, pause])
    yield "noise", "", np.round(300 * rng.standard_normal(2 * v.RATE)).astype(np.int16)
    tune = sounds.tune(rng, 3)
    yield "music", "", np.round(8000 * tune / np.abs(tune).max()).astype(np.int16)


def write(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, v.RATE, 0, "NONE", None))
        file.writeframes(samples.astype("<i2").tobytes())


def main():
    folder = pathlib.Path(sys.argv[1]) / "speech"
    folder.mkdir(exist_ok=True)
    torch.set_grad_enabled(False)
    model, extractor, tokenizer = export_speech.read(MODEL), export_speech.extractor(), v.tokenizer()
    cases = []
    for name, said, samples in recordings():
        write(folder / f"{name}.wav", samples)
        features = extractor(samples.astype(np.float32) / 32768, sampling_rate=v.RATE, return_tensors="pt").input_features
        generated = model.generate(features, return_timestamps=False)[0].tolist()
        tokens = [token for token in generated if token < v.END]
        timed = model.generate(features, return_timestamps=True)[0].tolist()
        # Atelier drops a window without words as silence, with its timestamps.
        timed = [token for token in timed if token < v.END or token >= v.FIRST_TIME] if tokens else []
        cases.append({"file": f"{name}.wav", "said": said, "tokens": tokens, "timed": timed, "text": tokenizer.decode(tokens).strip()})
        print(name, "|", said, "|", cases[-1]["text"], "|", tokenizer.decode(timed))
    (folder / "speech.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
