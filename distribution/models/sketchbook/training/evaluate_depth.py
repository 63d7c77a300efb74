"""Judges sketchbook-depth, through ONNX Runtime, on pictures that training did not have. Usage: evaluate_depth.py MODEL FOLDER... [--predict]

The folders are of depth_draw.py or depth_generate.py, with seeds from 9000. Prints for each folder, and for each style and weather in it,
means over pictures, with their number: Spearman's rank correlation of estimated and rendered depth over all pixels, the share of
pictures over 0.95, the rank correlation within the object alone, and the overlap (intersection over union) of the object's silhouettes,
both cut at `depth_world.OBJECT`. With --predict, the estimates are kept as predicted.npy in each folder, for train_controlnet.py.
"""
import sys
from pathlib import Path

import numpy as np
import onnxruntime

import depth_world
import world
from train_depth import normalised, rank_correlation

BOUND = .95


class Estimator:
    def __init__(self, folder):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def __call__(self, pixels):
        """(batch, side, side, 3) of uint8 -> (batch, side, side): inverse depth."""
        parts = [normalised(pixels[k:k + 16]).numpy() for k in range(0, len(pixels), 16)]
        return np.concatenate([self.session.run(None, {"pixel_values": part})[0] for part in parts])


def overlap(a, b):
    return float((a & b).sum() / max(1, (a | b).sum()))


def figures(found, truth):
    inside = truth > depth_world.OBJECT
    return rank_correlation(found, truth), rank_correlation(found[inside], truth[inside]), overlap(found > depth_world.OBJECT, inside)


def line(name, rows):
    rows = np.array(rows)
    if len(rows):
        print(f"| {name} | {rows[:, 0].mean():.3f} | {(rows[:, 0] > BOUND).mean():.2f} | {rows[:, 1].mean():.3f} | {rows[:, 2].mean():.3f} | {len(rows)} |", flush=True)


def main(model, folders, predict):
    estimator = Estimator(model)
    for folder in folders:
        data = depth_world.Drawings.read(folder)
        found = estimator(data.pixels)
        if predict:
            np.save(folder / "predicted.npy", found.astype(np.float16))
            continue
        rows = [figures(a, b.astype(np.float32)) for a, b in zip(found, data.depth)]
        print("| pictures | rank correlation | over 0.95 | within the object | silhouette | number |\n|---|---|---|---|---|---|")
        line(folder.name, rows)
        for key, values in (("style", world.STYLES), ("weather", [*world.WEATHERS, None]), ("object", world.OBJECTS)):
            for value in values:
                line(value or f"no {key}", [row for row, scene in zip(rows, data.scenes) if getattr(scene, key) == value])


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--predict"]
    main(Path(given[0]), [Path(folder) for folder in given[1:]], "--predict" in sys.argv)
