"""Trains sketchbook-music. Usage: train_music.py OUT STEPS TUNES [STATE SEED] (TUNES: a folder of generate_tunes.py; it may still grow)

The loss is that of the use: of a set of labels in one sentence, the right ones shall have the highest scores; for moods, genres and
instruments. Besides, as CLAP is trained: a text of several words belongs to each tune of the batch of which it is true.
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import music_texts
from music_network import PAD, Clap

BATCH, LEARNING_RATE, WARM_UP, MOST_SCALE, RELOAD = 32, 1.5e-3, 60, 40.0, 50
VALIDATION = 1  # so many of the first shards are not trained on


class Tunes:
    """The shards of a folder, read again now and then while it grows."""

    def __init__(self, folder):
        self.folder, self.files = folder, []
        self.features, self.moods, self.genres, self.instruments = [], [], [], []
        self.read()

    def read(self):
        for file in sorted(self.folder.glob("*.npz"), key=lambda path: int(path.stem)):
            if file not in self.files and time.time() - file.stat().st_mtime > 5:
                with np.load(file) as shard:
                    self.features.append(torch.from_numpy(shard["features"]))
                    self.moods += list(shard["moods"])
                    self.genres += list(shard["genres"])
                    self.instruments += [each.split("|") for each in shard["instruments"]]
                self.files.append(file)
        self.per_shard = len(self.features[0])

    def __len__(self):
        return len(self.moods)

    def batch(self, numbers):
        return torch.stack([self.features[n // self.per_shard][n % self.per_shard].float() for n in numbers])


def augmented(x, generator):
    """Other loudness, tone, band width, noise and start. x: (batch, frames, bands) in decibels."""
    count, frames, bands = x.shape
    rand = lambda *shape: torch.rand(*shape, generator=generator)
    x = torch.stack([each.roll(int(shift), 0) for each, shift in zip(x, torch.randint(0, frames, (count,), generator=generator))])
    x = x + (24 * rand(count, 1, 1) - 12)
    slope = torch.linspace(-1, 1, bands) * (16 * rand(count, 1, 1) - 8)
    bumps = functional.interpolate(torch.randn(count, 1, 8, generator=generator) * 2.5, bands, mode="linear", align_corners=True)
    x = x + slope + bumps
    narrow = rand(count, 1, 1) < .15
    cut = (torch.arange(bands) / bands)[None, None] > .55 + .4 * rand(count, 1, 1)
    x = torch.where(narrow & cut, torch.tensor(-90.0), x)
    floor = -95 + 50 * rand(count, 1, 1) * (rand(count, 1, 1) < .5)
    x = torch.logaddexp(x * .2302585, (floor + 4 * torch.randn(x.shape, generator=generator)) * .2302585) / .2302585
    hidden = rand(count, 1, 1)
    at = torch.arange(frames)[None, :, None] / frames
    return torch.where((at > hidden) & (at < hidden + .08) & (rand(count, 1, 1) < .3), torch.tensor(-70.0), x)


class Words:
    def __init__(self, tokenizer, text):
        self.tokenizer, self.text = tokenizer, text

    def __call__(self, texts):
        ids = [each.ids for each in self.tokenizer.encode_batch(texts)]
        width = max(map(len, ids))
        padded = torch.tensor([row + [PAD] * (width - len(row)) for row in ids])
        return functional.normalize(self.text(padded, (padded != PAD).long()), dim=-1)


def of_set(logits, targets):
    """Cross entropy with the even distribution over the right labels; rows without one are left out."""
    rows = targets.sum(1) > 0
    if not rows.any():
        return logits.sum() * 0
    targets = targets[rows] / targets[rows].sum(1, keepdim=True)
    return -(targets * functional.log_softmax(logits[rows], -1)).sum(1).mean()


def losses(network, words, heard, tunes, numbers, rng):
    scale = network.logit_scale.exp().clamp(max=MOST_SCALE)
    audio = functional.normalize(heard, dim=-1)
    moods, genres, instruments = ([table[n] for n in numbers] for table in (tunes.moods, tunes.genres, tunes.instruments))
    right = lambda labels, true: torch.tensor([[float(label in each) for label in labels] for each in true])
    found = {}
    names = list(music_texts.MOODS)
    embeds = words(sentences(names, music_texts.MOOD_SENTENCES, rng))
    targets = right([music_texts.MOODS[name] for name in names], [[mood] for mood in moods])
    logits = scale * audio @ embeds.T
    main = [names.index(mood) for mood in ("calm", "energetic", "melancholic")]
    found["mood"] = of_set(logits[:, main], targets[:, main]) + of_set(logits, targets) - np.log(4)
    names = [*music_texts.GENRES, *music_texts.NO_GENRES]
    found["genre"] = of_set(scale * audio @ words(sentences(names, music_texts.SENTENCES, rng)).T, right(names, [[genre] for genre in genres]))
    names = [*music_texts.INSTRUMENTS, *music_texts.NO_INSTRUMENTS]
    found["instruments"] = of_set(scale * audio @ words(sentences(names, music_texts.PLAYED, rng)).T, right([music_texts.INSTRUMENTS.get(name, "-") for name in names], instruments))
    texts, *named = zip(*[music_texts.captions(moods[i], genres[i] or None, instruments[i], rng) for i in range(len(numbers))])
    true = torch.tensor([[float((m is None or m == moods[i]) and (g is None or g == genres[i]) and (p is None or p in instruments[i])) for m, g, p in zip(*named)] for i in range(len(numbers))])
    logits = scale * audio @ words(list(texts)).T
    found["captions"] = .5 * (of_set(logits, true) + of_set(logits.T, true.T))
    return found


def sentences(labels, templates, rng):
    template = templates[rng.integers(len(templates))]
    return [template.format(label) for label in labels]


def accuracy(network, words, tunes):
    """Of moods, instruments of the melody and genres, in the validation tunes, with the sentences of Atelier's options."""
    network.eval()
    numbers = range(VALIDATION * tunes.per_shard)
    with torch.no_grad():
        audio = functional.normalize(torch.cat([network.audio(tunes.batch(numbers[i:i + 50])[:, None]) for i in range(0, len(numbers), 50)]), dim=-1)
        best = lambda labels, sentence: [labels[i] for i in (audio @ words([sentence.format(label) for label in labels]).T).argmax(1)]
        moods = best(["calm", "energetic", "melancholic"], "This is a {} song")
        genres = best(list(music_texts.GENRES), "This is a {} song")
        instruments = best([*music_texts.tunes.INSTRUMENTS, "drums"], "This is a song with {}")
    network.train()
    share = lambda pairs: np.mean([a in b for a, b in pairs])
    return (f"mood {share([(moods[n], [tunes.moods[n]]) for n in numbers]):.3f}, genre {share([(genres[n], [tunes.genres[n]]) for n in numbers if tunes.genres[n]]):.3f}, "
            f"instrument {share([(instruments[n], tunes.instruments[n]) for n in numbers if set(tunes.instruments[n]) != {'invented'}]):.3f}")


def main():
    out, steps, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    tokenizer = music_texts.tokenizer()
    network = Clap(tokenizer.get_vocab_size(), fast=True)
    if len(sys.argv) > 4:
        network.load_state_dict(torch.load(sys.argv[4]))
    words = Words(tokenizer, network.text)
    print({name: sum(weight.numel() for weight in part.parameters()) for name, part in (("audio", network.audio), ("text", network.text))}, tokenizer.get_vocab_size(), flush=True)
    tunes = Tunes(folder)
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, (step + 1) / WARM_UP) * max(.01, .5 * (1 + np.cos(np.pi * step / steps))))
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    start, told = time.time(), []
    for step in range(1, steps + 1):
        numbers = rng.choice(np.arange(VALIDATION * tunes.per_shard, len(tunes)), BATCH, replace=False)
        found = losses(network, words, network.audio(augmented(tunes.batch(numbers), generator)[:, None]), tunes, numbers, rng)
        loss = found["mood"] + .5 * found["genre"] + .5 * found["instruments"] + .3 * found["captions"]
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        told.append([each.item() for each in found.values()])
        if step % RELOAD == 0 or step == steps:
            print(f"{step} of {len(tunes)} tunes:", " ".join(f"{name} {value:.3f}" for name, value in zip(found, np.mean(told[-RELOAD:], 0))), "|", accuracy(network, words, tunes),
                  f"scale {network.logit_scale.exp().item():.1f}, {time.time() - start:.0f} s", flush=True)
            torch.save(network.state_dict(), out / "state.pt")
            tunes.read()


if __name__ == "__main__":
    main()
