"""How closely a controlled set follows the edges of drawings, and whether its images keep one style.

python control_report.py --atelier ../../atelier --world WORLD --out DIR [--drawings 20] [--steps 25]

WORLD is the folder of `world.py`, which draws what sketchbook was trained on; the drawings are made here, as paper cutouts, from seeds
that training never used. In each style a set is generated three times from the same noise, into DIR unless it exists: with a Canny
control for each image but the first, without control, and with the controls but unaligned. Prints a markdown table; `control.png` in
DIR shows all drawings and what became of each. Needs numpy, Pillow and OpenCV. Palette distances are those of `alignment_report.py`.

precision  Of the edges of a generated image, the part within 2 pixels of an edge of its drawing.
recall     Of the edges of a drawing, the part within 2 pixels of an edge of what was generated from it.
"""
import argparse
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from alignment_report import OBJECTS, lab, palette, spread
from reference_report import stacked, strip

FIRST_SEED = 20261200  # training's seeds are 1000 to 1047
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "turquoise")
STYLES = ("stained glass", "neon sign", "paper cutout")
FREE = "star"
SEED = 11
NEAR = 2
BAND, SIDE, GAP, SHADES = 10, 88, 4, 192  # the sheet: drawings in a row, pixels of each and between, colours in all


def article(noun):
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def edges(picture):
    return cv2.Canny(np.asarray(picture.convert("RGB")), 100, 200) > 0


def share_near(found, aim):
    """The part of the edges of the one that lies near an edge of the other."""
    if not found.any():
        return 0.0
    away = cv2.distanceTransform((~aim).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return float((away[found] <= NEAR).mean())


class Sets:
    """The drawings, and the sets that follow them or do not."""

    first_seed = FIRST_SEED

    def __init__(self, atelier, world, folder, count, steps):
        self.atelier, self.folder, self.steps = atelier, folder, steps
        self.nouns = [OBJECTS[number % len(OBJECTS)] for number in range(count)]
        sys.path.insert(0, str(world))
        import world as painter
        folder.mkdir(parents=True, exist_ok=True)
        for number, noun in enumerate(self.nouns):
            scene = painter.Scene(noun, COLOURS[number % len(COLOURS)], "paper cutout", None, None)
            painter.draw(scene, np.random.default_rng(self.first_seed + number)).save(self.file(number))
        self.drawings = [Image.open(self.file(number)) for number in range(count)]

    def file(self, number):
        return self.folder / f"drawing-{number:02d}.png"

    def draw(self, name, style, *arguments):
        """The free first image, then one for each drawing."""
        out = self.folder / f"{name}-{style.replace(' ', '-')}"
        if not (out / "set.json").exists():
            prompts = [article(noun) for noun in (FREE, *self.nouns)]
            subprocess.run([self.atelier, "generate", *prompts, "--style", style, "--seed", str(SEED), "--steps", str(self.steps), "--quiet",
                            "--out", out, *arguments], check=True, stdout=subprocess.DEVNULL)
        return [Image.open(out / f"{index:03d}.png") for index in range(len(self.nouns) + 1)]

    def controls(self):
        return [word for number in range(len(self.nouns)) for word in ("--control", f"canny={self.file(number)}")]

    def followed(self, pictures):
        """Mean precision and recall of the images against their drawings."""
        pairs = [(edges(picture), edges(drawing)) for picture, drawing in zip(pictures[1:], self.drawings)]
        return (float(np.mean([share_near(drawn, asked) for drawn, asked in pairs])),
                float(np.mean([share_near(asked, drawn) for drawn, asked in pairs])))


def sheet(rows):
    """All of it in bands of so many drawings, each behind the free image of its row."""
    bands = []
    for start in range(1, len(rows[0]), BAND):
        for row in rows:
            bands.append(strip([row[0], *row[start:start + BAND]], SIDE, GAP))
    return stacked(bands, GAP).quantize(SHADES, dither=Image.Dither.NONE)


def report(sets):
    yield f"{len(sets.drawings)} drawings, {sets.steps} steps."
    yield ""
    yield ("| style | precision, controlled | recall, controlled | precision, without | recall, without "
           "| palette, controlled, aligned / unaligned |")
    yield "|---|---|---|---|---|---|"
    rows, figures = [[Image.new("RGB", sets.drawings[0].size, "white"), *sets.drawings]], []
    for style in STYLES:
        controlled = sets.draw("controlled", style, *sets.controls())
        free = sets.draw("free", style)
        unaligned = sets.draw("unaligned", style, *sets.controls(), "--attention", "none")
        near, far = (spread([palette(lab(picture)) for picture in pictures])[0] for pictures in (controlled, unaligned))
        figures.append([*sets.followed(controlled), *sets.followed(free), near / far])
        yield f"| {style} | {' | '.join(f'{figure:.2f}' for figure in figures[-1])} |"
        rows.append(controlled)
    yield f"| mean | {' | '.join(f'{figure:.2f}' for figure in np.mean(figures, axis=0))} |"
    sheet(rows).save(sets.folder / "control.png", optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atelier", type=Path, required=True)
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--drawings", type=int, default=20)
    parser.add_argument("--steps", type=int, default=25)
    given = parser.parse_args()
    for line in report(Sets(given.atelier.resolve(), given.world.resolve(), given.out.resolve(), given.drawings, given.steps)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
