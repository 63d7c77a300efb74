"""How much closer a style-aligned set is than an unaligned one, and whether its objects are still those asked for.

python alignment_report.py --shared DIR... --none DIR... --caption DIR --objects NAME...

DIRs hold images 000.png, 001.png, ... of the same prompts, generated with `--attention shared` and `--attention none`; with several
(other seeds) the figures are means over them, and the pairs belong together in their order. --objects names what each image was asked to show.
Prints a markdown table. Needs numpy, Pillow and ONNX Runtime.

palette  Sliced Wasserstein distance between the pixels of two images in CIELAB: how far colour must be moved to make the one's
         palette the other's, in units of Delta E, averaged over directions.
texture  The same distance between responses of oriented filters (horizontal, vertical and two diagonal differences, Laplacian) on
         lightness at four scales (Heitz et al. 2021, "A Sliced Wasserstein Loss for Neural Texture Synthesis", with fixed filters): how
         differently outlines, flats and grain are made, wherever they lie.
Both are means over all pairs of a set, and over the pairs of image 0 with every other. Images of different objects never come to 0.
"""
import argparse
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

OBJECTS = ("house", "tree", "flower", "fish", "bird", "cat", "star", "mushroom", "cup", "umbrella", "balloon", "rocket", "lighthouse",
           "butterfly", "boat", "castle")
STYLES = ("watercolor painting", "paper cutout", "neon sign", "woodcut print", "pixel art", "blueprint", "stained glass", "pop art")
DIRECTIONS = 64


# ---- distances ------------------------------------------------------------------------------------------------------
def lab(picture):
    """CIELAB (D65) of an sRGB image: (height, width, 3)."""
    rgb = np.asarray(picture.convert("RGB"), np.float64) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
    relative = linear @ to_xyz.T / np.array([0.95047, 1.0, 1.08883])
    f = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def sorted_slices(points):
    """Points projected on fixed directions, each projection in order: (point, direction)."""
    directions = np.random.default_rng(0).normal(size=(points.shape[1], DIRECTIONS))
    return np.sort(points @ (directions / np.linalg.norm(directions, axis=0)), axis=0)


def palette(colours):
    return [sorted_slices(colours.reshape(-1, 3))]


def texture(colours):
    """The slices of the filter responses, one entry a scale."""
    lightness, scales = colours[..., 0], []
    for _ in range(4):
        middle = lightness[1:-1, 1:-1]
        right, left, below, above = lightness[1:-1, 2:], lightness[1:-1, :-2], lightness[2:, 1:-1], lightness[:-2, 1:-1]
        falling, rising = lightness[2:, 2:] - lightness[:-2, :-2], lightness[2:, :-2] - lightness[:-2, 2:]
        responses = [right - left, below - above, falling / 2 ** 0.5, rising / 2 ** 0.5, right + left + below + above - 4 * middle]
        scales.append(sorted_slices(np.stack(responses, axis=-1).reshape(-1, len(responses))))
        height, width = (side // 2 * 2 for side in lightness.shape)
        lightness = lightness[:height, :width].reshape(height // 2, 2, width // 2, 2).mean((1, 3))
    return scales


def distance(one, other):
    return float(np.mean([np.abs(a - b).mean() for a, b in zip(one, other)]))


def spread(described):
    """Mean distance over all pairs, and from image 0 to the others."""
    pairs = {(i, j): distance(described[i], described[j]) for i, j in combinations(range(len(described)), 2)}
    return np.mean(list(pairs.values())), np.mean([value for (i, _), value in pairs.items() if i == 0])


# ---- what the pictures show -----------------------------------------------------------------------------------------
class Captioner:
    """The sketchbook's BLIP, exported to ONNX; greedy."""

    def __init__(self, folder):
        read = lambda name: json.loads((folder / name).read_text())
        self.processor, self.generation = read("preprocessor_config.json"), read("generation_config.json")
        self.words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.vision = onnxruntime.InferenceSession(folder / "blip_vision_encoder.onnx")
        self.text = onnxruntime.InferenceSession(folder / "blip_text_decoder.onnx")

    def caption(self, picture):
        size = self.processor["size"]
        picture = picture.convert("RGB").resize((size["width"], size["height"]), self.processor["resample"])
        pixels = np.asarray(picture, np.float64) * self.processor["rescale_factor"]
        pixels = (pixels - self.processor["image_mean"]) / self.processor["image_std"]
        seen = self.vision.run(None, {"pixel_values": pixels.transpose(2, 0, 1)[None].astype(np.float32)})[0]
        ids = [self.generation["bos_token_id"]]
        while len(ids) < self.generation["max_length"] and ids[-1] != self.generation["eos_token_id"]:
            logits = self.text.run(None, {"input_ids": np.array([ids]), "encoder_hidden_states": seen})[0]
            ids.append(int(logits[0, -1].argmax()))
        said = [self.words[i] for i in ids[1:] if i != self.generation["eos_token_id"]]
        return " ".join(said).replace(" ,", ",")


def first(names, caption):
    """The first of the names that the caption says, as whole words: a lighthouse is no house."""
    said = f" {caption.replace(',', ' ')} "
    return next((name for name in names if f" {name} " in said), "?")


# ---- the report -----------------------------------------------------------------------------------------------------
def measured(folder, captioner, objects):
    files = sorted(folder.glob("[0-9][0-9][0-9].png"))
    if len(files) != len(objects):
        raise SystemExit(f"{folder} holds {len(files)} pictures, but --objects names {len(objects)}")
    pictures = [Image.open(file) for file in files]
    colours = [lab(picture) for picture in pictures]
    captions = [captioner.caption(picture) for picture in pictures]
    palette_all, palette_first = spread([palette(picture) for picture in colours])
    texture_all, texture_first = spread([texture(picture) for picture in colours])
    styles = [first(STYLES, caption) for caption in captions]
    return {
        "palette, all pairs": palette_all, "palette, to image 0": palette_first,
        "texture, all pairs": texture_all, "texture, to image 0": texture_first,
        "styles seen": len(set(styles)), "pictures in image 0's style": styles.count(styles[0]),
        "objects as asked": sum(first(OBJECTS, caption) == asked for caption, asked in zip(captions, objects)),
        "captions": captions,
    }


def report(shared, none, objects):
    """Markdown: one row a figure; then what is seen in each image of the first pair."""
    yield f"Means over {len(shared)} set(s) of {len(objects)} pictures.\n"
    yield "| | unaligned | shared | shared / unaligned | sets where shared is closer |"
    yield "|---|---|---|---|---|"
    for figure in shared[0]:
        if figure == "captions":
            continue
        a, b = ([found[figure] for found in sets] for sets in (none, shared))
        closer = f"{sum(y < x for x, y in zip(a, b))} of {len(a)}" if "," in figure else ""
        yield f"| {figure} | {np.mean(a):.2f} | {np.mean(b):.2f} | {np.mean(b) / np.mean(a):.2f} | {closer} |"
    yield "\n| asked | seen, unaligned | seen, shared |\n|---|---|---|"
    for asked, seen_none, seen_shared in zip(objects, none[0]["captions"], shared[0]["captions"]):
        yield f"| {asked} | {seen_none} | {seen_shared} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, nargs="+", required=True)
    parser.add_argument("--none", type=Path, nargs="+", required=True)
    parser.add_argument("--caption", type=Path, required=True, help="the folder of the sketchbook captioner (ONNX)")
    parser.add_argument("--objects", nargs="+", required=True, choices=OBJECTS)
    given = parser.parse_args()
    if len(given.shared) != len(given.none):
        parser.error("--shared and --none need as many folders as each other")
    captioner = Captioner(given.caption)
    shared, none = ([measured(folder, captioner, given.objects) for folder in folders] for folders in (given.shared, given.none))
    print("\n".join(report(shared, none, given.objects)))


if __name__ == "__main__":
    main()
