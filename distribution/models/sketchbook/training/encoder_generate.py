"""Lets sketchbook generate the pictures that train_clip.py and train_dino.py learn from and are judged on.
Usage: SKETCHBOOK=distribution/models/sketchbook encoder_generate.py OUT SEED ALONE [SETS ATELIER]

ALONE pictures come from diffusers' pipeline, each with a prompt and noise of its own. SETS sets of six come from the command ATELIER,
with shared attention. SEED 1 was for training, 9 for judging. OUT receives what encoder_draw.py writes too: pictures.npy
(uint8, N x 128 x 128 x 3) and pictures.jsonl, a line for each picture with what its prompt names. The number `look` is that of the set
whose style a picture shares; a picture that was generated alone has none.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import common
import world
from encoder_world import Pictures

STEPS, BATCH, IMAGES_OF_A_SET = 10, 8, 6


def known(scene, look, kind):
    return {"object": scene.object, "colour": scene.colour, "style": scene.style, "weather": scene.weather, "mood": scene.mood,
            "look": look, "kind": kind}


def alone(count, seed):
    from diffusers import DPMSolverMultistepScheduler, StableDiffusionXLPipeline
    torch.set_num_threads(1)
    pipeline = StableDiffusionXLPipeline.from_pretrained(common.ROOT, torch_dtype=torch.float32, add_watermarker=False)
    pipeline.scheduler = DPMSolverMultistepScheduler.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    rng = np.random.default_rng([seed, 1])
    scenes = [world.sample(rng) for _ in range(count)]
    for k in range(0, count, BATCH):
        some = scenes[k:k + BATCH]
        with torch.autocast("cpu", torch.bfloat16):
            images = pipeline([world.caption(s, rng, full=True) for s in some], num_inference_steps=STEPS, guidance_scale=5.,
                              height=common.SIZE, width=common.SIZE, output_type="np",
                              generator=torch.Generator().manual_seed(100_000 * seed + k)).images
        yield from ((np.round(image * 255).astype(np.uint8), known(s, None, "alone")) for image, s in zip(images, some))


def shared(count, seed, atelier):
    """Sets whose prompts name one style, and often one weather or mood; their colours are left open."""
    for number in range(count):
        rng = np.random.default_rng([seed, 2, number])
        first = world.sample(rng)
        objects = [str(o) for o in rng.choice(world.OBJECTS, IMAGES_OF_A_SET, replace=False)]
        words = ", ".join(word for word in (first.style, first.weather, first.mood) if word)
        prompts = [("an " if o[0] in "aeiou" else "a ") + f"{o}, {words}" for o in objects]
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "set"
            subprocess.run([atelier, "generate", *prompts, "--attention", "shared", "--seed", str(100_000 * seed + 50 * number),
                            "--steps", str(STEPS), "--sampler", "dpm++2m", "--out", out, "--quiet"], check=True)
            for k, obj in enumerate(objects):
                scene = world.Scene(obj, None, first.style, first.weather, first.mood)
                yield np.asarray(Image.open(out / f"{k:03d}.png").convert("RGB")), known(scene, number, "shared")


def main(out, seed, count, sets=0, atelier=None):
    found = []
    for source in (*([alone(count, seed)] if count else []), shared(sets, seed, atelier)):
        for picture in source:
            found.append(picture)
            if len(found) % 32 == 0:
                store(out, found)
    store(out, found)


def store(out, found):
    Pictures(np.stack([pixels for pixels, _ in found]), [line for _, line in found]).save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]), *sys.argv[5:])
