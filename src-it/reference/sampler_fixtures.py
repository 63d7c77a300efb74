"""Makes the fixtures of the samplers that add noise, and of the options of all samplers: what diffusers computes.

python sampler_fixtures.py --sketchbook DIR --out DIR

A generator of the case's seed gives the initial noise and then what the steps add, as in the pipelines.
"""
import argparse
from pathlib import Path

import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    TCDScheduler,
    UniPCMultistepScheduler,
)

from make_fixtures import Fixtures, denoiser, scheduler_config

MULTISTEP = {"solver_order": 2, "solver_type": "midpoint"}
SAMPLERS = {
    "ddim": (DDIMScheduler, {}),
    "euler": (EulerDiscreteScheduler, {}),
    "euler-ancestral": (EulerAncestralDiscreteScheduler, {}),
    "dpm++2m": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++", **MULTISTEP}),
    "dpm++2m-sde": (DPMSolverMultistepScheduler, {"algorithm_type": "sde-dpmsolver++", **MULTISTEP}),
    "unipc": (UniPCMultistepScheduler, {"solver_type": "bh2", "solver_order": 2}),
    "lcm": (LCMScheduler, {}),
    "tcd": (TCDScheduler, {}),
}
NOISY = ("euler-ancestral", "dpm++2m-sde", "lcm", "tcd")
SPACED = ("ddim", "euler", "euler-ancestral", "dpm++2m", "dpm++2m-sde", "unipc")
SIGMAS = ("euler", "dpm++2m", "dpm++2m-sde", "unipc")


def cases(fixtures):
    """(name, sampler, the model's config, options of the sampler, what these are in diffusers' config and in step())."""
    sketchbook, stock = scheduler_config(fixtures.sketchbook), scheduler_config(fixtures.tiny)
    unspaced = {key: value for key, value in sketchbook.items() if key != "timestep_spacing"}
    zero_snr = {**sketchbook, "rescale_betas_zero_snr": True, "timestep_spacing": "trailing", "prediction_type": "v_prediction"}
    configs = {"sketchbook": sketchbook, "stock": stock, "unspaced": unspaced, "zero-snr": zero_snr,
               "trailing": {**sketchbook, "timestep_spacing": "trailing"},
               "v-prediction": {**sketchbook, "prediction_type": "v_prediction"},
               "sample": {**sketchbook, "prediction_type": "sample", "timestep_spacing": "trailing"}}
    for sampler in NOISY:
        for name, config in configs.items():
            if (sampler, name) != ("euler-ancestral", "sample"):  # not implemented there
                yield f"{sampler}.{name}", sampler, config, {}, {}, {}
    for sampler in SPACED:
        for spacing in ("leading", "trailing", "linspace"):
            yield f"{sampler}.spacing-{spacing}", sampler, stock, {"spacing": spacing}, {"timestep_spacing": spacing}, {}
    for sampler in SIGMAS:
        for sigmas, prediction in (("karras", "epsilon"), ("exponential", "epsilon"), ("exponential", "v_prediction")):
            yield (f"{sampler}.sigmas-{sigmas}-{prediction}", sampler, {**sketchbook, "prediction_type": prediction},
                   {"sigmas": sigmas}, {f"use_{sigmas}_sigmas": True}, {})
        yield f"{sampler}.exponential", sampler, {**sketchbook, "use_exponential_sigmas": True}, {}, {}, {}
        yield (f"{sampler}.not-karras", sampler, {**sketchbook, "use_karras_sigmas": True}, {"sigmas": "timesteps"},
               {"use_karras_sigmas": False}, {})
    for gamma in (0.0, 0.2, 1.0):
        yield f"tcd.gamma-{gamma}", "tcd", sketchbook, {"gamma": gamma}, {}, {"eta": gamma}
    for sampler in ("lcm", "tcd"):
        config = {**sketchbook, "original_inference_steps": 40, "timestep_scaling": 1.0}
        yield f"{sampler}.distilled-40", sampler, config, {}, {}, {}
    yield "lcm.clipped", "lcm", {**sketchbook, "clip_sample": True, "clip_sample_range": 0.7}, {}, {}, {}


def schedule(scheduler, steps):
    scheduler.set_timesteps(steps)
    return {"timesteps": [float(t) for t in scheduler.timesteps], "init_noise_sigma": float(scheduler.init_noise_sigma)}


def walked(scheduler, steps, seed, arguments):
    scheduler.set_timesteps(steps)
    generator = torch.Generator().manual_seed(seed)
    latents = torch.randn(1, 4, 3, 5, generator=generator) * scheduler.init_noise_sigma
    rows = []
    for timestep in scheduler.timesteps:
        predicted = denoiser(scheduler.scale_model_input(latents, timestep), timestep)
        latents = scheduler.step(predicted, timestep, latents, **arguments).prev_sample if isinstance(
            scheduler, (EulerDiscreteScheduler, UniPCMultistepScheduler)) else scheduler.step(
            predicted, timestep, latents, generator=generator, **arguments).prev_sample
        rows.append(latents)
    return torch.cat(rows)


def noisy_samplers(fixtures):
    tensors, facts = {}, {}
    for number, (name, sampler, config, options, changes, arguments) in enumerate(cases(fixtures)):
        kind, settings = SAMPLERS[sampler]
        made = lambda: kind.from_config({**config, **changes}, **settings)
        facts[name] = {"sampler": sampler, "config": config, "options": options, "seed": 700 + number,
                       "schedules": {str(steps): schedule(made(), steps) for steps in (1, 2, 4, 8, 20)}}
        for steps in (1, 4, 10) if sampler in NOISY else (10,):
            tensors[f"{name}.{steps}"] = walked(made(), steps, 700 + number, arguments)
    fixtures.tensors("noisy-samplers", tensors)
    fixtures.cases("noisy-samplers", facts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sketchbook", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with torch.no_grad():
        noisy_samplers(Fixtures(given.out, given.sketchbook, None))
