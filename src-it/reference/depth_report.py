"""How closely a set that is controlled by depth follows the silhouettes of drawings, and whether it stays in one style.

python depth_report.py --atelier ../../atelier --world WORLD --out DIR [--drawings 20] [--steps 25]

WORLD is the folder of `depth_world.py`, which knows the depth of what it draws; the drawings are made here, as paper cutouts, from seeds
that training never used. In each style a set is generated three times from the same noise, into DIR unless it exists: with a depth
control for each image but the first, without control, and with the controls but unaligned. Prints a markdown table; `depth-control.png`
in DIR shows all drawings and the sets. Needs numpy, scipy, Pillow, OpenCV, PyTorch and ONNX Runtime.

silhouette  The drawing's silhouette is that of the world's own geometry. The image's silhouette is where sketchbook-depth, through ONNX
            Runtime, estimates an inverse depth over `depth_world.OBJECT`. The figure is intersection over union; `estimator` is the
            same figure for the drawings themselves, which is what the estimator alone loses.
palette, texture  Distances within the set, as `alignment_report.py` has them, aligned by unaligned.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from alignment_report import lab, palette, spread, texture
from control_report import COLOURS, STYLES, Sets, sheet

FIRST_SEED = 9400  # training's seeds are 2000 to 2005, 2000 with 1 and 3000
BOUND = 0.8


class DepthSets(Sets):
    """Drawings with known silhouettes, and the sets that follow their depth or do not."""

    first_seed = FIRST_SEED

    def __init__(self, atelier, world, folder, count, steps):
        super().__init__(atelier, world, folder, count, steps)
        import depth_world
        import evaluate_depth
        import world as painter
        self.edge, self.overlap = depth_world.OBJECT, evaluate_depth.overlap
        self.estimator = evaluate_depth.Estimator(world.parents[1] / "sketchbook-depth")
        scenes = [painter.Scene(noun, COLOURS[number % len(COLOURS)], "paper cutout", None, None) for number, noun in enumerate(self.nouns)]
        self.drawn = [depth_world.depth(scene, np.random.default_rng(FIRST_SEED + number)) > self.edge for number, scene in enumerate(scenes)]

    def controls(self):
        given = [word for number in range(len(self.nouns)) for word in ("--control", f"depth={self.file(number)}")]
        return [*given, "--control-option", "depth.model=sketchbook-depth"]

    def followed(self, pictures):
        """The overlap of each image's silhouette with that of its drawing."""
        found = self.estimator(np.stack([np.asarray(picture.convert("RGB")) for picture in pictures])) > self.edge
        return [self.overlap(seen, asked) for seen, asked in zip(found, self.drawn)]


def ratio(measure, aligned, unaligned):
    near, far = (spread([measure(lab(picture)) for picture in pictures])[0] for pictures in (aligned, unaligned))
    return near / far


def report(sets):
    yield f"{len(sets.drawings)} drawings, {sets.steps} steps; estimator {np.mean(sets.followed(sets.drawings)):.2f}."
    yield ""
    yield ("| style | silhouette, controlled | least | over 0.8 | silhouette, without | palette, aligned / unaligned | texture, aligned / unaligned |")
    yield "|---|---|---|---|---|---|---|"
    rows, figures = [[Image.new("RGB", sets.drawings[0].size, "white"), *sets.drawings]], []
    for style in STYLES:
        controlled = sets.draw("controlled", style, *sets.controls())
        free = sets.draw("free", style)
        unaligned = sets.draw("unaligned", style, *sets.controls(), "--attention", "none")
        overlaps = sets.followed(controlled[1:])
        figures.append([np.mean(overlaps), min(overlaps), np.mean([each > BOUND for each in overlaps]), np.mean(sets.followed(free[1:])),
                        ratio(palette, controlled, unaligned), ratio(texture, controlled, unaligned)])
        yield f"| {style} | {' | '.join(f'{figure:.2f}' for figure in figures[-1])} |"
        rows += [free, controlled]
    yield f"| mean | {' | '.join(f'{figure:.2f}' for figure in np.mean(figures, axis=0))} |"
    sheet(rows).save(sets.folder / "depth-control.png", optimize=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atelier", type=Path, required=True)
    parser.add_argument("--world", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--drawings", type=int, default=20)
    parser.add_argument("--steps", type=int, default=25)
    given = parser.parse_args()
    for line in report(DepthSets(given.atelier.resolve(), given.world.resolve(), given.out.resolve(), given.drawings, given.steps)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
