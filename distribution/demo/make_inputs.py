"""Makes the inputs of `atelier demo`. Usage: make_inputs.py OUT

Drawings by sketchbook's world, a tune and a spoken sentence; of seeds, an instrument and a voice that no model was trained with. Needs
espeak-ng, numpy, scipy and Pillow.
"""
import sys
from pathlib import Path

import numpy as np
from scipy.io import wavfile

for model in ("sketchbook", "sketchbook-music", "sketchbook-speech"):
    sys.path.insert(0, str(Path(__file__).parents[1] / "models" / model / "training"))
import speak  # noqa: E402
import tunes  # noqa: E402
import world  # noqa: E402

DRAWINGS = {"tile.png": (world.Scene("lighthouse", "turquoise", "stained glass", None, None), 11),
            "picture.png": (world.Scene("boat", "blue", "neon sign", None, None), 21),
            "drawing.png": (world.Scene("house", "brown", "paper cutout", None, None), 13)}
SENTENCE, VOICE, SPEED, PITCH = "pixel art, sunny weather", "en-gb+f3", 145, 45
TUNE_SEED, MOOD, SECONDS = 21, "calm", 6.0
PAUSE = speak.RATE // 4


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name, (scene, seed) in DRAWINGS.items():
        world.draw(scene, np.random.default_rng([90_000, seed]), 128).save(out / name)
    spoken = speak.synthesise(SENTENCE, VOICE, SPEED, PITCH, 100)
    wavfile.write(out / "note.wav", speak.RATE, np.pad(spoken, PAUSE))
    tune = tunes.compose(np.random.default_rng([90_000, TUNE_SEED]), held_out=True, mood=MOOD, seconds=SECONDS)
    wavfile.write(out / "song.wav", tunes.RATE, (tune.render() * 32767).astype(np.int16))
    print(tune)


if __name__ == "__main__":
    main()
