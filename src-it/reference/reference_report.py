"""How much of a reference image a set takes, and what of several references a blend keeps.

python reference_report.py transfer --atelier ../../atelier --world WORLD --out DIR
python reference_report.py blends   --atelier ../../atelier --world WORLD --out DIR

WORLD is the folder of `world.py`, which draws what sketchbook was trained on. The reference images are drawn here from seeds that
training never used. Generates every set with Atelier into DIR, leaving those that exist, and prints a markdown table; `transfer.png`
and `blends.png` in DIR show them. Needs numpy and Pillow. Distances are those of `alignment_report.py`.
"""
import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from alignment_report import distance, lab, palette, texture

FIRST_SEED = 20260000  # training's seeds are 1000 to 1047
SCENES = [("lighthouse", "turquoise", "stained glass"), ("cat", "orange", "pop art"), ("tree", "green", "woodcut print"),
          ("boat", "blue", "blueprint")]
TRANSFERRED = SCENES[:3]
BLENDED = [(SCENES[1], SCENES[3])]
PROMPTS = ["a house", "a fish", "a rocket", "a cup", "a star", "an umbrella"]
SEED = 7
BLENDS = ["linear", "slerp", "slerp-reference", "apart"]
WEIGHTS = [round(0.1 * tenths, 1) for tenths in range(1, 10)]
SHOWN = [0.1, 0.3, 0.5, 0.7, 0.9]


def prompt(scene):
    noun, colour, style = scene
    return f"{'an' if colour[0] in 'aeiou' else 'a'} {colour} {noun}, {style}"


class Sets:
    """Reference images and the sets generated in their style."""

    def __init__(self, atelier, world, folder):
        self.atelier, self.folder = atelier, folder
        sys.path.insert(0, str(world))
        import world as painter
        folder.mkdir(parents=True, exist_ok=True)
        for number, (noun, colour, style) in enumerate(SCENES):
            scene = painter.Scene(noun, colour, style, None, None)
            painter.draw(scene, np.random.default_rng(FIRST_SEED + number)).save(self.picture(SCENES[number]))

    def picture(self, scene):
        return self.folder / f"{scene[0]}.png"

    def draw(self, name, *arguments, first=1):
        """The images of the prompts, generated unless they exist; they begin at `first`, whose noise is always the same."""
        out = self.folder / name
        if not (out / "set.json").exists():
            subprocess.run([self.atelier, "generate", *PROMPTS, "--seed", str(SEED - first), "--quiet", "--out", out, *arguments],
                           check=True, stdout=subprocess.DEVNULL)
        return [Image.open(out / f"{first + index:03d}.png") for index in range(len(PROMPTS))]

    def unaligned(self):
        """With the guidance that images as references have by default, so that nothing differs but what is shared."""
        return self.draw("unaligned", "--attention", "none", "--style", "", "--cfg-scale", "10", first=0)

    def transferred(self, scene):
        return self.draw(f"transfer-{scene[0]}", *self.references((scene, 1)))

    def references(self, *weighted):
        return [word for scene, weight in weighted
                for word in ("--reference", f"{self.picture(scene)}={weight}", "--reference-prompt", prompt(scene))]


def mean_distance(pictures, reference, described):
    aim = described(lab(reference))
    return float(np.mean([distance(described(lab(picture)), aim) for picture in pictures]))


def strip(pictures, size=128, gap=8):
    sheet = Image.new("RGB", (len(pictures) * (size + gap) - gap, size), "white")
    for column, picture in enumerate(pictures):
        sheet.paste(picture.convert("RGB").resize((size, size), Image.Resampling.LANCZOS), (column * (size + gap), 0))
    return sheet


def stacked(strips, gap=8):
    sheet = Image.new("RGB", (max(row.width for row in strips), sum(row.height + gap for row in strips) - gap), "white")
    top = 0
    for row in strips:
        sheet.paste(row, (0, top))
        top += row.height + gap
    return sheet


def row(title, cells):
    return f"| {title} | {' | '.join(cells)} |"


def cell(to_one, to_other, share):
    return f"{to_one:.1f} / {to_other:.1f} (**{share:.2f}**)"


def transfer(sets):
    yield "| reference | palette, unaligned | palette, aligned | aligned / unaligned | texture, aligned / unaligned |"
    yield "|---|---|---|---|---|"
    unaligned = sets.unaligned()
    blank = Image.new("RGB", unaligned[0].size, "white")
    rows, ratios = [strip([blank, *unaligned])], []
    for scene in TRANSFERRED:
        reference = Image.open(sets.picture(scene))
        aligned = sets.transferred(scene)
        figures = [mean_distance(pictures, reference, described) for described in (palette, texture) for pictures in (unaligned, aligned)]
        ratios.append((figures[1] / figures[0], figures[3] / figures[2]))
        yield f"| {prompt(scene)} | {figures[0]:.1f} | {figures[1]:.1f} | {ratios[-1][0]:.2f} | {ratios[-1][1]:.2f} |"
        rows.append(strip([reference, *aligned]))
    mean = np.mean(ratios, axis=0)
    yield f"| mean | | | {mean[0]:.2f} | {mean[1]:.2f} |"
    stacked(rows).save(sets.folder / "transfer.png")


def blends(sets):
    for one, other in BLENDED:
        yield f"\nA is “{prompt(one)}”, B is “{prompt(other)}”.\n"
        yield row("weight of A", BLENDS)
        yield "|---" * (len(BLENDS) + 1) + "|"
        ends = [Image.open(sets.picture(scene)) for scene in (one, other)]

        def measured(pictures):
            """Palette distances to A and B, and what part of the way from B to A the images are."""
            to_one, to_other = (mean_distance(pictures, end, palette) for end in ends)
            return to_one, to_other, to_other / (to_one + to_other)

        only_one, only_other = (measured(sets.transferred(scene)) for scene in (one, other))
        yield row("1 (A alone)", [cell(*only_one[:2], 1)] * len(BLENDS))
        yield row("0 (B alone)", [cell(*only_other[:2], 0)] * len(BLENDS))
        errors = {blend: [] for blend in BLENDS}
        kept = {}
        for weight in WEIGHTS:
            cells = []
            for blend in BLENDS:
                name = f"{blend}-{one[0]}-{other[0]}-{weight}"
                pictures = sets.draw(name, *sets.references((one, weight), (other, round(1 - weight, 1))), "--blend", blend)
                to_one, to_other, way = measured(pictures)
                share = (way - only_other[2]) / (only_one[2] - only_other[2])
                errors[blend].append(abs(share - weight))
                kept[blend, weight] = pictures
                cells.append(cell(to_one, to_other, share))
            yield row(weight, cells)
        yield row("mean error of the share", [f"{np.mean(errors[blend]):.2f}" for blend in BLENDS])
        rows = [strip([ends[1], *(kept[blend, weight][0] for weight in SHOWN), ends[0]]) for blend in BLENDS]
        stacked(rows).save(sets.folder / f"blends-{one[0]}-{other[0]}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("transfer", "blends"))
    parser.add_argument("--atelier", type=Path, required=True)
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sets = Sets(given.atelier.resolve(), given.world.resolve(), given.out.resolve())
    for line in {"transfer": transfer, "blends": blends}[given.what](sets):
        print(line, flush=True)


if __name__ == "__main__":
    main()
