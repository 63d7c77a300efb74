"""Has espeak-ng speak thirty sentences and transformers write them down, for a comparison with Atelier on the same weights.

    python speech_report.py speak FOLDER                   the sentences as WAV files of 16 kHz, and one of them all
    python speech_report.py transcribe MODEL FOLDER        what transformers writes down: transformers.json
    python speech_report.py compare FOLDER OTHER.json      token for token, and the word error rate of both

OTHER.json has, by file name, "tokens" and "text". MODEL is a transformers folder, see whisper_from_ctranslate2.py.
"""

import json
import pathlib
import re
import subprocess
import sys
import time
import wave

import numpy as np

SENTENCES = """
The old lighthouse keeper painted the door red in spring.
She bought three pounds of apples at the market.
A small boat drifted slowly across the quiet lake.
Please close the window before the rain begins.
The train to Bergen leaves at half past seven.
My grandmother keeps her letters in a wooden box.
Two black cats were sleeping on the kitchen table.
The mountain was covered with fresh white snow.
He plays the violin every evening after dinner.
There is a bakery on the corner of our street.
The children built a castle out of wet sand.
We walked through the forest until it became dark.
An orange butterfly landed on the open book.
The doctor asked him to drink more water.
Yesterday I found a silver coin under the bridge.
The museum opens its doors at nine in the morning.
A yellow bicycle stood against the garden wall.
The river was higher than anyone could remember.
They planted tall sunflowers behind the house.
The teacher wrote a long number on the board.
Our neighbours have a dog with brown ears.
The clouds over the harbour turned pink and gold.
He forgot his umbrella on the bus again.
The baker sold the last loaf of bread at noon.
Every window in the tower was made of coloured glass.
She drew a map of the island on a napkin.
The farmer counted twenty sheep near the fence.
A warm wind came from the south that night.
The clock in the hall stopped at midnight.
We saw a fox running along the frozen stream.
""".strip().splitlines()

RATE = 16_000


def speak(folder):
    from scipy.signal import resample_poly

    folder.mkdir(exist_ok=True)
    everything = []
    for number, sentence in enumerate(SENTENCES):
        spoken = subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "--stdout", sentence], capture_output=True, check=True)
        samples = np.frombuffer(spoken.stdout[44:], "<i2").astype(np.float64)
        at_rate = np.clip(np.round(resample_poly(samples, 320, 441)), -32768, 32767).astype("<i2")
        everything += [at_rate, np.zeros(RATE // 2, "<i2")]
        write(folder / f"{number:02}.wav", at_rate)
    write(folder / "all.wav", np.concatenate(everything))
    write(folder / "minute.wav", np.concatenate(everything)[: 60 * RATE])


def write(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", None))
        file.writeframes(samples.tobytes())


def samples_of(path):
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def transcribe(model_folder, folder):
    import torch
    from transformers import PreTrainedTokenizerFast, WhisperFeatureExtractor, WhisperForConditionalGeneration

    torch.set_num_threads(2)
    model = WhisperForConditionalGeneration.from_pretrained(model_folder).eval()
    extractor = WhisperFeatureExtractor.from_pretrained(model_folder)
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(model_folder / "tokenizer.json"))
    end = model.generation_config.eos_token_id
    said = {}
    for path in sorted(folder.glob("*.wav")):
        samples = samples_of(path)
        start = time.perf_counter()
        long = len(samples) > 30 * RATE
        features = extractor(
            samples, sampling_rate=RATE, return_tensors="pt", truncation=False, padding="longest" if long else "max_length"
        ).input_features
        with torch.no_grad():
            tokens = model.generate(features, return_timestamps=long)[0].tolist()
        while tokens and tokens[-1] == end:
            tokens.pop()
        if not long:
            # The prompt comes back with a short recording in some versions.
            tokens = tokens[next(i for i, t in enumerate(tokens) if t < end) :]
        text = tokenizer.decode([t for t in tokens if t < end])
        said[path.name] = {"tokens": tokens, "text": text.strip(), "seconds": time.perf_counter() - start}
        (folder / "transformers.json").write_text(json.dumps(said, indent=1))


def words(text):
    return re.sub(r"[^a-z0-9' ]", " ", text.lower()).split()


def errors(expected, actual):
    row = list(range(len(actual) + 1))
    for i, word in enumerate(expected, 1):
        row, previous = [i], row
        for j, other in enumerate(actual, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (word != other)))
    return row[-1]


def compare(folder, other_file):
    ours = json.loads((folder / "transformers.json").read_text())
    others = json.loads(other_file.read_text())
    equal = [name for name in ours if ours[name]["tokens"] == others[name]["tokens"]]
    print(f"token for token: {len(equal)} of {len(ours)}", [name for name in ours if name not in equal])
    equal = [name for name in ours if ours[name]["text"].rstrip(".") == others[name]["text"].rstrip(".")]
    print(f"text: {len(equal)} of {len(ours)}")
    for title, said in (("transformers", ours), ("the other", others)):
        wrong = sum(errors(words(s), words(said[f"{i:02}.wav"]["text"])) for i, s in enumerate(SENTENCES))
        total = sum(len(words(s)) for s in SENTENCES)
        print(f"word error rate of {title}: {wrong} of {total} words, {100 * wrong / total:.1f} %")


def main():
    task, *paths = sys.argv[1:]
    {"speak": speak, "transcribe": transcribe, "compare": compare}[task](*map(pathlib.Path, paths))


if __name__ == "__main__":
    main()
