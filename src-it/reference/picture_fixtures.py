"""Makes the fixtures of sets that take their style from images: inversion, whole sets, blends, resizing.

python picture_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py, whose `tiny` has to be there. The inversion is the reference's own inversion.py, run as
it stands but for three things: it computes in float32 where it halves, time ids say the size that is generated and not
1024 x 1024, and its progress bar is silent.
"""
import hashlib
import math
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

import numpy
import torch
from diffusers import DDIMScheduler
from PIL import Image

import tiny_sdxl
from apart import kept_apart
from make_fixtures import (
    EXACT, LN2, call, conditioning, described, difference, draw, initial_noise, levels, main, picture, randn, scheduler_config)

REFERENCE_PROMPT = "a turquoise lighthouse, stained glass"
PROMPTS = [REFERENCE_PROMPT, "a fish", "a cup"]
SIZES = {"square": (32, 32), "wide": (32, 48)}
SECOND_PROMPT = "a red fish, pop art"
SEED = 7


# ---- inversion ------------------------------------------------------------------------------------------------------
def schedulers(fixtures):
    """The notebook's own scheduler, and sketchbook's as its folder says."""
    bare = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "clip_sample": False, "set_alpha_to_one": False}
    return {"bare": {key: value for key, value in DDIMScheduler(**bare).config.items() if not key.startswith("_")},
            "offset": scheduler_config(fixtures.sketchbook)}


def inversion_cases():
    """name -> (scheduler, size, steps, guidance)."""
    return {
        "bare.square": ("bare", "square", 10, 2.0),
        "bare.wide": ("bare", "wide", 10, 2.0),
        "offset.square": ("offset", "square", 10, 2.0),
        "offset.wide": ("offset", "wide", 10, 2.0),
        "offset.seven-steps": ("offset", "square", 7, 2.0),
        "offset.guidance-1": ("offset", "square", 10, 1.0),
    }


def pixels(size, second=False):
    """The small image of a size, 8 bits: (height, width, 3)."""
    height, width = SIZES[size]
    smooth = picture(height, width, seed=700 + width)
    if second:
        smooth = picture(height, width, seed=760).roll(1, 1).flip(2) * 0.6 + 0.3
    return ((smooth[0].permute(1, 2, 0) + 1) / 2 * 255).round().to(torch.uint8).numpy()


def scaled(image):
    """Eight bits to [-1, 1], as the reference does it: (1, 3, height, width), float32."""
    return (torch.from_numpy(numpy.array(image)).float() / 255. * 2 - 1).permute(2, 0, 1).unsqueeze(0)


def encoded(pipeline, image):
    """The mean of the posterior, and what the UNet takes."""
    mean = pipeline.vae.encode(scaled(image).to(pipeline.vae.dtype)).latent_dist.mean
    return mean, mean * pipeline.vae.config.scaling_factor


@contextmanager
def reference_inversion(pipeline, height, width):
    """The reference's inversion.py without half precision, for a size that is not 1024 x 1024."""
    import inversion

    ids = pipeline._get_add_time_ids

    def ids_of_size(_original, crop, _target, dtype, text_encoder_projection_dim):
        return ids((height, width), crop, (height, width), dtype, text_encoder_projection_dim)

    with (mock.patch.object(torch.Tensor, "half", lambda tensor: tensor),
          mock.patch.object(inversion, "tqdm", lambda steps: steps),
          mock.patch.object(pipeline, "_get_add_time_ids", ids_of_size)):
        yield inversion


def inverted(pipeline, config, latents, size, prompt, steps, guidance):
    """The trajectory, noisiest first: (steps + 1, channel, height, width)."""
    pipeline.scheduler = DDIMScheduler.from_config(config)
    pipeline.scheduler.set_timesteps(steps)
    with reference_inversion(pipeline, *size) as reference:
        return reference._ddim_loop(pipeline, latents, prompt, guidance)


def inversion(fixtures):
    """Two images, their latents, and their trajectories from image to noise."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    tensors, rounding, facts = {}, {}, {"prompt": REFERENCE_PROMPT, "schedulers": schedulers(fixtures), "cases": {}}
    (fixtures.out / "pictures").mkdir(exist_ok=True)
    for size, (height, width) in SIZES.items():
        image = pixels(size)
        Image.fromarray(image).save(fixtures.out / "pictures" / f"{size}.png", optimize=True)
        mean, latents = encoded(pipeline, image)
        with mock.patch.object(pipeline.vae, "to"), reference_inversion(pipeline, height, width) as reference:
            assert torch.equal(reference._encode_image(pipeline, image), latents), "the picture is not encoded as the reference does"
            added, embeds = reference._encode_text_sdxl_with_negative(pipeline, REFERENCE_PROMPT)
        tensors.update({f"{size}.image": scaled(image), f"{size}.mean": mean, f"{size}.latents": latents,
                        f"{size}.time_ids": added["time_ids"], "prompt_embeds": embeds, "pooled": added["text_embeds"]})
        rounding[f"{size}.latents"] = difference(latents, encoded(exact, image)[1])
    for name, (scheduler, size, steps, guidance) in inversion_cases().items():
        config, rest = facts["schedulers"][scheduler], (SIZES[size], REFERENCE_PROMPT, steps, guidance)
        image = pixels(size)
        latents = encoded(pipeline, image)[1]
        trajectory = inverted(pipeline, config, latents, *rest)
        nudged = inverted(pipeline, config, latents + 1e-6 * randn(*latents.shape, seed=710), *rest)
        tensors[f"{name}.zts"] = trajectory
        rounding[name] = {
            "std": float(f"{trajectory[0].std().item():.3g}"),
            "zts_float64": difference(trajectory, inverted(exact, config, encoded(exact, image)[1], *rest)),
            "zts_latents_1e-6": difference(trajectory, nudged)}
        facts["cases"][name] = {
            "scheduler": scheduler, "size": size, "height": SIZES[size][0], "width": SIZES[size][1], "steps": steps, "guidance": guidance,
            "way": way(DDIMScheduler.from_config(config), steps)}
    fixtures.tensors("inversion", tensors)
    fixtures.facts("inversion", facts)
    fixtures.rounding("inversion", rounding)


def way(scheduler, steps):
    """In the order of the inversion: the timestep that the UNet receives, where the latents come from (below 0: before the first), both alphas."""
    scheduler.set_timesteps(steps)
    found = []
    for timestep in reversed([int(t) for t in scheduler.timesteps]):
        source = min(timestep - scheduler.config.num_train_timesteps // steps, 999)
        alpha = scheduler.alphas_cumprod[source] if source >= 0 else scheduler.final_alpha_cumprod
        found.append({"timestep": timestep, "from": source, "alpha-from": float(alpha), "alpha-to": float(scheduler.alphas_cumprod[timestep])})
    return found


# ---- whole sets from a picture ---------------------------------------------------------------------------------------
NOTEBOOK = {"share_group_norm": True, "shared_score_shift": LN2}
FAMOUS = {"share_group_norm": True, "shared_score_scale": 0.5}


@dataclass
class Case:
    """One whole set: where the reference comes from, how it is shared, and how that varies by step and by target."""

    flags: dict = field(default_factory=dict)
    inversion: str | None = "offset.square"
    offset: int = 1
    guidance: float = 5.0
    window: tuple = (0.0, 1.0)
    by_target: tuple = ()


def cases():
    """name -> the set: three images of ten steps, the first of them the reference."""
    strengths = ({"shared_score_shift": LN2}, {"shared_score_scale": 0.5})
    return {
        "notebook": Case(NOTEBOOK, "bare.square", 1, 10.0),
        "notebook-offset-0": Case(NOTEBOOK, "bare.square", 0, 10.0),
        "notebook-offset-5": Case(NOTEBOOK, "bare.square", 5, 10.0),
        "plain": Case(),
        "plain-offset-5": Case(offset=5),
        "group-norm": Case({"share_group_norm": True}),
        "shift": Case({"shared_score_shift": LN2}),
        "famous": Case(FAMOUS, guidance=10.0),
        "level": Case({**NOTEBOOK, "only_self_level": 0.3}),
        "wide": Case(NOTEBOOK, "offset.wide", 1, 10.0),
        "window": Case(NOTEBOOK, window=(0.2, 0.75)),
        "window-prompts": Case({}, None, 0, window=(0.0, 0.5)),
        "strengths": Case({"share_group_norm": True}, by_target=strengths),
        "strengths-prompts": Case({}, None, 0, by_target=strengths),
    }


def windowed(fixtures, pipeline, flags, window, steps):
    """Sharing acts in step i of n if from <= i / n < to; what is registered before the first step, and after each."""
    handler = fixtures.handler(pipeline)
    active = [window[0] <= step / steps < window[1] for step in range(steps)] + [False]

    def act(before, now):
        if before and not now:
            handler.remove()
        if now and not before:
            handler.register(fixtures.arguments(**flags))

    act(False, active[0])
    return lambda step: act(active[step], active[step + 1])


def set_of(fixtures, pipeline, config, case, trajectory, initial, prompts, **arguments):
    """A set as the reference's notebook generates it: the first image is put back on the trajectory after every step."""
    steps = arguments.get("num_inference_steps", 10)
    start, follow = initial.to(pipeline.unet.dtype), None
    if trajectory is not None:
        import inversion as reference
        noisiest, follow = reference.make_inversion_callback(trajectory, offset=case.offset)
        start = torch.cat([noisiest.unsqueeze(0).to(start.dtype), start[1:]])
    change = windowed(fixtures, pipeline, case.flags, case.window, steps)

    def after_step(pipeline_, step, timestep, given):
        change(step)
        return given if follow is None else follow(pipeline_, step, timestep, given)

    return draw(fixtures, pipeline, config, "ddim", None, start, after_step, prompt=prompts, guidance_scale=case.guidance, **arguments)


def whole_set(fixtures, pipeline, config, case, trajectory, initial, size):
    """The set of a case; where targets differ in strength, each is generated with the reference alone."""
    height, width = size
    if not case.by_target:
        return set_of(fixtures, pipeline, config, case, trajectory, initial, PROMPTS, height=height, width=width)
    pairs = [
        set_of(fixtures, pipeline, config, Case({**case.flags, **strength}, case.inversion, case.offset, case.guidance), trajectory,
               initial[[0, target]], [PROMPTS[0], PROMPTS[target]], height=height, width=width)
        for target, strength in enumerate(case.by_target, 1)]
    latents = torch.cat([pairs[0][0]] + [pair[0][:, 1:] for pair in pairs[1:]], dim=1)
    return latents, torch.cat([pairs[0][1]] + [pair[1][1:] for pair in pairs[1:]])


def references(fixtures):
    """Whole sets of three with the tiny model, ten steps, seed 7: the reference and two targets."""
    tensors, facts, rounding = drawn_sets(fixtures, cases())
    vary(tensors)
    write_sets(fixtures, "references", tensors, facts, rounding)


FULL = {"full_attention_share": True}


def full_references(fixtures):
    """The same where every image attends to all, the reference among them: the last latents."""
    sets = {"full": Case(FULL), "full-level": Case({**FULL, "only_self_level": 0.3}, guidance=10.0), "full-window": Case(FULL, window=(0.2, 0.75))}
    tensors, facts, rounding = drawn_sets(fixtures, sets)
    last = {name: value[-1] for name, value in tensors.items() if name.endswith(".latents")}
    assert all(difference(last["full.latents"][1:], last[f"{other}.latents"][1:]) > 1e-2 for other in ("full-level", "full-window"))
    write_sets(fixtures, "full-references", last, facts, rounding)


def write_sets(fixtures, file, tensors, facts, rounding):
    fixtures.tensors(file, tensors)
    fixtures.facts(file, facts)
    fixtures.rounding(file, {"largest": {
        key: max(measured[key] for measured in rounding.values()) for key in next(iter(rounding.values()))}, **rounding})


def drawn_sets(fixtures, cases):
    """Latents of every step and images of each case, what each is, and how far rounding and noise move it."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    configs = schedulers(fixtures)
    tensors, rounding, facts = {}, {}, {"prompts": PROMPTS, "seed": SEED, "steps": 10, "cases": {}}
    for name, case in cases.items():
        scheduler, size, steps, guidance = inversion_cases()[case.inversion or "offset.square"]
        config, size = configs[scheduler], SIZES[size]
        trajectories = {model: None for model in (pipeline, exact)}
        if case.inversion is not None:
            trajectories = {model: inverted(model, config, encoded(model, pixels(inversion_cases()[case.inversion][1]))[1], size,
                                            REFERENCE_PROMPT, steps, guidance) for model in (pipeline, exact)}
        initial = initial_noise(3, 4, size[0] // 2, size[1] // 2, SEED)
        nudge = 1e-6 * randn(*initial.shape, seed=720)
        latents, images = whole_set(fixtures, pipeline, config, case, trajectories[pipeline], initial, size)
        exact_latents, exact_images = whole_set(fixtures, exact, config, case, trajectories[exact], initial, size)
        nudged_latents, nudged_images = whole_set(fixtures, pipeline, config, case, trajectories[pipeline], initial + nudge, size)
        tensors.update({f"{name}.latents": latents, f"{name}.images": images})
        rounding[name] = {
            "latents_std": float(f"{latents[-1].std().item():.3g}"),
            "latents_float64": difference(latents, exact_latents), "images_float64": difference(images, exact_images),
            "latents_noise_1e-6": difference(latents, nudged_latents), "images_noise_1e-6": difference(images, nudged_images)}
        facts["cases"][name] = {
            "inversion": case.inversion, "inversion-offset": case.offset if case.inversion else None, "scheduler": scheduler,
            "guidance": case.guidance, "height": size[0], "width": size[1], "from": case.window[0], "to": case.window[1],
            "sharing": described(fixtures, case.flags, 12),
            "targets": [described(fixtures, {**case.flags, **strength}, 12) for strength in case.by_target] or None}
    return tensors, facts, rounding


def vary(tensors):
    """Cases that must differ do; images that must agree between cases do."""
    last = {name.removesuffix(".latents"): value[-1] for name, value in tensors.items() if name.endswith(".latents")}
    for name, other in (("notebook", "notebook-offset-0"), ("notebook", "notebook-offset-5"), ("plain", "group-norm"), ("plain", "shift"),
                        ("plain", "famous"), ("plain", "window"), ("strengths", "group-norm")):
        assert difference(last[name][1:], last[other][1:]) > 1e-2, f"{name} and {other} are the same"
    for name in ("plain", "window", "strengths", "famous"):
        assert difference(last[name][0], last["group-norm"][0]) == 0, f"the reference of {name} is not the picture"


# ---- blends ---------------------------------------------------------------------------------------------------------
def linear(latents, weights):
    """The weighted sum."""
    return sum(weight * latent for weight, latent in zip(weights, latents))


def slerp_reference(latents, weights):
    """The fold of the multi-reference repository: rows along the last axis, the first latent already weighted, no clamp."""
    weights = torch.tensor(weights, dtype=torch.float32)
    weights = weights / weights.sum()
    blended = latents[0] * weights[0]
    for weight, latent in zip(weights[1:], latents[1:]):
        cosine = ((blended / blended.norm(dim=-1, keepdim=True)) * (latent / latent.norm(dim=-1, keepdim=True))).sum(-1, keepdim=True)
        angle = torch.acos(cosine)
        blended = torch.sin((1 - weight) * angle) / torch.sin(angle) * blended + torch.sin(weight * angle) / torch.sin(angle) * latent
    return blended


def slerp(latents, weights):
    """The weighted mean on the sphere (Karcher) of the directions of the whole latents, as long as the weighted mean of their lengths.

    The point u with sum w_i log_u(u_i) = 0, where log_u(v) = angle * (v - cos u) / |v - cos u|. It does not depend on the order; of two it
    is their slerp: sin((1-t) o)/sin(o) u_0 + sin(t o)/sin(o) u_1 with t = w_1. In float64.
    """
    flat = torch.stack([latent.double().flatten() for latent in latents])
    weights = torch.tensor(weights, dtype=EXACT).unsqueeze(1)
    lengths = flat.norm(dim=1, keepdim=True)
    directions = flat / lengths
    mean = (weights * directions).sum(0)
    mean = mean / mean.norm()
    for _ in range(200):
        cosines = (directions @ mean).clamp(-1, 1).unsqueeze(1)
        tangents = directions - cosines * mean
        sines = tangents.norm(dim=1, keepdim=True)
        angles = torch.atan2(sines, cosines)
        step = (weights * torch.where(sines > 1e-300, angles / sines.clamp_min(1e-300), torch.ones_like(angles)) * tangents).sum(0)
        length = step.norm()
        if length < 1e-15:
            break
        mean = math.cos(length) * mean + math.sin(length) * step / length
        mean = mean / mean.norm()
    assert length < 1e-13, "the mean on the sphere did not converge"
    return (mean * (weights * lengths).sum()).view(latents[0].shape)


def blends(fixtures):
    """Two and three latents of different lengths, wide apart and close together, blended three ways."""
    base = randn(1, 4, 16, 16, seed=730)
    latents = {
        "apart": [base, 1.5 * randn(1, 4, 16, 16, seed=731) + 0.2, 0.6 * randn(1, 4, 16, 16, seed=732)],
        "related": [base, 0.6 * base + 0.8 * randn(1, 4, 16, 16, seed=733), 0.9 * base + 0.5 * randn(1, 4, 16, 16, seed=734)],
        "close": [base, base + 1e-4 * randn(1, 4, 16, 16, seed=735)],
        "equal": [base, base.clone(), base.clone()],
        "wide": [randn(1, 4, 16, 24, seed=736), randn(1, 4, 16, 24, seed=737)],
    }
    weights = {
        "apart": [(0.5, 0.5), (0.3, 0.7), (0.9, 0.1), (0.2, 0.3, 0.5), (0.5, 0.2, 0.3)], "related": [(0.5, 0.5), (0.25, 0.75), (0.2, 0.3, 0.5)],
        "close": [(0.5, 0.5)], "equal": [(0.3, 0.7), (0.2, 0.3, 0.5)], "wide": [(0.6, 0.4)]}
    tensors, rounding, facts = {}, {}, {"cases": {}}
    for group, given in latents.items():
        tensors.update({f"{group}.latents.{number}": latent for number, latent in enumerate(given)})
        for shares in weights[group]:
            name, parts = f"{group}.{'-'.join(map(str, shares))}", given[:len(shares)]
            reference = slerp_reference(parts, shares)
            finite = bool(torch.isfinite(reference).all())
            facts["cases"][name] = {"latents": [f"{group}.latents.{number}" for number in range(len(shares))], "weights": shares,
                                    "slerp-reference": finite, "not-a-number": float((~torch.isfinite(reference)).float().mean())}
            tensors.update({f"{name}.linear": linear(parts, shares), f"{name}.slerp": slerp(parts, shares)})
            rounding[name] = {"linear": difference(linear(parts, shares), linear([part.double() for part in parts], shares))}
            if finite:
                tensors[f"{name}.slerp-reference"] = reference
                rounding[name]["slerp-reference"] = difference(reference, slerp_reference([part.double() for part in parts], shares))
            backwards = slerp(parts[::-1], shares[::-1])
            assert difference(backwards, slerp(parts, shares)) < 1e-12, "the order matters"
    assert difference(tensors["equal.0.3-0.7.slerp"], base) < 1e-6, "equal references are not themselves"
    fixtures.tensors("blends", tensors)
    fixtures.facts("blends", facts)
    fixtures.rounding("blends", rounding)


# ---- references kept apart -------------------------------------------------------------------------------------------
def apart_cases():
    """name -> (weights, flags, guidance)."""
    return {
        "halves": ((0.5, 0.5), {}, 5.0),
        "weighted": ((0.3, 0.7), {}, 5.0),
        "notebook": ((0.3, 0.7), NOTEBOOK, 10.0),
        "everything": ((0.8, 0.2), {**FAMOUS, "shared_score_shift": LN2, "adain_values": True}, 5.0),
    }


def apart(fixtures):
    """Two references kept apart and two targets: one call of the UNet, and whole sets from two images."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    config, size, prompts = scheduler_config(fixtures.sketchbook), SIZES["square"], [REFERENCE_PROMPT, SECOND_PROMPT, *PROMPTS[1:]]
    pictures = [pixels("square"), pixels("square", second=True)]
    Image.fromarray(pictures[1]).save(fixtures.out / "pictures" / "second.png", optimize=True)
    latents, given = randn(4, 4, 16, 16, seed=761), conditioning(pipeline, 8, 762)
    initial = torch.cat([torch.zeros(2, 4, 16, 16), initial_noise(3, 4, 16, 16, SEED)[1:]])
    trajectories = {model: [inverted(model, config, encoded(model, image)[1], size, prompt, 10, 2.0)
                            for image, prompt in zip(pictures, prompts)] for model in (pipeline, exact)}
    tensors = {"call.latents": latents, **{f"call.{key}": value for key, value in given.items()},
               "zts.0": trajectories[pipeline][0], "zts.1": trajectories[pipeline][1]}
    facts, rounding = {"prompts": prompts, "seed": SEED, "steps": 10, "inversion-offset": 1, "timestep": 601, "cases": {}}, {}
    for name, (weights, flags, guidance) in apart_cases().items():
        results = {}
        for model in (pipeline, exact):
            with kept_apart(model.unet, weights, fixtures.arguments(**flags)):
                output = call(model.unet, torch.cat([latents] * 2), facts["timestep"], given)
                results[model] = output, *apart_set(fixtures, model, config, trajectories[model], initial, prompts, guidance)
        found, truth = results[pipeline], results[exact]
        tensors.update({f"{name}.output": found[0], f"{name}.latents": found[1][-1], f"{name}.images": found[2]})
        rounding[name] = dict(zip(("output", "latents", "images"), (difference(a, b) for a, b in zip(found, truth))))
        facts["cases"][name] = {"weights": weights, "guidance": guidance, "sharing": described(fixtures, flags, 12)}
        rounding[name]["equal-references"] = against_one(fixtures, exact, weights, flags, latents, given)
    fixtures.tensors("apart", tensors)
    fixtures.facts("apart", facts)
    fixtures.rounding("apart", rounding)


def apart_set(fixtures, pipeline, config, trajectories, initial, prompts, guidance):
    """As `set_of`, with both references put back on their trajectories after every step."""
    import inversion as reference

    starts, follow = zip(*(reference.make_inversion_callback(trajectory, offset=1) for trajectory in trajectories))

    def after_step(pipeline_, step, timestep, given):
        for number, put_back in enumerate(follow):
            put_back(pipeline_, step, timestep, {"latents": given["latents"][number:]})
        return given

    start = torch.cat([torch.stack(starts), initial[2:].to(starts[0].dtype)])
    return draw(fixtures, pipeline, config, "ddim", None, start, after_step, prompt=prompts, guidance_scale=guidance)


def against_one(fixtures, pipeline, weights, flags, latents, given):
    """How far two equal references are from the reference's own code with that one."""
    same = torch.cat([latents[:1], latents[:1], latents[2:]] * 2)
    rows = [0, 0, 2, 3, 4, 4, 6, 7]
    with kept_apart(pipeline.unet, weights, fixtures.arguments(**flags)):
        two = call(pipeline.unet, same, 601, {key: value[rows] for key, value in given.items()})
    handler = fixtures.handler(pipeline)
    handler.register(fixtures.arguments(**flags))
    rows = [0, 2, 3, 4, 6, 7]
    one = call(pipeline.unet, latents[[0, 2, 3] * 2], 601, {key: value[rows] for key, value in given.items()})
    handler.remove()
    found = difference(two[[0, 2, 3, 4, 6, 7]], one)
    assert found < 1e-12, "equal references are not one"
    return found


# ---- resizing -------------------------------------------------------------------------------------------------------
def resize(fixtures):
    """Small images and what Pillow's bicubic makes of them."""
    folder = fixtures.out / "resize"
    folder.mkdir(exist_ok=True)
    facts = {"cases": []}
    smooth, noise = picture(75, 100, seed=740), randn(1, 3, 40, 40, seed=741).clamp(-1, 1)
    edges = torch.zeros(1, 3, 24, 36).add_(-1)
    edges[:, 0, 4:20, 6:30], edges[:, 1, :, 18:], edges[:, 2, 12:] = 1, 1, 1
    pictures = {
        "smooth": (smooth, [(32, 32), (64, 48), (128, 128), (99, 76), (100, 40), (40, 75)]), "noise": (noise, [(16, 16), (64, 64), (48, 13), (41, 39), (30, 48), (40, 40)]),
        "edges": (edges, [(64, 64), (12, 8), (7, 50), (72, 48)]), "pixel": (noise[..., :1, :1], [(8, 8)]), "line": (noise[..., :1, :9], [(4, 6), (32, 1)])}
    for name, (values, targets) in pictures.items():
        image = Image.fromarray(((values[0].permute(1, 2, 0) + 1) / 2 * 255).round().to(torch.uint8).numpy())
        image.save(folder / f"{name}.png", optimize=True)
        for width, height in targets:
            file = f"{name}-{width}x{height}.png"
            image.resize((width, height)).save(folder / file, optimize=True)
            facts["cases"].append({"from": f"{name}.png", "to": file, "width": width, "height": height})
    fixtures.facts("resize/resize", facts)


def resampling(fixtures):
    """What every filter of Pillow makes of the images of `resize`, as SHA-256 of the rows of red, green, blue."""
    folder = fixtures.out / "resize"
    sizes = {"smooth": [(32, 32), (128, 128), (100, 40), (40, 75), (133, 20), (91, 20)], "noise": [(16, 16), (64, 64), (48, 13), (41, 39), (30, 48), (13, 13), (35, 14)],
             "edges": [(64, 64), (12, 8), (7, 50), (25, 25)], "pixel": [(8, 8)], "line": [(4, 6), (32, 1), (3, 1)]}
    cases = []
    for name, targets in sizes.items():
        image = Image.open(folder / f"{name}.png").convert("RGB")
        for width, height in targets:
            for code in range(6):
                digest = hashlib.sha256(image.resize((width, height), Image.Resampling(code)).tobytes()).hexdigest()
                cases.append({"from": f"{name}.png", "resample": code, "width": width, "height": height, "sha256": digest})
    fixtures.facts("resize/resampling", {"cases": cases})


# ---- sketchbook in the style of a picture ----------------------------------------------------------------------------
def sketchbook_reference(fixtures):
    """A set in the style of an image with the sketchbook model: image, latents, PNGs, and how far noise moves them."""
    sys.path.insert(0, str((fixtures.sketchbook / "training").resolve()))
    import world

    folder = fixtures.out / "sketchbook-reference"
    folder.mkdir(exist_ok=True)
    request = {"prompts": PROMPTS, "seed": 42, "steps": 50, "guidance": 10.0, "width": 128, "height": 128, "sampler": "ddim",
               "inversion-steps": 50, "inversion-cfg": 2.0, "inversion-offset": 5, "sharing": described(fixtures, NOTEBOOK, 12), "world-seed": 4711}
    del request["sharing"]["plain-layers"]
    scene = world.Scene("lighthouse", "turquoise", "stained glass", None, None)
    drawn = world.draw(scene, numpy.random.default_rng(request["world-seed"]), 128)
    drawn.save(folder / "reference.png", optimize=True)
    config, size = scheduler_config(fixtures.sketchbook), (128, 128)
    case = Case(NOTEBOOK, offset=5, guidance=10.0)
    initial = initial_noise(3, 4, 32, 32, request["seed"])

    def drawn_with(model, noise=0.0, picture_noise=0.0):
        latents = encoded(model, drawn)[1]
        latents = latents + picture_noise * randn(*latents.shape, seed=750).to(latents.dtype)
        trajectory = inverted(model, config, latents, size, REFERENCE_PROMPT, 50, 2.0)
        start = initial + noise * randn(*initial.shape, seed=751)
        steps, images = set_of(fixtures, model, config, case, trajectory, start, PROMPTS, num_inference_steps=50, height=128, width=128)
        return trajectory, steps[-1], images

    pipeline, exact = tiny_sdxl.load(fixtures.sketchbook), tiny_sdxl.load(fixtures.sketchbook, EXACT)
    trajectory, latents, images = drawn_with(pipeline)
    for i, image in enumerate(pipeline.image_processor.pt_to_numpy(images)):
        pipeline.image_processor.numpy_to_pil(image)[0].save(folder / f"{i:03d}.png", optimize=True)
    kept = {"zts.0": trajectory[0], "zts.5": trajectory[5], "zts.25": trajectory[25], "zts.50": trajectory[50]}
    fixtures.tensors("sketchbook-reference/latents", {"initial": initial, "latents": latents, **kept})
    measured = {}
    for name, other in {"noise_1e-4": lambda: drawn_with(pipeline, noise=1e-4), "picture_1e-4": lambda: drawn_with(pipeline, picture_noise=1e-4),
                        "float64": lambda: drawn_with(exact)}.items():
        other_trajectory, other_latents, other_images = other()
        measured[name] = {
            "zts": difference(trajectory, other_trajectory), "latents": difference(latents, other_latents), "images": difference(images, other_images),
            "levels": int((levels(images) - levels(other_images)).abs().max()),
            "pixels_that_differ": int((levels(images) != levels(other_images)).sum())}
    fixtures.facts("sketchbook-reference/request", {"request": request, "measured": measured})


if __name__ == "__main__":
    main([inversion, references, full_references, blends, apart, resize, resampling, sketchbook_reference], __doc__)
