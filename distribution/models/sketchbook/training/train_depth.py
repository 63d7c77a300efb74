"""Trains sketchbook-depth: a small hybrid DPT. Usage: train_depth.py MINUTES [GENERATED]

Learns from the folders of depth_draw.py in SKETCHBOOK/drawings, except the last HELD pictures, which judge it on the way; goes on with
SKETCHBOOK/depth, and writes there. GENERATED is a folder of depth_generate.py, of which a quarter of the pictures then are.
"""
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
from scipy.stats import rankdata
from transformers import DPTConfig, DPTForDepthEstimation

import common
import depth_world

HELD, WIDTHS, HIDDEN, LAYERS = 48, [48, 96, 160], 160, 4


def network():
    """As DPT-Hybrid, but small: three stages of convolutions, of which the first two lead straight to the fusion, then a transformer on 8 x 8 patches."""
    backbone = {"model_type": "bit", "global_padding": "same", "layer_type": "bottleneck", "depths": [1, 2, 2], "embedding_size": 32, "hidden_sizes": WIDTHS,
                "num_groups": 8, "out_features": ["stage1", "stage2", "stage3"], "embedding_dynamic_padding": True}
    config = DPTConfig(is_hybrid=True, image_size=common.SIZE, patch_size=16, backbone_featmap_shape=[1, WIDTHS[-1], common.SIZE // 16, common.SIZE // 16],
                       neck_ignore_stages=[0, 1], hidden_size=HIDDEN, num_attention_heads=5, num_hidden_layers=LAYERS, intermediate_size=4 * HIDDEN,
                       backbone_out_indices=[0, 1, LAYERS // 2 - 1, LAYERS - 1], neck_hidden_sizes=[*WIDTHS[:2], HIDDEN, HIDDEN], fusion_hidden_size=32,
                       readout_type="project", backbone_config=backbone, attn_implementation="eager")
    model = DPTForDepthEstimation(config)
    torch.nn.init.constant_(model.head.head[4].bias, .3)  # the last layer is a ReLU and must not begin dead
    return model


def normalised(pixels):
    """(batch, side, side, 3) of uint8 -> (batch, 3, side, side), as DPTImageProcessor makes it."""
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


def rank_correlation(a, b):
    """Spearman's, with mean ranks for equal values."""
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def augmented(x, y):
    """Mirrored, in other lights and colours, a little noisy."""
    if np.random.random() < .5:
        x, y = x.flip(-1), y.flip(-1)
    x = x * (1 + .12 * torch.randn(len(x), 3, 1, 1)) + .12 * torch.randn(len(x), 3, 1, 1)
    return (x + .06 * torch.rand(len(x), 1, 1, 1) * torch.randn_like(x)).clamp(-1, 1), y


def error(predicted, truth):
    """Mean distance, and that of neighbours' differences, which keeps outlines sharp."""
    slopes = sum((predicted.diff(dim=d) - truth.diff(dim=d)).abs().mean() for d in (1, 2))
    return (predicted - truth).abs().mean() + slopes


@torch.no_grad()
def judged(model, pixels, truth):
    model.eval()
    found = torch.cat([model(pixel_values=x).predicted_depth for x in normalised(pixels).split(16)])
    model.train()
    return np.mean([rank_correlation(a, b) for a, b in zip(found.numpy(), truth.astype(np.float32))])


def main():
    minutes, batch, lr0 = float(sys.argv[1]), 12, 1.5e-3
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2)))
    out = common.ROOT / "depth"
    model = (DPTForDepthEstimation.from_pretrained(out) if out.exists() else network()).float().train()
    folders = sorted(f for f in (common.ROOT / "drawings").iterdir() if (f / "scenes.jsonl").exists())
    parts = [depth_world.Drawings.read(f) for f in folders]
    pixels, truth = (np.concatenate([getattr(p, k) for p in parts]) for k in ("pixels", "depth"))
    held, pixels, truth = (pixels[-HELD:], truth[-HELD:]), pixels[:-HELD], truth[:-HELD]
    own = depth_world.Drawings.read(Path(sys.argv[2])) if len(sys.argv) > 2 else None
    print("drawings", len(pixels), "generated", len(own) if own else 0, "weights", sum(p.numel() for p in model.parameters()), flush=True)
    opt = torch.optim.AdamW(model.parameters(), lr=lr0, weight_decay=.01)
    rng, t0, step, acc = np.random.default_rng(int(time.time())), time.time(), 0, []
    while time.time() - t0 < minutes * 60:
        frac = (time.time() - t0) / (minutes * 60)
        opt.param_groups[0]["lr"] = lr0 * min(1, (step + 1) / 40) * (.5 + .5 * np.cos(np.pi * frac)) + 1e-6
        pick = rng.choice(len(pixels), batch, replace=False)
        x, y = normalised(pixels[pick]), torch.from_numpy(truth[pick].astype(np.float32))
        if own:
            few = batch // 4
            some = rng.choice(len(own), few, replace=False)
            x[-few:], y[-few:] = normalised(own.pixels[some]), torch.from_numpy(own.depth[some].astype(np.float32))
        x, y = augmented(x, y)
        loss = error(model(pixel_values=x).predicted_depth, y)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.)
        opt.step()
        step += 1
        acc.append(loss.item())
        if step % 40 == 0:
            seen = f" rank correlation {judged(model, *held):.4f}" if step % 160 == 0 else ""
            print(f"step {step} loss {np.mean(acc):.4f}{seen} {time.time() - t0:.0f}s", flush=True)
            acc = []
    print(f"steps {step} rank correlation {judged(model, *held):.4f} of {HELD}", flush=True)
    model.save_pretrained(out)


if __name__ == "__main__":
    main()
