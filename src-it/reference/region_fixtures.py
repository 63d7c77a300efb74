"""Fixtures of regions with prompts of their own (MultiDiffusion, Bar-Tal et al. 2023): the tiny SDXL by the algorithm of the paper's
region-based code, alone and in the style of a first image by google/style-aligned.

    python region_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR

Arguments as for make_fixtures.py. As there: a mask is cut at half its range and brought to the size of the latents by nearest neighbour;
what no mask covers belongs to the prompt of the image; at each step every prompt runs with every window, and the latents after a step of
the scheduler are averaged by the masks; in the first steps a region is put on a background of one colour, with the noise of the image.

What differs on purpose:
- the colours and which of them is taken come from SplitMix64 by position, not from torch's global generator in order, so that a set can be
  resumed at any step and an image does not depend on the others of its set;
- a colour is encoded to the mean of its latents, not to a sample;
- the bootstrapped steps are a share of all, two fifths by default, which is the paper's code's 20 of 50;
- a negative prompt is that of the set; the initial noise is that of torch's CPU generator with the seed of the image;
- windows may wrap, as in the circular panoramas of diffusers; schedulers other than DDIM have a state for each window and prompt.
"""
import copy

import numpy
import torch
from PIL import Image, ImageDraw, ImageFilter

import make_fixtures
import tiny_sdxl
from make_fixtures import EXACT, PROMPTS, SET_PROMPTS, difference, initial_noise, scheduler_config, scheduler_of
from panorama_fixtures import Conditioned, encoded

SEED, STEPS, GUIDANCE, SIDE, FACTOR = 7, 8, 5.0, 16, 2
TEXTS = [SET_PROMPTS[1], SET_PROMPTS[0], SET_PROMPTS[2], PROMPTS[-1]]
MASKS = ["left", "right", "between"]
MOST_COLOURS = 20
BITS = (1 << 64) - 1


# ---- what is random -------------------------------------------------------------------------------------------------
def mixed(bits):
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & BITS
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & BITS
    return bits ^ bits >> 31


def random_bits(seed, *position):
    state = mixed(seed)
    for coordinate in position:
        state = mixed(state + 0x9E3779B97F4A7C15 * (coordinate + 1) & BITS)
    return state


def colours(steps):
    """Colours in [0, 1], the same for every image."""
    return [[(random_bits(0, colour, channel) >> 40) / 2 ** 24 for channel in range(3)] for colour in range(min(steps, MOST_COLOURS))]


def encoded_colours(vae, steps, height, width):
    pictures = [2 * torch.tensor(colour, dtype=vae.dtype)[None, :, None, None].expand(1, 3, height, width) - 1 for colour in colours(steps)]
    return [vae.encode(picture).latent_dist.mean * vae.config.scaling_factor for picture in pictures]


# ---- masks ----------------------------------------------------------------------------------------------------------
def drawn_masks():
    """One of the size of the panorama with a soft edge, one of another size, and one that overlaps both."""
    left = Image.new("L", (80, 32), 0)
    ImageDraw.Draw(left).ellipse((3, 4, 30, 28), fill=255)
    right = Image.new("L", (107, 45), 0)
    ImageDraw.Draw(right).rectangle((61, 5, 101, 37), fill=200)
    between = Image.new("L", (80, 32), 40)
    ImageDraw.Draw(between).polygon((24, 2, 60, 10, 40, 30), fill=128)
    return dict(zip(MASKS, (left.filter(ImageFilter.GaussianBlur(2)), right, between)))


def mask_of(folder, name, height, width):
    levels = numpy.array(Image.open(folder / f"{name}.png").convert("L"), dtype=numpy.float32)
    mask = (torch.from_numpy(levels)[None, None] / 255 >= 0.5).float()
    return torch.nn.functional.interpolate(mask, size=(height, width), mode="nearest")


def with_background(masks):
    return torch.cat([(1 - masks.sum(0, keepdim=True)).clamp(min=0), masks])


# ---- the algorithm --------------------------------------------------------------------------------------------------
def windows(rows, columns, stride, circular):
    """Row indices and column indices of every window, row by row."""
    tops = range(0, rows - SIDE + 1, stride)
    lefts = range(0, columns, stride) if circular else range(0, columns - SIDE + 1, stride)
    return [(torch.arange(top, top + SIDE), torch.arange(left, left + SIDE) % columns) for top in tops for left in lefts]


def cut(image, window):
    return image[:, :, window[0]][:, :, :, window[1]]


def add(image, window, part):
    rows, columns = torch.meshgrid(*window, indexing="ij")
    image[:, :, rows, columns] += part


class Network:
    """The guided prediction; each row has one of the texts, by index."""

    def __init__(self, pipeline, texts):
        self.unet = Conditioned(pipeline.unet)
        self.embeds, self.negative, self.pooled, self.negative_pooled = encoded(pipeline, texts)

    def __call__(self, latents, timestep, texts):
        self.unet.pooled = torch.cat([self.negative_pooled[texts], self.pooled[texts]])
        noise = self.unet(torch.cat([latents] * 2), timestep, torch.cat([self.negative[texts], self.embeds[texts]]))
        without, with_text = noise.sample.chunk(2)
        return without + GUIDANCE * (with_text - without)


def regions(pipeline, config, case, masks, reference=None):
    """The last latents of the image; beside a reference, also those of the reference."""
    sampler, rows, columns, stride, circular, share = (case[key] for key in ("sampler", "height", "width", "stride", "circular", "bootstrapping"))
    dtype = pipeline.unet.dtype
    texts = TEXTS[:len(masks)]
    network = Network(pipeline, texts + SET_PROMPTS[:1])
    views = windows(rows, columns, stride, circular)
    scheduler = scheduler_of(sampler, config)
    scheduler.set_timesteps(STEPS)
    noise = initial_noise(1, 4, rows, columns, case["seed"]).to(dtype)
    latents = noise * scheduler.init_noise_sigma
    states = [[copy.deepcopy(scheduler) for _ in texts] for _ in views]
    of_reference = copy.deepcopy(scheduler)
    bootstrapped = round(share * STEPS)
    backgrounds = encoded_colours(pipeline.vae, bootstrapped, SIDE * FACTOR, SIDE * FACTOR)
    masks = masks.to(dtype)
    for step, timestep in enumerate(scheduler.timesteps):
        value, count = torch.zeros_like(latents), torch.zeros_like(latents)
        inputs, scaled, rows = [], [], []
        if reference is not None:
            scaled.append(of_reference.scale_model_input(reference, timestep))
            rows.append(len(texts))
        for view, window in enumerate(views):
            for text in range(len(texts)):
                own = cut(latents, window)
                if text > 0 and step < bootstrapped:
                    top, left = int(window[0][0]), int(window[1][0])
                    colour = random_bits(case["seed"], step, top, left, text) % len(backgrounds)
                    behind = scheduler.add_noise(backgrounds[colour], cut(noise, window), timestep[None])
                    mask = cut(masks[text:text + 1], window)
                    own = own * mask + behind * (1 - mask)
                inputs.append((view, text, own))
                scaled.append(states[view][text].scale_model_input(own, timestep))
                rows.append(text)
        predicted = list(network(torch.cat(scaled), timestep, rows).split(1))
        if reference is not None:
            reference = of_reference.step(predicted.pop(0), timestep, reference).prev_sample
        for (view, text, own), noise_of_view in zip(inputs, predicted):
            mask = cut(masks[text:text + 1], views[view])
            add(value, views[view], states[view][text].step(noise_of_view, timestep, own).prev_sample * mask)
            add(count, views[view], mask.expand_as(own))
        latents = torch.where(count > 0, value / count, value)
    return latents, reference


# ---- the cases ------------------------------------------------------------------------------------------------------
def case(sampler="ddim", height=SIDE, width=40, stride=8, circular=False, bootstrapping=0.4, masks=2, seed=SEED):
    return {"sampler": sampler, "height": height, "width": width, "stride": stride, "circular": circular,
            "bootstrapping": bootstrapping, "masks": masks, "seed": seed}


CASES = {
    "whole": case(width=SIDE),
    "whole-euler": case("euler", width=SIDE, masks=3),
    "panorama": case(),
    "overlap": case(masks=3),
    "euler": case("euler"),
    "dpm++2m": case("dpm++2m", masks=3),
    "both-sides": case("dpm++2m", height=24, width=32),
    "circular": case(circular=True, masks=3),
    "plain": case(bootstrapping=0.0),
    "always": case(bootstrapping=1.0, masks=1),
}
# The cases of which it is measured how far float64 moves them.
MEASURED = {"whole", "panorama", "dpm++2m"}
SHARED = {
    "shared-whole": (case(width=SIDE, seed=SEED + 1), {}),
    "shared": (case(seed=SEED + 1), {"share_group_norm": True}),
}


def region_prompts(fixtures):
    """Regions of the tiny model, eight steps, guidance 5, seed 7."""
    folder = fixtures.out / "regions"
    folder.mkdir(exist_ok=True)
    for name, mask in drawn_masks().items():
        mask.save(folder / f"{name}.png", optimize=True)
    pipelines = [tiny_sdxl.load(fixtures.tiny, dtype) for dtype in (torch.float32, EXACT)]
    config = scheduler_config(fixtures.tiny)
    tensors, rounding = {}, {}
    facts = {"prompts": TEXTS, "masks": MASKS, "reference": SET_PROMPTS[0], "reference_seed": SEED, "steps": STEPS, "guidance": GUIDANCE,
             "window": SIDE, "cases": CASES, "shared": {name: {**found, "share-group-norm": bool(flags)} for name, (found, flags) in SHARED.items()}}
    for name, found in CASES.items():
        masks = with_background(torch.cat([mask_of(folder, mask, found["height"], found["width"]) for mask in MASKS[:found["masks"]]]))
        tensors[f"{name}.masks"] = masks
        latents, _ = regions(pipelines[0], config, found, masks)
        tensors[f"{name}.latents"] = latents
        if name not in MEASURED:
            continue
        exact, _ = regions(pipelines[1], config, found, masks)
        rounding[name] = {"latents_std": float(f"{latents.std().item():.3g}"), "latents_float64": difference(latents, exact)}
    for name, (found, flags) in SHARED.items():
        masks = with_background(torch.cat([mask_of(folder, mask, found["height"], found["width"]) for mask in MASKS[:found["masks"]]]))
        results = []
        for pipeline in pipelines:
            handler = fixtures.handler(pipeline)
            handler.register(fixtures.arguments(**flags))
            first = initial_noise(1, 4, SIDE, SIDE, SEED).to(pipeline.unet.dtype)
            results.append(regions(pipeline, config, found, masks, first * scheduler_of("ddim", config).init_noise_sigma))
            handler.remove()
        (latents, reference), (exact, exact_reference) = results
        tensors.update({f"{name}.latents": latents, f"{name}.reference": reference})
        rounding[name] = {"latents_std": float(f"{latents.std().item():.3g}"), "latents_float64": difference(latents, exact),
                          "reference_float64": difference(reference, exact_reference)}
    for one, other in (("panorama", "overlap"), ("panorama", "plain"), ("panorama", "circular"), ("panorama", "shared")):
        assert difference(tensors[f"{one}.latents"], tensors[f"{other}.latents"]) > 1e-2, f"{one} and {other} are the same"
    fixtures.tensors("regions", tensors)
    fixtures.facts("regions", facts)
    fixtures.rounding("regions", rounding)


if __name__ == "__main__":
    make_fixtures.main([region_prompts], __doc__)
