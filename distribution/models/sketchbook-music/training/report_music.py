"""Reports how well the exported sketchbook-music describes tunes that training never had. Usage: report_music.py MODEL [TUNES]

Through ONNX Runtime, with features by transformers' ClapFeatureExtractor, and with the sentences and labels of Atelier's options. Melodies
and tempi of every row are new. TUNES of each row, 300 by default.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.signal import resample_poly
from tokenizers import Tokenizer
from transformers import ClapFeatureExtractor

import music_texts
import tunes

SEED = 515_151
# As Options of context.music has them.
MOOD_LABELS = ["calm", "peaceful", "dreamy", "energetic", "happy", "aggressive", "melancholic", "sad", "dark"]
GENRE_LABELS = ["rock", "pop", "jazz", "blues", "classical", "electronic", "hip hop", "folk", "metal", "reggae", "country", "ambient"]


class Model:
    def __init__(self, folder):
        settings = json.loads((folder / "preprocessor_config.json").read_text())
        settings.pop("feature_extractor_type")
        self.extractor, self.tokenizer = ClapFeatureExtractor(**settings), Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.audio, self.text = (onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"]) for file in ("audio_model.onnx", "text_model.onnx"))

    def hear(self, samples):
        heard = self.extractor(samples, sampling_rate=tunes.RATE, return_tensors="np").input_features
        return unit(self.audio.run(None, {"input_features": heard.astype(np.float32)})[0][0])

    def read(self, text):
        ids = np.array([self.tokenizer.encode(text).ids])
        return unit(self.text.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])


def unit(x):
    return x / np.linalg.norm(x)


class Labels:
    def __init__(self, model, labels, sentence):
        self.labels, self.embeds = labels, np.stack([model.read(sentence.format(label)) for label in labels])

    def best(self, heard):
        return self.labels[int((self.embeds @ heard).argmax())]


def narrow(samples):
    """As a recording of 8 kHz."""
    return resample_poly(resample_poly(samples, 1, 2), 2, 1).astype(np.float32)


def noisy(samples, rng):
    return (samples + np.sqrt((samples ** 2).mean()) * .1 * rng.standard_normal(len(samples))).astype(np.float32)


ROWS = [("new instruments", {}, None), ("new instruments, noise of -20 dB", {}, "noise"), ("new instruments, 8 kHz", {}, "narrow"), ("new instruments, 4 s", {"seconds": 4.0}, None),
        ("known instruments", {"known": True}, None)]


def main():
    model, count = Model(Path(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else 300
    three, nine = (Labels(model, labels, "This is a {} song") for labels in (tunes.MOODS, MOOD_LABELS))
    genres, all_genres = (Labels(model, labels, "This is a {} song") for labels in (tunes.GENRES, [*tunes.GENRES, *(label for label in GENRE_LABELS if label not in tunes.GENRES)]))
    instruments = Labels(model, [*tunes.INSTRUMENTS, tunes.DRUMS], "This is a song with {}")
    print("| tunes | mood of 3 | " + " | ".join(tunes.MOODS) + " | phrase of 9 labels | genre of 6 | genre of 15 | instrument of 10 |\n|---|" + "---|" * (len(tunes.MOODS) + 5))
    confused, played = {}, {}
    for number, (name, how, harm) in enumerate(ROWS):
        rng = np.random.default_rng([SEED, number])
        found = {key: [] for key in ("mood", *tunes.MOODS, "nine", "genre", "genres", "instrument")}
        for place in range(count):
            instrument = tunes.INSTRUMENTS[place % len(tunes.INSTRUMENTS)] if how.get("known") else None
            tune = tunes.compose(rng, held_out=True, mood=tunes.MOODS[place // len(tunes.INSTRUMENTS) % 3 if instrument else place % 3], instrument=instrument, seconds=how.get("seconds"))
            samples = tune.render()
            samples = narrow(samples) if harm == "narrow" else noisy(samples, rng) if harm == "noise" else samples
            heard = model.hear(samples)
            mood = three.best(heard)
            found["mood"].append(mood == tune.mood)
            found[tune.mood].append(mood == tune.mood)
            found["nine"].append(music_texts.MOODS[nine.best(heard)] == tune.mood)
            if mood != tune.mood:
                confused[tune.mood, mood] = confused.get((tune.mood, mood), 0) + 1
            if tune.genre:
                found["genre"].append(genres.best(heard) == tune.genre)
                found["genres"].append(all_genres.best(heard) == tune.genre)
            if instrument:
                said = instruments.best(heard)
                found["instrument"].append(said in tune.instruments)
                played.setdefault(instrument, []).append(said in tune.instruments)
        print(f"| {name} | " + " | ".join(f"{np.mean(values):.3f} ({len(values)})" if values else "" for values in found.values()) + " |", flush=True)
    print("\nwrong moods, (right, found): number:", confused)
    print("instrument, by that of the melody:", {name: f"{np.mean(values):.2f} ({len(values)})" for name, values in played.items()})


if __name__ == "__main__":
    main()
