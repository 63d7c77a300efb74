"""Makes the fixtures of Stable Diffusion 1.x and 2.x: networks, whole sets, references, PLMS.

python family_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py. The sets share attention by the reference's own processors; the inversion is that of the
reference's inversion.py, written down again for one text encoder, "" as the unconditional half, and velocity.
"""
import torch
from diffusers import (
    DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, PNDMScheduler, StableDiffusionInpaintPipeline,
    UniPCMultistepScheduler)
from PIL import Image

import tiny_sd
from make_fixtures import EXACT, NEGATIVE, denoiser, difference, initial_noise, main, picture, randn, scheduler_config

PROMPTS = ["a red fish, stained glass", "a house, stained glass", "a rocket"]
MODELS = ("sd1", "sd2")
SAMPLERS = {
    "ddim": (DDIMScheduler, {}),
    "euler": (EulerDiscreteScheduler, {}),
    "dpm++2m": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++", "solver_order": 2, "solver_type": "midpoint"}),
    "unipc": (UniPCMultistepScheduler, {"solver_type": "bh2", "solver_order": 2}),
    "pndm": (PNDMScheduler, {"skip_prk_steps": True}),
}
ZERO_SNR = {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing", "prediction_type": "v_prediction"}
SEED = 7
STEPS = 6


def folder(fixtures, name):
    return fixtures.out / f"tiny-{name}"


def load(fixtures, name):
    return [tiny_sd.load(folder(fixtures, name), dtype) for dtype in (torch.float32, EXACT)]


def family_models(fixtures):
    for family in MODELS:
        tiny_sd.write(folder(fixtures, family), family, fixtures.sketchbook)
    tiny_sd.write(folder(fixtures, "sd1-inpaint"), "sd1", fixtures.sketchbook, inputs=9)


# ---- networks -------------------------------------------------------------------------------------------------------
def family_networks(fixtures):
    """Text with and without clip_skip, one call of each UNet, the autoencoder."""
    tensors, rounding = {}, {}
    for family in MODELS:
        pipeline, exact = load(fixtures, family)
        tensors[f"{family}.ids"] = pipeline.tokenizer(
            PROMPTS, padding="max_length", max_length=tiny_sd.TOKENS, truncation=True, return_tensors="pt").input_ids
        for skip in (None, 0, 1):
            name = f"{family}.text.{'default' if skip is None else skip}"
            encoded = text(pipeline, skip)
            for key, value, truth in zip(("prompt_embeds", "negative_prompt_embeds"), encoded, text(exact, skip)):
                tensors[f"{name}.{key}"] = value
                rounding[f"{family}.text"] = max(rounding.get(f"{family}.text", 0), difference(value, truth))
        assert difference(tensors[f"{family}.text.1.prompt_embeds"], tensors[f"{family}.text.default.prompt_embeds"]) > 0.01
        networks(tensors, rounding, family, pipeline.unet, exact.unet)
        image, latents = picture(32, 32, seed=41), randn(1, 4, 16, 16, seed=42)
        means = [model.vae.encode(image.to(model.vae.dtype)).latent_dist.mean * model.vae.config.scaling_factor
                 for model in (pipeline, exact)]
        images = [model.vae.decode(latents.to(model.vae.dtype) / model.vae.config.scaling_factor).sample
                  for model in (pipeline, exact)]
        tensors.update({f"{family}.vae.image": image, f"{family}.vae.latents": means[0], f"{family}.vae.decoded": images[0],
                        f"{family}.vae.sample": latents})
        rounding[f"{family}.vae"] = max(difference(*means), difference(*images))
        tensors[f"{family}.vae.decoded"] = images[0]
    inpaint = [tiny_sd.load(folder(fixtures, "sd1-inpaint"), dtype, StableDiffusionInpaintPipeline) for dtype in (torch.float32, EXACT)]
    networks(tensors, rounding, "sd1-inpaint", inpaint[0].unet, inpaint[1].unet)
    fixtures.tensors("families", tensors)
    fixtures.facts("families", {"prompts": PROMPTS, "negative_prompt": NEGATIVE})
    fixtures.rounding("families", rounding)


def text(pipeline, skip):
    return pipeline.encode_prompt(PROMPTS, "cpu", 1, True, negative_prompt=[NEGATIVE] * len(PROMPTS), clip_skip=skip)


def networks(tensors, rounding, name, unet, exact):
    inputs = unet.config.in_channels
    for number, (size, (rows, height, width, timestep)) in enumerate({"square": (2, 16, 16, 501), "odd": (1, 15, 19, 1)}.items()):
        latents = randn(rows, inputs, height, width, seed=50 + number)
        states = 1.5 * randn(rows, tiny_sd.TOKENS, tiny_sd.WIDTH, seed=60 + number)
        outputs = [model(latents.to(model.dtype), torch.tensor(timestep), states.to(model.dtype)).sample for model in (unet, exact)]
        prefix = f"{name}.unet.{size}."
        tensors.update({f"{prefix}sample": latents, f"{prefix}states": states, f"{prefix}timestep": torch.tensor([timestep]),
                        f"{prefix}output": outputs[0]})
        rounding[f"{name}.unet.{size}"] = difference(*outputs)


# ---- whole sets -----------------------------------------------------------------------------------------------------
def set_cases():
    """name -> (model, sampler, changes of the stock scheduler, arguments of the pipeline)."""
    v = {"prediction_type": "v_prediction"}
    epsilon = {"prediction_type": "epsilon"}
    cases = {}
    for sampler in SAMPLERS:
        cases[f"sd1.{sampler}"] = ("sd1", sampler, {}, {})
        cases[f"sd2.{sampler}"] = ("sd2", sampler, v, {})
        if sampler != "pndm":
            cases[f"sd2.{sampler}.zero-snr"] = ("sd2", sampler, ZERO_SNR, {"guidance_rescale": 0.7})
    cases["sd1.old-scheduler"] = ("sd1", "ddim", {"steps_offset": 0, "clip_sample": True}, {})
    cases["sd2.epsilon"] = ("sd2", "ddim", epsilon, {})
    cases["sd1.clip-skip"] = ("sd1", "ddim", {}, {"clip_skip": 1, "negative_prompt": [NEGATIVE] * 3})
    cases["sd1.guidance-rescale"] = ("sd1", "ddim", {}, {"guidance_rescale": 0.7})
    cases["sd2.negative"] = ("sd2", "ddim", v, {"negative_prompt": [NEGATIVE] * 3})
    cases["sd1.unguided"] = ("sd1", "ddim", {}, {"guidance_scale": 1.0})
    return cases


def scheduler_of(fixtures, pipeline, model, sampler, changes):
    """As the pipeline's constructor leaves the configuration: offset 1, no clipping."""
    kind, settings = SAMPLERS[sampler]
    config = {**scheduler_config(folder(fixtures, model)), **changes, **settings}
    components = {**pipeline.components, "scheduler": kind.from_config(config)}
    return type(pipeline)(**components, requires_safety_checker=False).scheduler


def family_sets(fixtures):
    """Whole sets of three, aligned, six steps, seed 7: the last latents."""
    tensors, rounding, facts = {}, {}, {"prompts": PROMPTS, "negative_prompt": NEGATIVE, "seed": SEED, "steps": STEPS, "cases": {}}
    models = {name: load(fixtures, name) for name in MODELS}
    for name, (model, sampler, changes, arguments) in set_cases().items():
        given = {"guidance_scale": 7.5, **arguments}
        latents = []
        for pipeline in models[model]:
            pipeline.scheduler = scheduler_of(fixtures, pipeline, model, sampler, changes)
            latents.append(drawn(fixtures, pipeline, given))
        tensors[f"{name}.latents"] = latents[0]
        rounding[name] = {"std": float(f"{latents[0].std().item():.3g}"), "latents_float64": difference(*latents)}
        facts["cases"][name] = {
            "model": model, "sampler": sampler, "scheduler": changes, "guidance": given["guidance_scale"],
            "guidance_rescale": given.get("guidance_rescale", 0.0), "clip_skip": given.get("clip_skip", 0),
            "negative": "negative_prompt" in given}
    for name, other in (("sd1.ddim", "sd1.pndm"), ("sd1.ddim", "sd1.guidance-rescale"), ("sd1.ddim", "sd1.clip-skip"),
                        ("sd2.ddim", "sd2.epsilon"), ("sd2.ddim", "sd2.ddim.zero-snr")):
        assert difference(tensors[f"{name}.latents"], tensors[f"{other}.latents"]) > 1e-2, f"{name} and {other} are the same"
    fixtures.tensors("family-sets", tensors)
    fixtures.facts("family-sets", facts)
    fixtures.rounding("family-sets", {"largest": max(one["latents_float64"] for one in rounding.values()), **rounding})


def drawn(fixtures, pipeline, arguments, start=None, follow=None):
    """The last latents of a set through the pipeline; the reference code shares only with guidance."""
    shares = arguments["guidance_scale"] > 1
    handler = fixtures.handler(pipeline)
    if shares:
        handler.register(fixtures.arguments())
    initial = initial_noise(3, 4, 16, 16, SEED) if start is None else start
    options = {} if follow is None else {"callback_on_step_end": follow}
    latents = pipeline(PROMPTS, height=32, width=32, num_inference_steps=STEPS, latents=initial.to(pipeline.unet.dtype),
                       output_type="latent", **options, **arguments).images
    if shares:
        handler.remove()
    return latents


# ---- references -----------------------------------------------------------------------------------------------------
def family_references(fixtures):
    """Inversion of a picture, and a set of two targets in its style, with epsilon and with velocity."""
    tensors, rounding, facts = {}, {}, {
        "prompts": PROMPTS, "seed": SEED, "steps": STEPS, "inversion-offset": 1, "inversion-guidance": 2.0, "guidance": 7.5}
    (fixtures.out / "pictures").mkdir(exist_ok=True)
    pixels = ((picture(32, 32, seed=732)[0].permute(1, 2, 0) + 1) / 2 * 255).round().to(torch.uint8).numpy()
    saved = fixtures.out / "pictures" / "square.png"
    if saved.exists():
        import numpy
        pixels = numpy.array(Image.open(saved).convert("RGB"))
    image = (torch.from_numpy(pixels).float() / 255. * 2 - 1).permute(2, 0, 1).unsqueeze(0)
    for model in MODELS:
        results = []
        for pipeline in load(fixtures, model):
            pipeline.scheduler = scheduler_of(fixtures, pipeline, model, "ddim", {})
            trajectory = inverted(pipeline, image)
            start = torch.cat([trajectory[1:2].float(), initial_noise(3, 4, 16, 16, SEED)[1:]])

            def follow(_pipeline, step, _timestep, given, trajectory=trajectory):
                given["latents"][0] = trajectory[max(2, step + 1)]
                return given

            results.append((trajectory, drawn(fixtures, pipeline, {"guidance_scale": 7.5}, start, follow)))
        tensors[f"{model}.zts"], tensors[f"{model}.latents"] = results[0]
        rounding[model] = {"zts_float64": difference(results[0][0], results[1][0]),
                           "latents_float64": difference(results[0][1][1:], results[1][1][1:])}
    fixtures.tensors("family-references", tensors)
    fixtures.facts("family-references", facts)
    fixtures.rounding("family-references", rounding)


def inverted(pipeline, image):
    """inversion.py's _ddim_loop: the trajectory, noisiest first."""
    scheduler = pipeline.scheduler
    scheduler.set_timesteps(STEPS)
    mean = pipeline.vae.encode(image.to(pipeline.vae.dtype)).latent_dist.mean
    latents = mean * pipeline.vae.config.scaling_factor
    conditional, unconditional = pipeline.encode_prompt(PROMPTS[0], "cpu", 1, True)
    states = torch.cat([unconditional, conditional])
    trajectory = [latents]
    for timestep in reversed(scheduler.timesteps):
        halves = pipeline.unet(torch.cat([latents] * 2), timestep, states).sample.chunk(2)
        output = halves[0] + 2.0 * (halves[1] - halves[0])
        source = int(timestep) - scheduler.config.num_train_timesteps // STEPS
        before = scheduler.alphas_cumprod[source] if source >= 0 else scheduler.final_alpha_cumprod
        after = scheduler.alphas_cumprod[timestep]
        if scheduler.config.prediction_type == "v_prediction":
            original = before ** 0.5 * latents - (1 - before) ** 0.5 * output
            noise = before ** 0.5 * output + (1 - before) ** 0.5 * latents
        else:
            original, noise = (latents - (1 - before) ** 0.5 * output) / before ** 0.5, output
        latents = after ** 0.5 * original + (1 - after) ** 0.5 * noise
        trajectory.append(latents)
    return torch.cat(list(reversed(trajectory)))


# ---- PLMS -----------------------------------------------------------------------------------------------------------
def family_plms(fixtures):
    """Ten steps of PNDM with a stand-in for the network; and from the middle, with the first step of the rest doubled."""
    tensors, facts = {}, {}
    stock = tiny_sd.STOCK["sd1"]
    configs = {"stock": stock, "trailing": {**stock, "timestep_spacing": "trailing"},
               "linspace": {**stock, "timestep_spacing": "linspace"}, "alpha-to-one": {**stock, "set_alpha_to_one": True},
               "v-prediction": {**stock, "prediction_type": "v_prediction"}}
    for number, (name, config) in enumerate(configs.items()):
        scheduler = PNDMScheduler.from_config(config)
        scheduler.set_timesteps(10)
        latents = randn(1, 4, 3, 5, seed=800 + number)
        tensors[f"{name}.initial"] = latents
        rows = []
        for timestep in scheduler.timesteps:
            latents = scheduler.step(denoiser(latents, timestep), timestep, latents).prev_sample
            rows.append(latents)
        tensors[f"{name}.latents"] = torch.cat(rows)
        facts[name] = {"config": config, "first": 0, "schedules": {}}
        for steps in (1, 2, 3, 10, 50):
            scheduler.set_timesteps(steps)
            facts[name]["schedules"][str(steps)] = [int(t) for t in scheduler.timesteps]
    for first in (1, 4, 8, 9):
        # The rest of the list, its first step doubled as diffusers doubles that of the whole list.
        scheduler = PNDMScheduler.from_config(stock)
        scheduler.set_timesteps(10)
        plain = [int(t) for t in scheduler._timesteps[::-1]][first:]
        doubled = plain if len(plain) == 1 else [plain[0], plain[1], *plain[1:]]
        latents = randn(1, 4, 3, 5, seed=820 + first)
        tensors[f"from-{first}.initial"] = latents
        rows = []
        for timestep in doubled:
            latents = scheduler.step(denoiser(latents, timestep), timestep, latents).prev_sample
            rows.append(latents)
        tensors[f"from-{first}.latents"] = torch.cat(rows)
        facts[f"from-{first}"] = {"config": stock, "first": first, "schedules": {}}
    fixtures.tensors("plms", tensors)
    fixtures.facts("plms", facts)


if __name__ == "__main__":
    main([family_models, family_networks, family_sets, family_references, family_plms], __doc__)
