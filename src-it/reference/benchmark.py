"""The Python peer: generates a set with diffusers and the reference StyleAligned code, and says what it cost, as JSON.

python benchmark.py --style-aligned DIR --model DIR --out DIR [--images 8] [--steps 20] [--repeat 2] [PROMPT...]

The same set as `atelier generate --steps 20 --seed 42 --style "stained glass" PROMPT...` generates: float32 on the CPU, DDIM from the
model's own scheduler config, guidance 5, image i from the generator seeded with seed + i. Seconds count from the first line of this
file, before any import; the start of the interpreter is not in them. The first repetition is the cold one.
"""
import time

START = time.perf_counter()

import argparse
import json
import statistics
import sys
from pathlib import Path

PROMPTS = ["a house", "a fish", "a rocket", "a castle", "a cat", "a tree", "a boat", "a mushroom", "an umbrella", "a butterfly"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style-aligned", type=Path, required=True, help="a checkout of google/style-aligned")
    parser.add_argument("--model", type=Path, required=True, help="a model folder in diffusers' layout")
    parser.add_argument("--out", type=Path, required=True, help="where the pictures go")
    parser.add_argument("--images", type=int, help="how many of the prompts to draw, repeated if there are fewer (all)")
    parser.add_argument("--style", default="stained glass")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--cfg-scale", type=float, default=5.0)
    parser.add_argument("--size", type=int, help="side of the pictures in pixels (the model's own)")
    parser.add_argument("--attention", choices=("shared", "none"), default="shared")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("prompts", nargs="*", default=PROMPTS, metavar="PROMPT")
    return parser.parse_args()


class Stopwatch:
    """The seconds of every call of a module."""

    def __init__(self, module):
        self.seconds = []
        module.register_forward_pre_hook(self.start, with_kwargs=True)
        module.register_forward_hook(self.stop, with_kwargs=True)

    def start(self, *_):
        self.started = time.perf_counter()

    def stop(self, *_):
        self.seconds.append(time.perf_counter() - self.started)


def draw(pipeline, watch, given, prompts):
    """One set: seconds from the request to the first and to the last image on disk, and of every call of the UNet."""
    import torch

    began = time.perf_counter()
    generators = [torch.Generator().manual_seed(given.seed + i) for i in range(len(prompts))]
    watch.seconds = []
    pictures = pipeline(
        prompts, generator=generators, num_inference_steps=given.steps, guidance_scale=given.cfg_scale,
        height=given.size, width=given.size).images
    saved = []
    for i, picture in enumerate(pictures):
        picture.save(given.out / f"{i:03d}.png")
        saved.append(time.perf_counter())
    return {
        "first_png_from_start": round(saved[0] - START, 4),
        "first_png": round(saved[0] - began, 4),
        "total": round(saved[-1] - began, 4),
        "unet_calls": len(watch.seconds),
        "unet_call_median": round(statistics.median(watch.seconds), 5),
        "unet_total": round(sum(watch.seconds), 4),
    }


def main():
    given = arguments()
    sys.path.insert(0, str(given.style_aligned.resolve()))
    import diffusers
    import torch
    import transformers
    from sa_handler import Handler, StyleAlignedArgs
    from tiny_sdxl import load

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    diffusers.logging.disable_progress_bar()
    torch.set_num_threads(given.threads)
    imported = time.perf_counter()
    pipeline = load(given.model)
    if given.attention == "shared":
        Handler(pipeline).register(StyleAlignedArgs(share_group_norm=False, share_layer_norm=False))
    loaded = time.perf_counter()
    count = given.images or len(given.prompts)
    prompts = [given.prompts[i % len(given.prompts)] for i in range(count)]
    prompts = [f"{prompt}, {given.style}" if given.style else prompt for prompt in prompts]
    given.out.mkdir(parents=True, exist_ok=True)
    watch = Stopwatch(pipeline.unet)
    runs = [draw(pipeline, watch, given, prompts) for _ in range(given.repeat)]
    print(json.dumps({
        "versions": {"torch": torch.__version__, "diffusers": diffusers.__version__, "transformers": transformers.__version__},
        "threads": given.threads, "images": count, "steps": given.steps, "attention": given.attention, "seconds": {
            "import": round(imported - START, 4), "load": round(loaded - imported, 4), "runs": runs}}, indent=2))


if __name__ == "__main__":
    main()
