"""The depth of a picture of the world: what sketchbook-depth learns and sketchbook-depth-control follows.

Inverse depth in [0, 1], near is 1. `world.Shape` is the geometry, so a depth map fits the picture to the pixel. No style of the world
draws a horizon; the background is the usual one of a picture of a single thing: a far sky above, below the middle a ground that
comes nearer towards the lower edge. The object stands in front of all of it. Its body is thicker in the middle than at its outline
and slightly nearer at its foot. A part that is painted over the body lies in front of it, one that is painted before it behind;
doors and windows are recessed. Neon signs have no dark parts, and weather has no depth.
"""
import copy
import json
from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image

import common
import world

SKY, GROUND, BODY, THICKNESS, FOOT, PART = .1, .3, .5, .3, .06, .05  # shares of the range: the sky up to the horizon, the ground to the edge
ROUND = .13  # the distance from the outline, as a share of the picture's side, from which a body is at its full thickness
OBJECT = .4  # between the nearest ground and the farthest part of any object
RECESSED = {"house": ("third", "light"), "castle": ("dark", "light")}


def background(n):
    return np.repeat(np.interp(np.linspace(0, 1, n), [0, .5, 1], [0, SKY, GROUND])[:, None], n, 1)


def rendered(scene, shape):
    """The depth of a placed shape: (n, n) of float32."""
    from scipy.ndimage import distance_transform_edt

    n = shape.n
    silhouette, relief, body = np.zeros((n, n), bool), np.zeros((n, n)), False
    for role, mask in shape.fill():
        if scene.style == "neon sign" and role == "dark":
            continue
        inside = mask > .5
        body = body or role == "main"
        if role in RECESSED.get(scene.object, ()):
            offset = -PART
        elif role == "main":
            offset = 0
        else:
            offset = PART if body else -PART
        relief[inside] = offset
        silhouette |= inside
    thickness = 1 - (1 - np.clip(distance_transform_edt(silhouette) / (ROUND * n), 0, 1)) ** 2
    nearness = BODY + THICKNESS * thickness + FOOT * np.linspace(0, 1, n)[:, None] + relief
    return np.where(silhouette, nearness, background(n)).astype(np.float32)


def depth(scene, rng, size=common.SIZE):
    """The depth of the picture that `world.draw` draws next with `rng`, which is not advanced: (size, size) of float32."""
    rng = copy.deepcopy(rng)
    world.palette(scene.colour, scene.mood, rng)
    return rendered(scene, world.Shape(scene, rng, 2 * size)).reshape(size, 2, size, 2).mean((1, 3))


def condition(depth):
    """As Atelier's `control.depth` makes a control image: the farthest 0, the nearest 255, truncated."""
    low, high = depth.min(), depth.max()
    return np.zeros(depth.shape, np.uint8) if high - low <= 1e-6 * abs(high) else ((depth - low) / (high - low) * 255).astype(np.uint8)


def disturbed(depth, rng):
    """As an estimator might see it: blurred, grown or shrunk, uneven, on another scale."""
    from scipy.ndimage import gaussian_filter, maximum_filter, minimum_filter

    d = depth.astype(np.float32)
    if rng.random() < .3:
        d = (maximum_filter if rng.random() < .5 else minimum_filter)(d, 3)
    d = gaussian_filter(d, rng.uniform(.4, 2.5))
    if rng.random() < .6:
        d = d + rng.uniform(.02, .16) * (world.noise(rng, len(d), int(rng.choice((3, 6, 12)))) - .5)
    return np.clip(d, 0, None) ** rng.uniform(.75, 1.3)


@dataclass
class Drawings:
    """Pictures of SIZE x SIZE with their depth, float16, and their scenes."""

    pixels: np.ndarray
    depth: np.ndarray
    scenes: list

    def __len__(self):
        return len(self.scenes)

    def __add__(self, other):
        return Drawings(np.concatenate([self.pixels, other.pixels]), np.concatenate([self.depth, other.depth]), self.scenes + other.scenes)

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "pictures.npy", self.pixels)
        np.save(folder / "depth.npy", self.depth)
        (folder / "scenes.jsonl").write_text("".join(json.dumps(asdict(s)) + "\n" for s in self.scenes))

    @staticmethod
    def read(folder):
        scenes = [world.Scene(**json.loads(line)) for line in (folder / "scenes.jsonl").read_text().splitlines()]
        return Drawings(np.load(folder / "pictures.npy"), np.load(folder / "depth.npy"), scenes)


def drawn(seed, count):
    """Pictures of all styles, objects, weathers and moods, one stretch of the world's random numbers."""
    rng = np.random.default_rng(seed)
    pixels, depths, scenes = [], [], []
    for _ in range(count):
        scene = world.sample(rng)
        depths.append(depth(scene, rng).astype(np.float16))
        pixels.append(np.asarray(world.draw(scene, rng, common.SIZE)))
        scenes.append(scene)
    return Drawings(np.stack(pixels), np.stack(depths), scenes)


if __name__ == "__main__":
    import sys

    rng, s = np.random.default_rng(int(sys.argv[2])), common.SIZE
    sheet = Image.new("RGB", (len(world.STYLES) * s, 8 * s))
    for row in range(4):
        for column, style in enumerate(world.STYLES):
            scene = world.sample(rng)
            scene.style = style
            sheet.paste(Image.fromarray(condition(depth(scene, rng))), (column * s, (2 * row + 1) * s))
            sheet.paste(world.draw(scene, rng, s), (column * s, 2 * row * s))
    sheet.save(sys.argv[1])
