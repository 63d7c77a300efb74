"""How much of a reference's content leaks into the other images of a set, and how much of its style they keep.

python leakage_report.py --atelier ATELIER --caption CAPTION --out DIR [--setting own|picture] [--seeds 4] [--variants NAME...]

ATELIER is the folder of an installed Atelier, CAPTION the folder of sketchbook's captioner (`models/sketchbook-caption`). Starts
`atelier serve`, generates every set into DIR, leaving those that exist, and measures them. A set is one reference, "a red house,
stained glass", and four prompts that name another object and neither a colour nor a style, "a fish": 20 pairs. A prompt is generated
from the same noise with every strategy. With `own` the reference is the set's first image, with `picture` that image is read from its
file. Writes the figures of every image to `own.json` or `picture.json` and the curve to `own.svg` or `picture.svg`, and prints a
markdown table after each seed. Needs numpy, Pillow and ONNX Runtime.

Style, against the reference: the distances of palette and texture of `alignment_report.py`, and how often the captioner sees the
reference's style. Content, by the captioner: `leaked` targets show the reference's object, `missed` ones do not show the one that was
asked for (a leaked one is missed too), `copied` ones have the colour of the reference's object.
"""
import argparse
import hashlib
import json
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
from PIL import Image

from alignment_report import OBJECTS, STYLES, Captioner, distance, first, lab, palette, texture

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "turquoise")
REFERENCES = [("red", "house", "stained glass"), ("yellow", "flower", "pop art"), ("purple", "butterfly", "watercolor painting"),
              ("orange", "cat", "paper cutout"), ("green", "tree", "woodcut print")]
TARGETS = [("fish", "cup", "rocket", "boat"), ("house", "bird", "boat", "umbrella"), ("fish", "castle", "balloon", "cup"),
           ("mushroom", "house", "fish", "lighthouse"), ("rocket", "cup", "bird", "castle")]
FIRST_SEED = 70000  # training's seeds are 1000 to 1047
LN2 = float(np.log(2))
EXCLUDED = "{object}"
COLOUR = "{colour}"


def shared(name, **options):
    return name, "shared", {key.replace("_", "-"): value for key, value in options.items()}


# Name, attention, options. A family is drawn as one line of the curve: what comes before the colon.
VARIANTS = [
    ("unaligned", "none", {}),
    shared("shared"),
    shared("exclude-weight: 0.5", exclude=[EXCLUDED], exclude_weight=0.5),
    shared("exclude: 1", exclude=[EXCLUDED]),
    shared("exclude: 2", exclude=[EXCLUDED], score_shift=LN2),
    shared("exclude: 4", exclude=[EXCLUDED], score_shift=2 * LN2),
    shared("exclude colour: 1", exclude=[EXCLUDED, COLOUR]),
    shared("exclude colour: 1.4", exclude=[EXCLUDED, COLOUR], score_shift=float(np.log(1.4))),
    shared("exclude colour: 2", exclude=[EXCLUDED, COLOUR], score_shift=LN2),
    shared("exclude colour: 4", exclude=[EXCLUDED, COLOUR], score_shift=2 * LN2),
    shared("shift: 1/4", score_shift=-2 * LN2),
    shared("shift: 1/2", score_shift=-LN2),
    shared("shift: 2", score_shift=LN2),
    shared("shift: 4", score_shift=2 * LN2),
    shared("level: 0.25", level=0.25),
    shared("level: 0.5", level=0.5),
    shared("level: 0.75", level=0.75),
    shared("scale: 0.5", score_scale=0.5),
    shared("scale: 0.8", score_scale=0.8),
    ("partial: 16", "partial", {"resolutions": [16]}),
    ("partial: 8", "partial", {"resolutions": [8]}),
    ("swap", "swap", {}),
]


def family(name):
    return name.split(":")[0]


def phrase(*words):
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {' '.join(words)}"


# ---- generating -----------------------------------------------------------------------------------------------------
class Server:
    """`atelier serve`, and its HTTP API."""

    def __init__(self, atelier, data):
        self.data = data
        self.process = subprocess.Popen([atelier / "bin" / "atelier", "serve", "--data", data], stdout=subprocess.DEVNULL)

    def __enter__(self):
        while not (self.data / "server.json").exists():
            if self.process.poll() is not None:
                raise SystemExit("the server has ended")
            time.sleep(0.2)
        self.url = f"http://127.0.0.1:{json.loads((self.data / 'server.json').read_text())['port']}/v1"
        self.token = (self.data / "token").read_text().strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def call(self, path, body=None):
        request = urllib.request.Request(self.url + path, data=body and json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {self.token}"})
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(error.read().decode()) from error

    def generate(self, body, out):
        """Waits for the set; leaves one that exists."""
        if (out / "set.json").exists():
            return
        job = self.call(f"/sets?output={out.resolve()}", body)
        while job["status"] in ("queued", "running"):
            time.sleep(0.5)
            job = self.call(f"/sets/{job['id']}")
        if job["status"] != "completed":
            raise SystemExit(f"{out}: {job['error']}")


def filled(options, scene):
    words = {"object": scene[1], "colour": scene[0]}
    return {key: [word.format(**words) for word in value] if key == "exclude" else value for key, value in options.items()}


class Sets:
    """The images of every variant. Those of one family and one reference are one set."""

    def __init__(self, server, folder, setting, sampling):
        self.server, self.folder, self.setting, self.sampling = server, folder, setting, sampling

    def reference(self, number, repetition):
        """The reference as the set's first image."""
        scene = REFERENCES[number]
        return {"prompt": f"{phrase(*scene[:2])}, {scene[2]}", "seed": FIRST_SEED + 100 * repetition + 10 * number}

    def picture(self, number, repetition):
        out = self.generate({"items": [self.reference(number, repetition)], "attention": "none"})
        return out / "000.png"

    def draw(self, variants, number, repetition):
        """Images by variant, each a list in the order of the targets; they start from the same noise in every variant."""
        targets, reference = TARGETS[number], self.reference(number, repetition)
        drawn = {}
        families = {}
        for variant in variants:
            families.setdefault(family(variant[0]), []).append(variant)
        for together in families.values():
            attention = together[0][1]
            body, items = {"attention": attention}, []
            if attention != "none" and self.setting == "own":
                items.append(reference)
            elif attention != "none":
                file = self.picture(number, repetition).resolve()
                body["references"] = [{"file": str(file), "prompt": reference["prompt"],
                                       "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}]
            before = max(len(items), len(body.get("references", [])))
            for _, _, options in together:
                items += [{"prompt": phrase(target), "seed": reference["seed"] + 1 + index,
                           "attention_options": filled(options, REFERENCES[number])} for index, target in enumerate(targets)]
            out = self.generate({**body, "items": items})
            for index, (name, _, _) in enumerate(together):
                at = before + index * len(targets)
                drawn[name] = [Image.open(out / f"{at + each:03d}.png") for each in range(len(targets))]
        return drawn

    def generate(self, body):
        """The folder of a set, which is generated unless it exists."""
        whole = {"style": "", "seed": FIRST_SEED, **self.sampling, **body}
        out = self.folder / f"{body['attention']}-{hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:12]}"
        self.server.generate(whole, out)
        return out


# ---- measuring ------------------------------------------------------------------------------------------------------
class Measured:
    """Figures of images against their reference."""

    def __init__(self, captioner):
        self.captioner = captioner

    def described(self, image):
        colours = lab(image)
        return palette(colours), texture(colours)

    def figures(self, image, reference, scene, target):
        caption = self.captioner.caption(image)
        (own_palette, own_texture), (palette_there, texture_there) = self.described(image), reference
        seen, colour = first(OBJECTS, caption), first(COLOURS, caption)
        return {
            "palette": distance(own_palette, palette_there), "texture": distance(own_texture, texture_there),
            "style": first(STYLES, caption) == scene[2],
            "leaked": seen == scene[1], "missed": seen != target, "copied": colour == scene[0], "caption": caption,
        }


FIGURES = ("palette", "texture", "style", "leaked", "missed", "copied")


def summary(found):
    """By figure: the mean, and its standard error over the seeds."""
    means = {}
    for figure in FIGURES:
        seeds = [np.mean([each[figure] for each in of_seed]) for of_seed in found]
        error = np.std(seeds, ddof=1) / len(seeds) ** 0.5 if len(seeds) > 1 else float("nan")
        means[figure] = (float(np.mean(seeds)), float(error))
    return means


def table(summaries):
    yield f"| | {' | '.join(FIGURES)} |"
    yield "|---" * (len(FIGURES) + 1) + "|"
    for name, means in summaries.items():
        cells = []
        for figure in FIGURES:
            value, error = means[figure]
            cells.append(f"{value:.2f} ± {error:.2f}" if figure in ("palette", "texture") else f"{100 * value:.0f} ± {100 * error:.0f} %")
        yield f"| {name} | {' | '.join(cells)} |"


# ---- the curve ------------------------------------------------------------------------------------------------------
HUES = ("#1b6ca8", "#c0392b", "#7a4fa3", "#2e8b57", "#b8860b", "#555555", "#d2691e", "#008b8b", "#8b4513", "#000000", "#d81b60")
PANELS = (("missed", "images without the object of their prompt, %"), ("copied", "images in the colour of the reference's object, %"))
THROUGH_SHARED = ("shift", "level", "scale")  # families whose strength 1, or level 0, is shared attention as it is
WIDE, HIGH, LEFT, TOP, GAP, LEGEND = 400, 380, 60, 30, 60, 150


def curve(summaries):
    """SVG: style against content, a line for each kind of strategy, a number for each strength; bars are standard errors over the seeds."""
    tops = max(means["palette"][0] for means in summaries.values()) * 1.05
    lowest = min(means["palette"][0] for means in summaries.values()) * 0.9
    y = lambda value: TOP + HIGH * (tops - value) / (tops - lowest)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + 2 * WIDE + GAP + LEGEND} {TOP + HIGH + 60}" '
             'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    families = {}
    for name in summaries:
        families.setdefault(family(name), []).append(name)
    for panel, (figure, title) in enumerate(PANELS):
        reach = lambda means: means[figure][0] + (means[figure][1] if means[figure][1] == means[figure][1] else 0)
        most = max(100 * reach(means) for means in summaries.values()) * 1.02 + 1
        start = LEFT + panel * (WIDE + GAP)
        x = lambda value: start + WIDE * 100 * value / most
        parts.append(f'<path d="M{start} {TOP}V{TOP + HIGH}H{start + WIDE}" fill="none" stroke="#888"/>')
        parts.append(f'<text x="{start + WIDE / 2}" y="{TOP + HIGH + 40}" text-anchor="middle">{title}</text>')
        if panel == 0:
            parts.append(f'<text transform="translate(16 {TOP + HIGH / 2}) rotate(-90)" text-anchor="middle">'
                         'palette distance to the reference</text>')
        for tick in range(0, int(most) + 1, 10):
            parts.append(f'<text x="{x(tick / 100):.1f}" y="{TOP + HIGH + 18}" text-anchor="middle" fill="#666">{tick}</text>')
        for tick in range(int(lowest) + 1, int(tops) + 1):
            parts.append(f'<text x="{start - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#666">{tick}</text>')
        for hue, names in zip(HUES, families.values()):
            place = lambda name: (x(summaries[name][figure][0]), y(summaries[name]["palette"][0]))
            joined = names + ["shared"] if family(names[0]) in THROUGH_SHARED and "shared" in summaries else names
            line = " ".join(f"{across:.1f},{up:.1f}" for across, up in sorted(map(place, joined), key=lambda point: point[1]))
            parts.append(f'<polyline points="{line}" fill="none" stroke="{hue}" stroke-width="1.5"/>')
            for name in names:
                across, up = place(name)
                error = summaries[name][figure][1] if summaries[name][figure][1] == summaries[name][figure][1] else 0
                wide = WIDE * 100 * error / most
                parts.append(f'<path d="M{across - wide:.1f} {up:.1f}H{across + wide:.1f}" stroke="{hue}" opacity="0.35"/>')
                parts.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="4" fill="{hue}"/>')
                parts.append(f'<text x="{across + 6:.1f}" y="{up - 5:.1f}" font-size="11" fill="{hue}">{name.partition(": ")[2]}</text>')
    for index, (hue, name) in enumerate(zip(HUES, families)):
        start, up = LEFT + 2 * WIDE + GAP + 20, TOP + 20 + 22 * index
        parts.append(f'<circle cx="{start}" cy="{up - 4}" r="4" fill="{hue}"/>')
        parts.append(f'<text x="{start + 10}" y="{up}" fill="{hue}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atelier", type=Path, required=True)
    parser.add_argument("--caption", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--setting", choices=("own", "picture"), default="own")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--variants", nargs="*", choices=[name for name, _, _ in VARIANTS], help="all by default")
    given = parser.parse_args()
    variants = [variant for variant in VARIANTS if not given.variants or variant[0] in given.variants]
    measured = Measured(Captioner(given.caption))
    found = {name: [] for name, _, _ in variants}
    with Server(given.atelier, given.out / "server") as server:
        sampling = {"sampler": "dpm++2m", "steps": given.steps}
        sets = Sets(server, given.out, given.setting, sampling)
        for repetition in range(given.seeds):
            of_seed = {name: [] for name in found}
            for number in range(len(REFERENCES)):
                drawn = sets.draw(variants, number, repetition)
                reference = measured.described(Image.open(sets.picture(number, repetition)))
                for name, images in drawn.items():
                    of_seed[name] += [measured.figures(image, reference, REFERENCES[number], target)
                                      for image, target in zip(images, TARGETS[number])]
            for name, figures in of_seed.items():
                found[name].append(figures)
            (given.out / f"{given.setting}.json").write_text(json.dumps(found, indent=1))
            summaries = {name: summary(figures) for name, figures in found.items()}
            (given.out / f"{given.setting}.svg").write_text(curve(summaries))
            print("\n".join(table(summaries)), flush=True)


if __name__ == "__main__":
    main()
