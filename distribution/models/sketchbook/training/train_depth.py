"""Trains sketchbook-depth. Usage: train_depth.py PICTURES MINUTES

Learns from the first PICTURES of the folders of depth_draw.py in SKETCHBOOK/drawings; HELD more judge it on the way. The backbone is
frozen, so it sees each picture once (SKETCHBOOK/features.pt). Goes on with the neck in SKETCHBOOK/depth.pt, and writes there.
"""
import os
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

import common
import depth_world
from depth_network import Backbone, Neck

HELD, BATCH, LEARNING_RATE = 24, 8, 2e-3


def normalised(pixels):
    """(batch, side, side, 3) of uint8 -> (batch, 3, side, side), as DPTImageProcessor makes it."""
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


def rank_correlation(a, b):
    """Spearman's, with mean ranks for equal values."""
    from scipy.stats import rankdata

    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def error(predicted, truth, sharpness):
    """Mean distance, the error of the silhouette, and, as far as it is given, the distance of neighbours' differences."""
    inside = F.binary_cross_entropy_with_logits(15 * (predicted - depth_world.OBJECT), (truth > depth_world.OBJECT).float())
    slopes = sum((predicted.diff(dim=d) - truth.diff(dim=d)).abs().mean() for d in (1, 2))
    return (predicted - truth).abs().mean() + .1 * inside + sharpness * slopes


@torch.no_grad()
def features(backbone, pixels):
    parts = []
    for k in range(0, len(pixels), 20):
        parts.append([x.half() for x in backbone(normalised(pixels[k:k + 20]))])
        print("features", min(k + 20, len(pixels)), f"{time.process_time():.0f}s of processor", flush=True)
    return [torch.cat(level) for level in zip(*parts)]


def main():
    count, minutes = int(sys.argv[1]), float(sys.argv[2])
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2)))
    folders, parts = sorted((common.ROOT / "drawings").iterdir()), []
    while sum(map(len, parts)) < count + HELD:
        parts.append(depth_world.Drawings.read(folders[len(parts)]))
    pixels, truth = (np.concatenate([getattr(p, k) for p in parts])[:count + HELD] for k in ("pixels", "depth"))
    cache, out = common.ROOT / "features.pt", common.ROOT / "depth.pt"
    if not cache.exists() or len(torch.load(cache)[0]) < count + HELD:
        torch.save(features(Backbone(), pixels), cache)
    seen, pixels, truth = torch.load(cache), normalised(pixels), torch.from_numpy(truth.astype(np.float32))
    neck = Neck().train()
    neck.prior.data[0] = torch.from_numpy(depth_world.background(common.SIZE)).float()
    if out.exists():
        neck.load_state_dict(torch.load(out))
    optimiser = torch.optim.AdamW(neck.parameters(), lr=LEARNING_RATE, weight_decay=.01)

    def estimated(some):
        return neck(*[level[some].float() for level in seen], pixels[some])

    def judged():
        neck.eval()
        with torch.no_grad():
            found = estimated(torch.arange(count, count + HELD))
        neck.train()
        return np.mean([rank_correlation(a, b) for a, b in zip(found.flatten(1).numpy(), truth[count:].flatten(1).numpy())])

    begun, step, losses = time.time(), 0, []
    while time.time() - begun < minutes * 60:
        part = (time.time() - begun) / (minutes * 60)
        optimiser.param_groups[0]["lr"] = LEARNING_RATE * min(1, (step + 1) / 30) * (.5 + .5 * np.cos(np.pi * part)) + 1e-6
        some = torch.randperm(count)[:BATCH]
        loss = error(estimated(some), truth[some], .5 * part)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(neck.parameters(), 1.)
        optimiser.step()
        step += 1
        losses.append(loss.item())
        if step % 50 == 0:
            right = f" rank correlation {judged():.4f}" if step % 100 == 0 else ""
            print(f"step {step} loss {np.mean(losses):.4f}{right} {time.time() - begun:.0f}s {time.process_time():.0f}s of processor", flush=True)
            losses = []
            torch.save(neck.state_dict(), out)
    print(f"steps {step} rank correlation {judged():.4f} of {HELD}", flush=True)
    torch.save(neck.state_dict(), out)


if __name__ == "__main__":
    main()
