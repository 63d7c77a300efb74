"""What the palette and texture metrics find in the sketchbook sets of the fixtures, and the directions they project on.

Run with the environment of requirements.txt:

python metric_fixtures.py

Writes fixtures/metrics.json, and metric.palette's and metric.texture's directions.csv: NumPy's random numbers are not Java's.
"""
import json
from itertools import combinations
from pathlib import Path

import numpy as np
from PIL import Image

import alignment_report as report

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"


def directions(width):
    """The directions of report.sorted_slices: slicing the unit vectors leaves the directions themselves, each in order."""
    drawn = np.random.default_rng(0).normal(size=(width, report.DIRECTIONS))
    return (drawn / np.linalg.norm(drawn, axis=0)).T


def write_directions(bundle, width):
    target = HERE.parent.parent / f"bundles/metric.{bundle}/src/main/resources/org/atelier/metric/{bundle}/directions.csv"
    target.write_text("\n".join(",".join(repr(float(x)) for x in row) for row in directions(width)) + "\n")


def figures(folder):
    colours = [report.lab(Image.open(file)) for file in sorted((FIXTURES / folder).glob("[0-9][0-9][0-9].png"))]
    found = {}
    for name, describe in (("palette", report.palette), ("texture", report.texture)):
        described = [describe(picture) for picture in colours]
        every, first = report.spread(described)
        found[name] = {
            "pairs": float(every),
            "reference": float(first),
            "parts": [report.distance(described[i], described[j]) for i, j in combinations(range(len(described)), 2)],
        }
    return found


def main():
    write_directions("palette", 3)
    write_directions("texture", 5)
    found = {folder: figures(folder) for folder in ("sketchbook-none", "sketchbook-shared")}
    (FIXTURES / "metrics.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
