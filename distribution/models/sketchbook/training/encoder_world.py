"""Pictures for the encoders that measure: looks, and styles invented at random.

A look is what the pictures of one set share: the style, every colour that prompts do not name, weather and mood. An invented style is a
random choice of background, fill, outline, colours and finish; it has no name, and a number makes it.
"""
import json
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

import common
import world

SIDE = 64  # pixels of the encoders' input
INVENTED = "invented"
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True)
class Look:
    number: int
    style: str
    weather: str | None
    mood: str | None
    colour: str

    @staticmethod
    def random(number, invented):
        rng = np.random.default_rng([number, 5])
        scene = world.sample(rng)
        return Look(number, INVENTED if invented else scene.style, scene.weather, scene.mood, scene.colour)

    def palette(self, colour, rng):
        """The look's colours; the main one is the look's own or the one that a prompt names."""
        shared = world.palette(self.colour, self.mood, np.random.default_rng([self.number, 6]))
        return shared if colour == self.colour else {**shared, "main": world.palette(colour, self.mood, rng)["main"]}

    def draw(self, obj, colour, rng, size):
        n = 2 * size
        shape = world.Shape(world.Scene(obj, colour, self.style, self.weather, self.mood), rng, n)
        render = invented(self.number) if self.style == INVENTED else world.RENDER[self.style]
        img = render(shape, self.palette(colour, rng), rng, n)
        img = world.weather_over(np.clip(img, 0, 255), self.weather, rng, n)
        return Image.fromarray(np.clip(img, 0, 255).astype(np.uint8)).resize((size, size), Image.LANCZOS)


def waves(xx, yy, angle, period):
    return np.sin((xx * math.sin(angle) + yy * math.cos(angle)) * 2 * math.pi / period)


def spots(xx, yy, period, radius):
    half = period / 2
    return (np.hypot((xx + yy) % period - half, (xx - yy) % period - half) < period * radius).astype(np.float32)


def invented(number):
    """A way of drawing with every choice made by the number."""
    choice = np.random.default_rng([number, 7])
    pick = lambda *values: values[choice.integers(len(values))]
    ground = pick("flat", "flat", "wash", "waves", "grid", "spots", "gradient")
    fill = pick("flat", "flat", "waves", "spots", "wash", "gradient", "none")
    outline = pick("none", "dark", "dark", "light", "own", "glow") if fill != "none" else pick("dark", "light", "own", "glow")
    colours = pick("own", "own", "vivid", "pale", "ink", "grey", "dark", "inverted")
    paper = pick("own", "own", "white", "black", "cream")
    finish = pick("none", "none", "blocks", "levels", "soft", "grain", "relief")
    period, angle, width = choice.uniform(.05, .14), choice.uniform(0, math.pi), choice.uniform(.012, .045)
    jitter, depth, blocks, levels = choice.uniform(0, .012) * choice.integers(2), choice.uniform(.2, .6), pick(16, 24, 40), pick(3, 4, 5)

    def tint(v, p):
        if colours == "vivid":
            return world.rgb((v - v.mean()) * 1.5 + v.mean())
        if colours == "pale":
            return world.mix(v, (255, 255, 255), .45)
        if colours == "dark":
            return world.mix(v, (0, 0, 0), .5)
        if colours == "grey":
            return world.rgb((float(v.mean()),) * 3)
        if colours == "inverted":
            return 255 - world.rgb(v)
        return world.mix(p["main"], (255, 255, 255), 1 - v.mean() / 255) if colours == "ink" else v

    def render(sh, palette, rng, n):
        p = {k: tint(world.rgb(v), palette) for k, v in palette.items()}
        sheet = {"own": p["bg"], "white": world.rgb((246, 246, 244)), "black": world.rgb((18, 18, 24)), "cream": world.rgb((240, 226, 196))}[paper]
        contrast = world.mix(sheet, (255, 255, 255) if sheet.mean() < 128 else (30, 30, 40), depth)
        yy, xx = np.mgrid[:n, :n].astype(np.float32)
        step = period * n
        texture = lambda kind, a: {"waves": lambda: (waves(xx, yy, a, step) > .2).astype(np.float32), "spots": lambda: spots(xx, yy, 1.5 * step, .3),
                                   "wash": lambda: np.clip(world.noise(rng, n, 6), 0, 1), "gradient": lambda: yy / n,
                                   "grid": lambda: ((yy % (2 * step) < n / 64) | (xx % (2 * step) < n / 64)).astype(np.float32)}[kind]()
        img = np.ones((n, n, 3), np.float32) * sheet
        if ground != "flat":
            img = world.over(img, texture(ground, angle), contrast)
        for turn, (role, m) in enumerate(sh.fill()):
            if fill == "none":
                continue
            img = world.over(img, m, p[role] if fill == "flat" else sheet)
            if fill != "flat":
                img = world.over(img, m * np.clip(texture(fill, angle + .8 * turn) + .15, 0, 1), p[role])
        if outline == "glow":
            line = sh.lines(max(2, int(width * n)), jitter * n, rng)
            img = np.clip(img + world.blur(line, n / 24)[..., None] * p["second"] * 1.4, 0, 255)
            img = world.over(img, world.blur(line, n / 200), world.mix(p["second"], (255, 255, 255), .6))
        elif outline == "own":
            for role in ("main", "second", "third"):
                img = world.over(img, sh.lines(max(2, int(width * n)), jitter * n, rng, only=(role,)), world.mix(p[role], (0, 0, 0), .35))
        elif outline != "none":
            img = world.over(img, sh.lines(max(2, int(width * n)), jitter * n, rng), (20, 18, 24) if outline == "dark" else (244, 243, 236))
        return finished(np.clip(img, 0, 255), rng, n)

    def finished(img, rng, n):
        if finish == "blocks":
            small = Image.fromarray(img.astype(np.uint8)).resize((blocks, blocks), Image.BOX)
            return np.asarray(small.resize((n, n), Image.NEAREST), np.float32)
        if finish == "levels":
            return np.round(img / 255 * (levels - 1)) * 255 / (levels - 1)
        if finish == "soft":
            return world.blur(img, n / 60)
        if finish == "grain":
            return img + rng.normal(0, 26, (n, n, 1)).astype(np.float32)
        if finish == "relief":
            grey = img.mean(2)
            return img + 1.2 * (grey - np.roll(grey, (n // 80, n // 80), (0, 1)))[..., None]
        return img

    return render


@dataclass
class Pictures:
    """Pictures of SIDE x SIDE with what is known of each: the keys of a line of encoder_generate.py."""

    pixels: np.ndarray
    known: list

    def where(self, accepts):
        index = np.array([i for i, k in enumerate(self.known) if accepts(k)], int)
        return Pictures(self.pixels[index], [self.known[i] for i in index])

    def __add__(self, other):
        return Pictures(np.concatenate([self.pixels, other.pixels]), self.known + other.known)

    def __len__(self):
        return len(self.known)

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "pictures.npy", self.pixels)
        (folder / "pictures.jsonl").write_text("".join(json.dumps(k) + "\n" for k in self.known))

    @staticmethod
    def read(folder, offset=0):
        """The pictures of a folder, resized to SIDE as the processor does; `offset` keeps looks of several folders apart."""
        pixels = np.load(folder / "pictures.npy")
        if pixels.shape[1] != SIDE:
            pixels = np.stack([reduced(Image.fromarray(a)) for a in pixels])
        known = [json.loads(line) for line in (folder / "pictures.jsonl").read_text().splitlines()]
        return Pictures(pixels, [{**k, "look": None if k["look"] is None else k["look"] + offset} for k in known])


def reduced(picture):
    """As the encoders' processor resizes."""
    return np.asarray(picture if picture.size == (SIDE, SIDE) else picture.resize((SIDE, SIDE), Image.BICUBIC))


def drawn(first, looks, objects, invented_share, small_share):
    """
    Pictures of looks first, first + 1, ...: of each, different objects, a third of them in colours that are not the look's. To save
    time, pictures of a share of the looks are drawn at SIDE; the others are drawn at sketchbook's size and reduced.
    """
    pixels, known = [], []
    for number in range(first, first + looks):
        rng = np.random.default_rng([number, 8])
        look = Look.random(number, rng.random() < invented_share)
        size = SIDE if rng.random() < small_share else common.SIZE
        for obj in rng.choice(world.OBJECTS, objects, replace=False):
            colour = look.colour if rng.random() < .67 else list(world.COLOURS)[rng.integers(len(world.COLOURS))]
            pixels.append(reduced(look.draw(str(obj), colour, rng, size)))
            known.append({"object": str(obj), "colour": colour, "style": look.style, "weather": look.weather, "mood": look.mood,
                          "look": number, "kind": "drawn"})
    return Pictures(np.stack(pixels), known)


def normalised(pixels):
    """(batch, side, side, 3) of uint8 -> (batch, 3, side, side) as the processor makes it."""
    import torch
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 255
    return (x - torch.tensor(MEAN)[:, None, None]) / torch.tensor(DEVIATION)[:, None, None]
