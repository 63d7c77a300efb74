"""Reports how well sketchbook-speech hears: evaluate_speech.py MODEL COUNT SEED

Everything is spoken anew, COUNT sentences a row, each of which combines an object with a colour or a style that training never combines, at
speeds and pitches that training never has. ONNX Runtime runs the exported graphs; decoding is greedy, without timestamps, and a text is
dropped as silence as Whisper's thresholds drop it. Word error rates are of words, without commas.
"""
import sys
from pathlib import Path

import jiwer
import numpy as np
import onnxruntime
from scipy.signal import resample_poly

import sentences
import sounds
import speak
import vocabulary as v
from export_speech import extractor


class Ear:
    def __init__(self, folder):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder, self.decoder = (onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options) for name in ("encoder_model", "decoder_model_merged"))
        self.extractor = extractor()
        self.pasts = {value.name: np.zeros((1, value.shape[1], 0, value.shape[3]), np.float32) for value in self.decoder.get_inputs() if value.name.startswith("past")}
        self.presents = [name.replace("past_key_values", "present") for name in self.pasts]

    def logits(self, ids, encoded, pasts):
        said, *presents = self.decoder.run(["logits", *self.presents], {"input_ids": np.array([ids]), "encoder_hidden_states": encoded,
                                                                       "use_cache_branch": np.array([pasts is not None]), **(pasts or self.pasts)})
        kept = dict(zip(self.pasts, presents))
        return said[0].astype(np.float64), {name: pasts[name] if pasts and ".encoder." in name else value for name, value in kept.items()}

    def hear(self, samples):
        """The words, and the average logarithm of their probability."""
        features = self.extractor(samples, sampling_rate=v.RATE, return_tensors="np").input_features
        encoded = self.encoder.run(None, {"input_features": features})[0]
        said, pasts = self.logits([v.START, v.NO_TIMESTAMPS], encoded, None)
        silence = np.exp(said[0, v.NO_SPEECH] - np.logaddexp.reduce(said[0]))
        words, sum_, row = [], 0., said[-1]
        while len(words) < 90:
            row[[v.START, v.NO_SPEECH]] = -np.inf
            token = int(row.argmax())
            sum_ += row[token] - np.logaddexp.reduce(row)
            if token == v.END:
                break
            words.append(token)
            said, pasts = self.logits([token], encoded, pasts)
            row = said[-1]
        mean = sum_ / (len(words) + 1)
        return ("" if mean < -1 and silence > .6 else v.decode(words)), mean


def plain(text):
    return " ".join(text.replace(",", " ").split())


def noisy(x, decibels, rng):
    noise = rng.standard_normal(len(x))
    return x + noise * np.sqrt(np.mean(x ** 2)) * 10 ** (-decibels / 20)


def through(x, rate):
    """As a file of another sample rate."""
    up, down = {8000: (1, 2), 44_100: (441, 160)}[rate]
    return resample_poly(resample_poly(x, up, down), down, up)


def voices(rng, accents, variants):
    name = accents[rng.integers(len(accents))] + "+" + variants[rng.integers(len(variants))]
    _, speed, pitch, loudness = speak.voice(rng, True)
    return name.rstrip("+"), speed, pitch, loudness


def spoken(rng, count, accents, variants, make):
    for _ in range(count):
        sentence = make()
        sound = speak.synthesise(sentence.spoken, *voices(rng, accents, variants)).astype(np.float64) / 32768
        yield sentence, np.concatenate([np.zeros(v.RATE // 4), sound, np.zeros(v.RATE // 4)])


def row(title, ear, pairs, change=lambda x: x):
    written, heard, unsure = [], [], 0
    for sentence, x in pairs:
        text, mean = ear.hear(change(x).astype(np.float32))
        written.append(plain(sentence.written))
        heard.append(plain(text))
        unsure += mean < -1
    wrong = jiwer.process_words(written, heard)
    words = wrong.hits + wrong.substitutions + wrong.deletions
    errors = wrong.substitutions + wrong.deletions + wrong.insertions
    whole = sum(a == b for a, b in zip(written, heard))
    print(f"| {title} | {100 * errors / words:.1f} % ({errors} of {words}) | {whole} of {len(written)} | {unsure} |", flush=True)
    return [(a, b) for a, b in zip(written, heard) if a != b]


def nothing(title, ear, recordings):
    heard = [ear.hear(x.astype(np.float32))[0] for x in recordings]
    print(f"| {title} | no text in {sum(not text for text in heard)} of {len(heard)} | {[text for text in heard if text][:6]}", flush=True)


def main():
    folder, count, rng = Path(sys.argv[1]), int(sys.argv[2]), np.random.default_rng([4, int(sys.argv[3])])
    ear, judged, known = Ear(folder), sentences.Speaker(rng, judging=True), sentences.Speaker(rng)
    new = list(spoken(rng, count, speak.ACCENTS, speak.JUDGED_VARIANTS, judged.phrase))
    wrong = row("new voices", ear, new)
    row("new voices, noise at 20 dB", ear, new, lambda x: noisy(x, 20, rng))
    row("new voices, noise at 10 dB", ear, new, lambda x: noisy(x, 10, rng))
    row("new voices, file of 8 kHz", ear, new, lambda x: through(x, 8000))
    row("new voices, file of 44.1 kHz", ear, new, lambda x: through(x, 44_100))
    row("new voices in accents never heard", ear, spoken(rng, count, speak.JUDGED_ACCENTS, speak.JUDGED_VARIANTS, judged.phrase))
    row("voices of training", ear, spoken(rng, count, speak.ACCENTS, speak.VARIANTS, judged.phrase))
    row("bare words, new voices", ear, spoken(rng, count, speak.ACCENTS, speak.JUDGED_VARIANTS, known.words))
    nothing("digital silence", ear, [np.zeros(n * v.RATE) for n in (1, 3, 8)])
    nothing("noise", ear, [sound[at:at + 4 * v.RATE] * level for sound in sounds.noises(rng, 12) for at in (0, 4 * v.RATE) for level in (.003, .1)])
    nothing("music", ear, [.2 * x / np.abs(x).max() for x in (sounds.tune(rng, 7.9) for _ in range(min(count, 50)))])
    nothing("words of another world, new voices", ear, [x for _, x in spoken(rng, min(count, 50), speak.ACCENTS, speak.JUDGED_VARIANTS, known.others)])
    for written, heard in wrong[:12]:
        print(f"  {written!r} heard as {heard!r}")


if __name__ == "__main__":
    main()
