"""Makes the fixtures of sketchbook-summary and sketchbook-music: what transformers makes of joins and tunes with their weights.

    python senses_fixtures.py --models distribution/models --out src-it/reference/fixtures [summary] [music]

The networks are torch's, with the weights of the exported graphs; joins and tunes are of the training scripts' held-out kinds.
"""
import argparse
import importlib
import json
import sys
from pathlib import Path

import numpy
import torch
import transformers
from scipy.io import wavfile
from transformers import ClapFeatureExtractor, PreTrainedTokenizerFast

JOINS_SEED, JOINS = 2026, 20
# Mood, instrument (None for one never trained on), seconds, seed of each tune.
TUNES = {"calm": ("calm", None, 6.0, 11), "energetic": ("energetic", None, 2.5, 12), "melancholic": ("melancholic", None, 3.0, 13), "piano": ("calm", "piano", 2.5, 14)}
MOODS = ["calm", "peaceful", "dreamy", "energetic", "happy", "aggressive", "melancholic", "sad", "dark"]
PROMPTS = [f"This is a {mood} song" for mood in MOODS] + [f"This is a song with {name}" for name in ("piano", "acoustic guitar", "drums", "voice")] + ["waltz", "jazz"]
LONG = ["a red balloon, watercolor painting, calm mood, I want to see an orange cat next to a boat, please, calm mood, rainy weather",
        "an orange cat, pop art, hello, my name is Anna and I love my orange cat, it is raining, calm music"]


def training(models, name, module):
    sys.path.insert(0, str(models / name / "training"))
    return importlib.import_module(module)


def summary(models, out):
    """The summaries of held-out joins, with the settings in the model's config.json."""
    folder = models / "sketchbook-summary"
    joins, network = training(models, "sketchbook-summary", "joins"), training(models, "sketchbook-summary", "export_summary").read(folder)
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), eos_token="</s>", pad_token="<pad>", unk_token="<unk>")
    task = json.loads((folder / "config.json").read_text())["task_specific_params"]["summarization"]
    rng = numpy.random.default_rng(JOINS_SEED)
    texts = LONG + [joins.sample(rng, held_out=True)[0] for _ in range(JOINS)]
    tokens, said = [], []
    for text in texts:
        ids = tokenizer(task["prefix"] + text, return_tensors="pt").input_ids
        row = network.generate(input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=False, **{key: value for key, value in task.items() if key != "prefix"})[0]
        tokens.append(row[1:].tolist())
        said.append(tokenizer.decode(row, skip_special_tokens=True, clean_up_tokenization_spaces=False))
        print(text, "->", said[-1])
    lines = json.dumps({"inputs": texts, "tokens": tokens, "texts": said}, ensure_ascii=False, separators=(",", ":"))
    (out / "sketchbook-summary.json").write_text(lines.replace('","', '",\n"').replace("],[", "],\n[") + "\n")


def music(models, out):
    """Four tunes, and the cosines between their embeddings and those of texts."""
    folder, place = models / "sketchbook-music", out / "sketchbook-music"
    place.mkdir(exist_ok=True)
    tunes, network = training(models, "sketchbook-music", "tunes"), training(models, "sketchbook-music", "export_music").read(folder)
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>")
    extractor = ClapFeatureExtractor.from_pretrained(folder)
    unit = lambda embeds: torch.nn.functional.normalize(embeds, dim=-1)
    texts = []
    for prompt in PROMPTS:
        given = tokenizer(prompt, return_tensors="pt")
        texts.append(unit(network.text(given.input_ids, given.attention_mask))[0])
    found = {}
    for name, (mood, instrument, seconds, seed) in TUNES.items():
        tune = tunes.compose(numpy.random.default_rng(seed), held_out=True, mood=mood, instrument=instrument, seconds=seconds)
        samples = (tune.render() * 32767).astype(numpy.int16)
        wavfile.write(place / f"{name}.wav", tunes.RATE, samples)
        heard = extractor(samples.astype(numpy.float32) / 32768, sampling_rate=tunes.RATE, return_tensors="pt").input_features
        embeds = unit(network.audio(heard))[0]
        found[name] = [round(float(embeds @ text), 7) for text in texts]
        print(name, tune, MOODS[int(numpy.argmax(found[name][:len(MOODS)]))], found[name][:3])
    (place / "similarities.json").write_text(json.dumps({"prompts": PROMPTS, "similarities": found}).replace('], "', '],\n"') + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", choices=("summary", "music", []), metavar="NAME", help="summary, music; both by default")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    for make in (summary, music):
        if not given.names or make.__name__ in given.names:
            make(given.models.resolve(), given.out)


if __name__ == "__main__":
    main()
