"""Makes the features of training tunes. Usage: generate_tunes.py OUT SHARDS [FIRST]

Shard n has PER_SHARD tunes of seed [SEED, n]: OUT/n.npz with their features (float16), moods, genres, instruments and lengths.
"""
import sys
from pathlib import Path

import numpy as np
import torch

import tunes
from music_features import features

PER_SHARD, SEED = 200, 70_000


def main():
    out, shards, first = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for shard in range(first, first + shards):
        rng = np.random.default_rng([SEED, shard])
        made = [tunes.compose(rng) for _ in range(PER_SHARD)]
        heard = np.stack([features(tune.render()).numpy().astype(np.float16) for tune in made])
        np.savez(out / f"{shard}.npz", features=heard, moods=[tune.mood for tune in made], genres=[tune.genre or "" for tune in made],
                 instruments=["|".join(tune.instruments) for tune in made])
        print(shard, heard.shape, flush=True)


if __name__ == "__main__":
    main()
