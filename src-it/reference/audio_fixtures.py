"""Makes fixtures/audio.json: what transformers' feature extractors hear of sounds that are formulas, and fixtures/audio/, half a
second of such a sound in compressed files.

    python audio_fixtures.py fixtures [--ffmpeg PATH]

The sounds are computed by the tests themselves (`sound` below, in double precision, rounded to float32), so that only a
sample of the features is kept: (row, column, value). Without --ffmpeg the compressed files stay as they are.
"""

import argparse
import json
import math
import pathlib
import subprocess
import tempfile
import wave

import numpy as np
from transformers import ClapFeatureExtractor, WhisperFeatureExtractor


def sound(count, rate):
    """A rising tone with a little noise; silent from six to seven tenths of the time."""
    state, noise = 1, np.empty(count)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    t = np.arange(count, dtype=np.float64) / rate
    x = 0.4 * np.sin(2 * math.pi * (100 * t + 150 * t * t / max(1, count / rate))) + 0.05 * noise
    x[6 * count // 10 : 7 * count // 10] = 0
    return x.astype(np.float32)


def two_tones(count, rate):
    """440 Hz, and 3 kHz that grows from nothing."""
    t = np.arange(count, dtype=np.float64) / rate
    ramp = np.arange(count) / count
    return (0.5 * np.sin(2 * math.pi * 440 * t) + 0.25 * np.sin(2 * math.pi * 3000 * t) * ramp).astype(np.float32)


def sample(features, seed, count=60):
    generator = np.random.default_rng(seed)
    rows, columns = features.shape
    places = {(0, 0), (0, columns - 1), (rows - 1, 0), (rows - 1, columns - 1)}
    while len(places) < min(count, rows * columns):
        places.add((int(generator.integers(rows)), int(generator.integers(columns))))
    return {
        "shape": [rows, columns],
        "min": float(features.min()),
        "max": float(features.max()),
        "mean": float(features.astype(np.float64).mean()),
        "sample": [[r, c, float(f"{features[r, c]:.7g}")] for r, c in sorted(places)],
    }


def whisper_cases():
    tiny = {"sampling_rate": 8000, "n_fft": 200, "hop_length": 80, "feature_size": 16, "chunk_length": 2}
    return [
        ("short", {"feature_size": 80}, 80_000),
        ("large-v3", {"feature_size": 128}, 197_441),
        ("whole-window", {}, 480_000),
        ("long", {}, 1_208_123),
        ("tiny", tiny, 10_400),
        ("tiny-long", tiny, 50_001),
        ("power-of-two", tiny | {"n_fft": 256, "hop_length": 100, "chunk_length": 3}, 9_001),
    ]


def whisper(name, config, count, seed):
    extractor = WhisperFeatureExtractor(**config)
    samples = sound(count, extractor.sampling_rate)
    long = count > extractor.n_samples
    features = extractor(
        samples,
        sampling_rate=extractor.sampling_rate,
        return_tensors="np",
        truncation=False,
        padding="longest" if long else "max_length",
    ).input_features[0]
    return {"name": name, "config": config, "samples": count, **sample(features, seed)}


def clap_cases():
    unfused = {"truncation": "rand_trunc", "padding": "repeatpad", "frequency_min": 50, "frequency_max": 14000}
    tiny = {"sampling_rate": 8000, "fft_window_size": 256, "hop_length": 80, "feature_size": 16, "max_length_s": 2}
    return [
        ("two-tones", unfused, 480_000),
        ("repeated", unfused, 157_000),
        ("padded", unfused | {"padding": "pad"}, 157_000),
        ("tiny", unfused | tiny | {"frequency_max": 3800}, 6_000),
    ]


def clap(name, config, count, seed):
    extractor = ClapFeatureExtractor(**config)
    make = two_tones if name == "two-tones" else sound
    samples = make(count, extractor.sampling_rate)
    features = extractor(samples, sampling_rate=extractor.sampling_rate, return_tensors="np").input_features[0, 0]
    return {"name": name, "config": config, "samples": count, **sample(features, seed)}


COMPRESSED = {
    "sound.flac": ["-c:a", "flac"],
    "sound.mp3": ["-c:a", "libmp3lame", "-b:a", "32k"],
    "sound.ogg": ["-c:a", "vorbis", "-strict", "experimental"],
    "sound.m4a": ["-c:a", "aac", "-b:a", "32k"],
}


def compress(ffmpeg, folder):
    """Half a second of stereo at 16 kHz: the sound to the left, silence to the right."""
    folder.mkdir(exist_ok=True)
    left = np.round(sound(8_000, 16_000) * 32767).astype("<i2")
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work, "sound.wav")
        with wave.open(str(source), "wb") as file:
            file.setparams((2, 2, 16_000, 0, "NONE", None))
            file.writeframes(np.stack([left, np.zeros_like(left)], axis=1).tobytes())
        for name, options in COMPRESSED.items():
            command = [ffmpeg, "-y", "-loglevel", "error", "-i", source, *options, "-bitexact", folder / name]
            subprocess.run(command, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--ffmpeg")
    arguments = parser.parse_args()
    fixture = {
        "whisper": [whisper(*case, seed) for seed, case in enumerate(whisper_cases())],
        "clap": [clap(*case, seed) for seed, case in enumerate(clap_cases(), 100)],
    }
    text = json.dumps(fixture).replace('{"name"', '\n{"name"')
    (arguments.folder / "audio.json").write_text(text + "\n")
    if arguments.ffmpeg:
        compress(arguments.ffmpeg, arguments.folder / "audio")


if __name__ == "__main__":
    main()
