"""Makes the ControlNet from which train_controlnet.py depth starts. Usage: start_depth_control.py CANNY OUT MINUTES [MODEL]

sketchbook-canny already follows outlines, so only its conditioning embedding has to change: it is taught to give for the depth of a
scene what it gave for the edges of the scene's geometry. That needs no UNet, and as the embedding is convolutional, pieces of maps suffice,
so it is quick. Half of the maps are as they are rendered, the others disturbed or, with the folder MODEL of sketchbook-depth, its
estimates of drawings, so that estimates are followed too.
"""
import copy
import os
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import ControlNetModel

import common
import depth_world
import world
from evaluate_depth import Estimator

canny, out, minutes, lr0, batch = sys.argv[1], sys.argv[2], float(sys.argv[3]), 2e-3, 16
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2)))
net = ControlNetModel.from_pretrained(canny).float()
learner, teacher = net.controlnet_cond_embedding, copy.deepcopy(net.controlnet_cond_embedding).requires_grad_(False)
SCENES, PIECE = 400, 64
estimator = Estimator(Path(sys.argv[4])) if len(sys.argv) > 4 else None
opt = torch.optim.Adam(learner.parameters(), lr=lr0)
rng, edges, depths = np.random.default_rng([2000, 1]), [], []
for number in range(SCENES):
    scene = world.sample(rng)
    edges.append(cv2.Canny(common.plain(scene, rng), 100, 200))
    seen, kind = depth_world.depth(scene, rng), number % 4
    if kind == 0 and estimator:
        seen = estimator(np.asarray(world.draw(scene, rng, common.SIZE))[None])[0]
    elif kind < 2:
        seen = depth_world.disturbed(seen, rng)
    depths.append(depth_world.condition(seen))
pairs, t0, step, acc = np.stack([edges, depths], 1), time.time(), 0, []
while time.time() - t0 < minutes * 60:
    frac = (time.time() - t0) / (minutes * 60)
    opt.param_groups[0]["lr"] = lr0 * min(1, (step + 1) / 20) * (1 - .9 * frac)
    pieces = []
    for i in rng.integers(0, SCENES, batch):
        y, x = rng.integers(0, common.SIZE - PIECE + 1, 2) // 4 * 4
        piece = pairs[i, :, y:y + PIECE, x:x + PIECE]
        pieces.append(piece[..., ::-1] if rng.random() < .5 else piece)
    both = torch.from_numpy(np.stack(pieces)).float()[:, :, None].expand(-1, -1, 3, -1, -1) / 255
    with torch.no_grad():
        aim = teacher(both[:, 0])
    loss = (learner(both[:, 1]) - aim).pow(2).mean() / aim.var()
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.)
    opt.step()
    step += 1
    acc.append(loss.item())
    if step % 20 == 0:
        print(f"step {step} unexplained {np.mean(acc):.3f} {time.time() - t0:.0f}s", flush=True)
        acc = []
net.save_pretrained(out)
