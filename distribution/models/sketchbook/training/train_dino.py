"""Trains sketchbook-dino, an encoder whose class tokens are near for pictures in one style, whatever they show.
Usage: train_dino.py OUT STEPS TRAINING-FOLDER... (folders of encoder_draw.py and encoder_generate.py)

Supervised contrastive (Khosla et al., 2020), not DINO's self-distillation; only its output has DINO's layout. Sixteen looks of five
objects make a batch. Pictures of one look attract each other, and so do pictures of one named style; objects are never
labels. `withheld` names the objects and styles that no training picture has: evaluate_encoders.py asks for them.
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch

from encoder_network import PictureEncoder, augment, unit
from encoder_world import INVENTED, Pictures, normalised

LOOKS, LEARNING_RATE, TEMPERATURE, STYLE_WEIGHT = 16, 1.5e-3, .1, 1.
WITHHELD_OBJECTS, WITHHELD_STYLES = ("cat", "boat", "umbrella", "mushroom"), ("stained glass", "pixel art")


def withheld(known):
    return known["object"] in WITHHELD_OBJECTS or known["style"] in WITHHELD_STYLES


def attraction(similarity, same, use):
    """Supervised contrastive loss over the rows that have a positive; `use` says which pairs count at all."""
    eye = torch.eye(len(same), dtype=torch.bool)
    logits = (similarity / TEMPERATURE).masked_fill(eye | ~use, -1e4)
    positive = (same & ~eye & use).float()
    rows = positive.sum(1) > 0
    return -(positive * logits.log_softmax(1)).sum(1)[rows].div(positive.sum(1)[rows]).mean()


def main(out, steps, folders):
    torch.set_num_threads(1)
    torch.manual_seed(4)
    rng = np.random.default_rng(4)
    parts = [Pictures.read(folder, 1_000_000 * k).where(lambda k: not withheld(k)) for k, folder in enumerate(folders)]
    data = sum(parts[1:], parts[0])
    looks, alone = {}, []
    for i, known in enumerate(data.known):
        looks.setdefault(known["look"], []).append(i) if known["look"] is not None else alone.append(i)
    looks = [members for members in looks.values() if len(members) > 1]
    weight = np.array([3. if data.known[members[0]]["kind"] == "shared" else 1. for members in looks])
    styles = {style: number for number, style in enumerate(sorted({k["style"] for k in data.known}))}
    print(len(data), "pictures,", len(looks), "looks,", len(alone), "pictures of no look", flush=True)
    encoder = PictureEncoder().to(memory_format=torch.channels_last).train()
    if out.exists():
        encoder.load_state_dict(torch.load(out))
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=LEARNING_RATE, weight_decay=.02)
    printed, losses = time.time(), []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, 5 * (step + 1) / min(steps, 500)) * (1 - step / steps)
        chosen, look = [], []
        for number in rng.choice(len(looks), LOOKS, replace=False, p=weight / weight.sum()):
            members = rng.permutation(looks[number])[:5]
            chosen += list(members)
            look += [number] * len(members)
        extra = rng.choice(alone, 16, replace=False) if len(alone) >= 16 else []
        chosen += list(extra)
        look = torch.tensor(look + [-1 - k for k in range(len(extra))])
        style = torch.tensor([styles[data.known[i]["style"]] for i in chosen])
        has_style, has_look = style != styles.get(INVENTED, -1), look >= 0
        pixels = normalised(augment(data.pixels[chosen], rng))
        with torch.autocast("cpu", torch.bfloat16):
            tokens = encoder(pixels.to(memory_format=torch.channels_last))[:, 0]
        tokens = unit(tokens)
        similarity = tokens @ tokens.T
        # A picture of no look might share one with a picture of its style, so such a pair says nothing about looks.
        same_style = (style[:, None] == style[None, :]) & has_style[:, None] & has_style[None, :]
        value = attraction(similarity, look[:, None] == look[None, :], ~same_style | (has_look[:, None] & has_look[None, :]))
        value = value + STYLE_WEIGHT * attraction(similarity, same_style | (look[:, None] == look[None, :]), torch.ones_like(same_style))
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.)
        optimiser.step()
        losses.append(value.item())
        if step % 50 == 49:
            print(f"step {step + 1} loss {np.mean(losses):.4f} {50 * len(chosen) / (time.time() - printed):.0f} img/s", flush=True)
            printed, losses = time.time(), []
            torch.save(encoder.state_dict(), out)
    torch.save(encoder.state_dict(), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [Path(folder) for folder in sys.argv[3:]])
