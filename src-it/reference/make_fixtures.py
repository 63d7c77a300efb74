"""Makes the reference fixtures: what diffusers and the reference StyleAligned code compute, to be compared in Java.

python make_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

DIR of --style-aligned is a checkout of google/style-aligned: its sa_handler.py is imported from there. With names, only
those fixtures are made again. Everything runs on the CPU in float32; where it says something, the same computation is
repeated in float64 and the largest difference written to rounding.json: what float32 itself cannot promise.
"""
import argparse
import json
import math
import sys
from itertools import product
from pathlib import Path

import diffusers
import safetensors.torch
import torch
import transformers
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, UniPCMultistepScheduler

import sdxl_base
import tiny_sdxl

SAMPLERS = {
    "ddim": (DDIMScheduler, {}),
    "euler": (EulerDiscreteScheduler, {}),
    "dpm++2m": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++", "solver_order": 2, "solver_type": "midpoint"}),
    "unipc": (UniPCMultistepScheduler, {"solver_type": "bh2", "solver_order": 2}),
}
PROMPTS = [
    "a red fish, stained glass, rainy weather, calm mood",
    "",
    "A HOUSE, Pixel Art",
    "a cat! in the café — “painting” ☃ 星",
    "it's   what's\tleft: 3.5% (of №7); <b>&amp;</b>...\n",
    "a blue house, a green tree, a pink flower, a yellow bird, a brown cat, a turquoise boat, an orange star, paper cutout, "
    "snowy weather, energetic mood, with more words than there is room for",
    "castle",
]
SET_PROMPTS = [PROMPTS[0], "a house, stained glass", "a rocket, stained glass"]
NEGATIVE = "watercolor painting, melancholic mood"
EXACT = torch.float64


class Fixtures:
    """The folder the fixtures go to, the two models, and what rounding costs."""

    def __init__(self, out: Path, sketchbook: Path, style_aligned, styleid: Path = None):
        self.out = out
        self.sketchbook = sketchbook
        self.style_aligned = style_aligned
        self.styleid = styleid
        self.tiny = out / "tiny-sdxl"
        self.rounding_file = out / "rounding.json"
        out.mkdir(parents=True, exist_ok=True)

    def tensors(self, name, tensors):
        tensors = {key: (value.float() if value.is_floating_point() else value.long()).clone().contiguous()
                   for key, value in tensors.items()}
        for key, value in tensors.items():
            assert torch.isfinite(value.float()).all(), f"{name}: {key} is not finite"
        safetensors.torch.save_file(tensors, self.out / f"{name}.safetensors")

    def facts(self, name, facts):
        tiny_sdxl.write_json(self.out / f"{name}.json", facts)

    def cases(self, name, cases):
        tiny_sdxl.write_cases(self.out / f"{name}.json", cases)

    def rounding(self, name, measured):
        known = json.loads(self.rounding_file.read_text()) if self.rounding_file.exists() else {}
        known["versions"] = {"torch": torch.__version__.split("+")[0], "diffusers": diffusers.__version__,
                             "transformers": transformers.__version__}
        known[name] = measured
        tiny_sdxl.write_json(self.rounding_file, dict(sorted(known.items())))

    def handler(self, pipeline):
        return self.style_aligned.Handler(pipeline)

    def arguments(self, **flags):
        """The reference's arguments with Atelier's defaults, which are those of the reference's SDXL demo."""
        return self.style_aligned.StyleAlignedArgs(**{"share_group_norm": False, "share_layer_norm": False, **flags})


def randn(*shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def difference(a, b):
    return float(f"{(a.double() - b.double()).abs().max().item():.3g}")


# ---- the tiny model -------------------------------------------------------------------------------------------------
def tiny(fixtures):
    tiny_sdxl.write(fixtures.tiny, fixtures.sketchbook)


# ---- the words ------------------------------------------------------------------------------------------------------
def text(fixtures):
    """Both text encoders, every layer; the SDXL conditioning made of them; the two rules for the end of the text."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    tensors, rounding = {}, {}
    encoders = [("1", pipeline.tokenizer, pipeline.text_encoder, exact.text_encoder),
                ("2", pipeline.tokenizer_2, pipeline.text_encoder_2, exact.text_encoder_2)]
    for number, tokenizer, encoder, exact_encoder in encoders:
        ids = tokenizer(PROMPTS, padding="max_length", max_length=32, truncation=True, return_tensors="pt").input_ids
        seen = encoder(ids, output_hidden_states=True)
        tensors[f"encoder_{number}.ids"] = ids
        for layer, hidden in enumerate(seen.hidden_states):
            tensors[f"encoder_{number}.hidden_states.{layer}"] = hidden
        tensors[f"encoder_{number}.last_hidden_state"] = seen.last_hidden_state
        pooled = seen[0] if number == "2" else seen.pooler_output
        tensors[f"encoder_{number}.pooled"] = pooled
        rounding[f"encoder_{number}"] = difference(
            seen.last_hidden_state, exact_encoder(ids, output_hidden_states=True).last_hidden_state)
    end_rule(pipeline, tensors)
    for name, options in {
        "default": {},
        "clip_skip_0": {"clip_skip": 0},
        "clip_skip_1": {"clip_skip": 1},
        "negative": {"negative_prompt": [NEGATIVE] * len(PROMPTS)},
        "negative_empty": {"negative_prompt": [""] * len(PROMPTS)},
        "negative_clip_skip_1": {"negative_prompt": [NEGATIVE] * len(PROMPTS), "clip_skip": 1},
    }.items():
        encoded = pipeline.encode_prompt(PROMPTS, **options)
        for key, value in zip(("prompt_embeds", "negative_prompt_embeds", "pooled", "negative_pooled"), encoded):
            tensors[f"sdxl.{name}.{key}"] = value
        for value, truth in zip(encoded, exact.encode_prompt(PROMPTS, **options)):
            rounding["sdxl"] = max(rounding.get("sdxl", 0), difference(value, truth))
    fixtures.tensors("text", tensors)
    fixtures.facts("text", {"prompts": PROMPTS, "negative_prompt": NEGATIVE})
    fixtures.rounding("text", rounding)


def end_rule(pipeline, tensors):
    """Pooled at the first end-of-text id, or, where the config says the legacy 2, at the largest id.

    In the first row the largest id, 700, stands before the id that ends the text, here 321.
    """
    ids = torch.tensor([[768, 320, 700, 585, 321, 500, 321, 0], [768, 321, 606, 598, 769, 769, 0, 0]])
    tensors["end.ids"] = ids
    encoder = pipeline.text_encoder_2
    for end in (2, 321, 769):
        encoder.text_model.eos_token_id = end
        if end != 769:
            tensors[f"end.pooled.eos_{end}"] = encoder(ids).text_embeds
    difference_of_rules = difference(tensors["end.pooled.eos_2"], tensors["end.pooled.eos_321"])
    assert difference_of_rules > 0.01, "the two rules must differ to be distinguishable"


# ---- the UNet -------------------------------------------------------------------------------------------------------
def conditioning(pipeline, rows, seed, height=16, width=16):
    """Random embeddings, pooled embeddings and size ids that differ in every row."""
    ids = torch.tensor([[2 * height + 3 * row, 2 * width, row, 2 * row, 2 * height, 2 * width] for row in range(rows)])
    return {"prompt_embeds": 1.5 * randn(rows, 32, 64, seed=seed), "pooled": randn(rows, 32, seed=seed + 1), "time_ids": ids.float()}


def call(unet, latents, timestep, given):
    dtype = unet.dtype
    return unet(
        latents.to(dtype), torch.tensor(timestep), given["prompt_embeds"].to(dtype),
        added_cond_kwargs={"text_embeds": given["pooled"].to(dtype), "time_ids": given["time_ids"].to(dtype)}).sample


def unet(fixtures):
    """One call of the UNet on square, wide and odd-sized latents, with what every block makes of the square ones."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    tensors, rounding = {}, {}
    cases = {"square": (4, 16, 16, 501), "wide": (2, 16, 24, 981), "odd": (2, 15, 19, 1)}
    for number, (name, (rows, height, width, timestep)) in enumerate(cases.items()):
        latents = randn(rows, 4, height, width, seed=100 + number)
        given = conditioning(pipeline, rows, 110 + 10 * number, height, width)
        hooks = watch(pipeline.unet, tensors, f"{name}.") if name == "square" else []
        output = call(pipeline.unet, latents, timestep, given)
        for hook in hooks:
            hook.remove()
        tensors.update({f"{name}.sample": latents, f"{name}.timestep": torch.tensor([timestep]), f"{name}.output": output})
        tensors.update({f"{name}.{key}": value for key, value in given.items()})
        rounding[name] = difference(output, call(exact.unet, latents, timestep, given))
    fixtures.tensors("unet", tensors)
    fixtures.rounding("unet", rounding)


def watch(model, tensors, prefix):
    """Keeps the output of every block, of the first two images."""
    blocks = ["conv_in", "time_proj", "time_embedding", "add_embedding", "mid_block", "conv_norm_out"]
    blocks += [f"down_blocks.{i}" for i in range(2)] + [f"up_blocks.{i}" for i in range(2)]
    inner = ["down_blocks.0.resnets.0", "down_blocks.0.downsamplers.0", "down_blocks.1.attentions.0",
             "down_blocks.1.attentions.0.norm", "down_blocks.1.attentions.0.transformer_blocks.0",
             "down_blocks.1.attentions.0.transformer_blocks.0.attn1", "down_blocks.1.attentions.0.transformer_blocks.0.attn2",
             "down_blocks.1.attentions.0.transformer_blocks.0.ff", "up_blocks.0.upsamplers.0"]

    def keep(name):
        def hook(_module, _inputs, output):
            tensors[f"{prefix}{name}"] = (output[0] if isinstance(output, tuple) else output)[:2]
        return hook

    return [model.get_submodule(name).register_forward_hook(keep(name)) for name in blocks + inner]


# ---- sharing --------------------------------------------------------------------------------------------------------
ADAIN = ("adain_queries", "adain_keys", "adain_values")
LN2 = math.log(2)


def shared_cases():
    """Every way of sharing that is distinct from the others, by name, as arguments of the reference."""
    cases = {"plain": None, "default": {}}
    for flags in product((False, True), repeat=4):
        queries, keys, values, group_norm = flags
        letters = "".join(letter for letter, on in zip("qkv", flags) if on) or "none"
        cases[f"adain-{letters}" + ("-group-norm" if group_norm else "")] = {
            **dict(zip(ADAIN, (queries, keys, values))), "share_group_norm": group_norm}
    cases["layer-norm"] = {"share_layer_norm": True}
    cases["both-norms"] = {"share_layer_norm": True, "share_group_norm": True}
    for scale, shift in product((1.0, 0.5, 1.3), (0.0, LN2, -1.0)):
        if (scale, shift) != (1.0, 0.0):
            cases[f"scale-{scale}-shift-{shift:.2f}"] = {"shared_score_scale": scale, "shared_score_shift": shift}
    for level in (0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 1.0):
        cases[f"level-{level}"] = {"only_self_level": level}
    for level in (0.3, 0.75, 1.0):
        cases[f"level-{level}-group-norm"] = {"only_self_level": level, "share_group_norm": True}
    everything = {"adain_values": True, "share_group_norm": True, "share_layer_norm": True, "shared_score_scale": 0.5,
                  "shared_score_shift": LN2}
    cases["everything"] = everything
    cases["everything-level-0.3"] = {**everything, "only_self_level": 0.3}
    cases["everything-without-adain"] = {**everything, **dict.fromkeys(ADAIN, False)}
    cases["no-attention"] = {"share_attention": False}
    cases["no-attention-group-norm"] = {"share_attention": False, "share_group_norm": True}
    cases["full"] = {"full_attention_share": True}
    cases["full-group-norm"] = {"full_attention_share": True, "share_group_norm": True}
    cases["full-level-0.3"] = {"full_attention_share": True, "only_self_level": 0.3}
    return cases


def shared(fixtures):
    """One call over three images and both halves of the guidance, with every way of sharing; and one on wide latents."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    layers = [name for name in pipeline.unet.attn_processors if "attn1" in name]
    tensors, rounding, facts = {}, {}, {"layers": [name.removesuffix(".processor") for name in layers], "timestep": 601, "cases": {}}
    inputs = {}
    for name, (height, width), seed in (("square", (16, 16), 200), ("wide", (12, 20), 210)):
        latents = randn(3, 4, height, width, seed=seed)
        inputs[name] = torch.cat([latents] * 2), conditioning(pipeline, 6, seed + 1, height, width)
        tensors[f"{name}.latents"] = latents
        tensors.update({f"{name}.{key}": value for key, value in inputs[name][1].items()})
    for case, flags in shared_cases().items():
        for name in ("square", "wide") if case in ("plain", "default", "everything") else ("square",):
            outputs = []
            for model in (pipeline, exact):
                handler = fixtures.handler(model)
                if flags is not None:
                    handler.register(fixtures.arguments(**flags))
                outputs.append(call(model.unet, inputs[name][0], facts["timestep"], inputs[name][1]))
                if flags is not None:
                    handler.remove()
            tensors[f"{name}.output.{case}"] = outputs[0]
            rounding[f"{name}.{case}"] = difference(*outputs)
        facts["cases"][case] = None if flags is None else described(fixtures, flags, len(layers))
    same_as_expected(tensors)
    fixtures.tensors("shared", tensors)
    fixtures.facts("shared", facts)
    fixtures.rounding("shared", {"largest": max(rounding.values()), **rounding})


def described(fixtures, flags, layers):
    """The arguments under Atelier's names, and which layers stay plain."""
    names = {"only_self_level": "level", "shared_score_scale": "score-scale", "shared_score_shift": "score-shift",
             "full_attention_share": "full", "share_attention": "share-attention"}
    arguments = vars(fixtures.arguments(**flags))
    plain = fixtures.style_aligned._get_switch_vec(layers, arguments["only_self_level"]).nonzero().flatten().tolist()
    return {**{names.get(key, key.replace("_", "-")): value for key, value in sorted(arguments.items())}, "plain-layers": plain}


def same_as_expected(tensors):
    """Registering took effect, and the cases that must agree do."""
    def output(name):
        return tensors[f"square.output.{name}"]
    for name in ("default", "full", "no-attention", "level-0.9", "adain-none"):
        assert difference(output("plain"), output(name)) > 1e-3, f"{name} changed nothing"
    assert difference(output("plain"), output("level-1.0")) < 1e-5
    assert difference(output("default"), output("adain-qk")) == 0
    assert difference(output("default"), output("layer-norm")) < 1e-5
    for row in (0, 3):
        assert difference(output("plain")[row], output("everything")[row]) < 1e-5, "the reference never depends on the targets"


# ---- the autoencoder ------------------------------------------------------------------------------------------------
def vae(fixtures):
    """The posterior of an image and the image of latents, square and wide, of the tiny model and of sketchbook."""
    tensors, rounding = {}, {}
    for model, folder, factor in (("tiny", fixtures.tiny, 2), ("sketchbook", fixtures.sketchbook, 4)):
        vaes = [tiny_sdxl.load(folder, dtype).vae for dtype in (torch.float32, EXACT)]
        for number, (name, (height, width)) in enumerate({"square": (32, 32), "wide": (32, 48)}.items()):
            image = picture(height, width, seed=300 + number)
            latents = randn(2, 4, height // factor, width // factor, seed=310 + number)
            posteriors = [vae.encode(image.to(vae.dtype)).latent_dist for vae in vaes]
            images = [vae.decode(latents.to(vae.dtype)).sample for vae in vaes]
            prefix = f"{model}.{name}."
            tensors.update({prefix + "image": image, prefix + "mean": posteriors[0].mean, prefix + "std": posteriors[0].std,
                            prefix + "latents": latents, prefix + "decoded": images[0]})
            rounding[prefix + "mean"] = difference(*(posterior.mean for posterior in posteriors))
            rounding[prefix + "decoded"] = difference(*images)
    fixtures.tensors("vae", tensors)
    fixtures.rounding("vae", rounding)


def picture(height, width, seed):
    """An image in [-1, 1] with smooth and sharp parts: waves and a little noise."""
    y, x = torch.meshgrid(torch.linspace(0, 6, height), torch.linspace(0, 6, width), indexing="ij")
    waves = torch.stack([torch.sin(x + 2 * y), torch.cos(3 * x), torch.sin(y * x)]).unsqueeze(0)
    return (0.7 * waves + 0.3 * randn(1, 3, height, width, seed=seed)).clamp(-1, 1)


def tiled(fixtures):
    """The tiny autoencoder in tiles of 32 pixels that share a quarter, on an image of neither whole tiles nor whole strides."""
    vaes = [tiny_sdxl.load(fixtures.tiny, dtype).vae for dtype in (torch.float32, EXACT)]
    for vae in vaes:
        vae.enable_tiling()
        vae.tile_sample_min_size, vae.tile_latent_min_size, vae.tile_overlap_factor = 32, 16, 0.25
    tensors, rounding = {}, {}
    for number, (name, (height, width)) in enumerate({"both": (48, 80), "one": (28, 62)}.items()):
        image = picture(height, width, seed=320 + number)
        latents = randn(1, 4, height // 2, width // 2, seed=330 + number)
        means = [vae.encode(image.to(vae.dtype)).latent_dist.mean for vae in vaes]
        images = [vae.decode(latents.to(vae.dtype)).sample for vae in vaes]
        tensors.update({f"{name}.image": image, f"{name}.mean": means[0], f"{name}.latents": latents, f"{name}.decoded": images[0]})
        rounding[f"{name}.mean"], rounding[f"{name}.decoded"] = difference(*means), difference(*images)
        vaes[0].disable_tiling()
        assert difference(vaes[0].decode(latents).sample, images[0]) > 1e-3, "tiles change nothing"
        vaes[0].enable_tiling()
    fixtures.tensors("tiled", tensors)
    fixtures.rounding("tiled", rounding)


# ---- the samplers ---------------------------------------------------------------------------------------------------
def sampler_cases(fixtures):
    """(name, sampler, scheduler config): every sampler from both configs and with every variant that it knows."""
    configs = {"sketchbook": scheduler_config(fixtures.sketchbook), "stock": scheduler_config(fixtures.tiny)}
    variants = {
        "trailing": {"timestep_spacing": "trailing"},
        "linspace": {"timestep_spacing": "linspace"},
        "no-offset": {"steps_offset": 0},
        "v-prediction": {"prediction_type": "v_prediction"},
        "karras": {"use_karras_sigmas": True},
        "karras-v-prediction": {"use_karras_sigmas": True, "prediction_type": "v_prediction"},
        "zero-snr": {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing", "prediction_type": "v_prediction"},
        "alpha-to-one": {"set_alpha_to_one": True},
        "linear-betas": {"beta_schedule": "linear"},
    }
    only = {"karras": ("euler", "dpm++2m", "unipc"), "karras-v-prediction": ("euler", "dpm++2m", "unipc"),
            "zero-snr": ("ddim",), "alpha-to-one": ("ddim",)}
    for sampler in SAMPLERS:
        for name, config in configs.items():
            yield f"{sampler}.{name}", sampler, config
        for variant, changes in variants.items():
            if sampler in only.get(variant, SAMPLERS):
                yield f"{sampler}.{variant}", sampler, {**configs["sketchbook"], **changes}


def scheduler_config(model):
    return json.loads((model / "scheduler" / "scheduler_config.json").read_text())


def scheduler_of(sampler, config):
    kind, settings = SAMPLERS[sampler]
    return kind.from_config(config, **settings)


def denoiser(latents, timestep):
    """Stands for the network: tanh(0.9 x) + 0.1 sin(t / 100), x the scaled input."""
    return torch.tanh(0.9 * latents) + 0.1 * math.sin(float(timestep) / 100)


def samplers(fixtures):
    """Ten steps of every sampler with a stand-in for the network, and the schedule of other numbers of steps."""
    tensors, facts = {}, {}
    for number, (name, sampler, config) in enumerate(sampler_cases(fixtures)):
        scheduler = scheduler_of(sampler, config)
        tensors.update({f"{name}.{key}": value for key, value in walked(scheduler, 10, seed=400 + number).items()})
        facts[name] = {"sampler": sampler, "config": config, "schedules": {
            str(steps): schedule(scheduler_of(sampler, config), steps) for steps in (1, 4, 10, 20, 50)}}
    fixtures.tensors("samplers", tensors)
    fixtures.cases("samplers", facts)


def schedule(scheduler, steps):
    scheduler.set_timesteps(steps)
    found = {"timesteps": [float(t) for t in scheduler.timesteps], "init_noise_sigma": float(scheduler.init_noise_sigma)}
    if hasattr(scheduler, "sigmas"):
        found["sigmas"] = [float(sigma) for sigma in scheduler.sigmas]
    return found


def walked(scheduler, steps, seed):
    scheduler.set_timesteps(steps)
    latents = randn(1, 4, 3, 5, seed=seed) * scheduler.init_noise_sigma
    kept = {"initial": latents}
    rows = {"inputs": [], "model_outputs": [], "latents": [], "pred_original_sample": []}
    for timestep in scheduler.timesteps:
        scaled = scheduler.scale_model_input(latents, timestep)
        predicted = denoiser(scaled, timestep)
        step = scheduler.step(predicted, timestep, latents)
        latents = step.prev_sample
        rows["inputs"].append(scaled)
        rows["model_outputs"].append(predicted)
        rows["latents"].append(latents)
        if "pred_original_sample" in step:
            rows["pred_original_sample"].append(step.pred_original_sample)
    return {**kept, **{key: torch.cat(values) for key, values in rows.items() if values}}


def stochastic(fixtures):
    """Ten steps of DDIM that add noise: of a generator that has drawn the initial noise before, as the pipeline's."""
    tensors, facts = {}, {}
    sketchbook = scheduler_config(fixtures.sketchbook)
    cases = {"sketchbook": sketchbook, "stock": scheduler_config(fixtures.tiny),
             "v-prediction": {**sketchbook, "prediction_type": "v_prediction"},
             "alpha-to-one": {**sketchbook, "set_alpha_to_one": True},
             "zero-snr": {**sketchbook, "rescale_betas_zero_snr": True, "timestep_spacing": "trailing",
                          "prediction_type": "v_prediction"}}
    for number, ((name, config), eta) in enumerate(product(cases.items(), (0.3, 1.0))):
        if (name, eta) == ("zero-snr", 1.0):
            continue  # the first step should keep nothing of the predicted noise; float32 keeps the root of its rounding
        scheduler = DDIMScheduler.from_config(config)
        scheduler.set_timesteps(10)
        generator = torch.Generator().manual_seed(500 + number)
        latents = torch.randn(1, 4, 3, 5, generator=generator) * scheduler.init_noise_sigma
        rows = []
        for timestep in scheduler.timesteps:
            latents = scheduler.step(denoiser(latents, timestep), timestep, latents, eta=eta, generator=generator).prev_sample
            rows.append(latents)
        tensors[f"{name}.{eta}.latents"] = torch.cat(rows)
        facts[f"{name}.{eta}"] = {"config": config, "eta": eta, "seed": 500 + number}
    fixtures.tensors("stochastic", tensors)
    fixtures.facts("stochastic", facts)


# ---- noise ----------------------------------------------------------------------------------------------------------
def noise(fixtures):
    """What torch draws on the CPU from a seed."""
    tensors = {f"seed_{seed}.{'x'.join(map(str, shape))}": randn(*shape, seed=seed)
               for seed in (10, 0, 42, 2 ** 40 + 7) for shape in ((1, 4, 16, 16), (1, 4, 3, 5), (1, 4, 1, 2))}
    fixtures.tensors("noise", tensors)


# ---- whole sets -----------------------------------------------------------------------------------------------------
def trajectory_cases():
    """name -> (sampler, flags of the sharing or None for an unaligned set, arguments of the pipeline)."""
    return {
        "ddim": ("ddim", {}, {}),
        "euler": ("euler", {}, {}),
        "dpm++2m": ("dpm++2m", {}, {}),
        "unipc": ("unipc", {}, {}),
        "unaligned": ("ddim", None, {}),
        "group-norm": ("ddim", {"share_group_norm": True}, {}),
        "everything": ("ddim", {"adain_values": True, "share_group_norm": True, "shared_score_scale": 0.5,
                                "shared_score_shift": LN2, "only_self_level": 0.3}, {}),
        "full": ("ddim", {"full_attention_share": True}, {}),
        "negative": ("ddim", {}, {"negative_prompt": [NEGATIVE] * 3}),
        "unguided-unaligned": ("ddim", None, {"guidance_scale": 1.0}),
        "wide": ("ddim", {}, {"height": 32, "width": 48}),
    }


def initial_noise(count, channels, height, width, seed):
    """The noise of image i of a set comes from the generator seeded with seed + i."""
    return torch.cat([randn(1, channels, height, width, seed=seed + i) for i in range(count)])


def draw(fixtures, pipeline, config, sampler, flags, initial, after_step=None, **arguments):
    """A set through the pipeline: the latents after each step (and after the callback, if any), and the images in [0, 1]."""
    pipeline.scheduler = scheduler_of(sampler, config)
    handler = fixtures.handler(pipeline)
    if flags is not None:
        handler.register(fixtures.arguments(**flags))
    steps = []

    def keep(pipeline_, step, timestep, given):
        if after_step is not None:
            given = after_step(pipeline_, step, timestep, given)
        steps.append(given["latents"].clone())
        return given

    arguments = {"height": 32, "width": 32, "guidance_scale": 5.0, "num_inference_steps": 10, **arguments}
    images = pipeline(latents=initial.to(pipeline.unet.dtype), output_type="pt", callback_on_step_end=keep, **arguments).images
    if flags is not None:
        handler.remove()
    return torch.stack(steps), images


def trajectories(fixtures):
    """Whole sets of three with the tiny model, ten steps, guidance 5, seed 7."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    config = scheduler_config(fixtures.tiny)
    tensors, rounding, facts = {}, {}, {"prompts": SET_PROMPTS, "negative_prompt": NEGATIVE, "seed": 7, "steps": 10, "cases": {}}
    for name, (sampler, flags, arguments) in trajectory_cases().items():
        initial = initial_noise(3, 4, 16, arguments.get("width", 32) // 2, facts["seed"])
        arguments = {"prompt": SET_PROMPTS, **arguments}
        latents, images = draw(fixtures, pipeline, config, sampler, flags, initial, **arguments)
        exact_latents, exact_images = draw(fixtures, exact, config, sampler, flags, initial, **arguments)
        nudged = initial + 1e-6 * randn(*initial.shape, seed=500)
        nudged_latents, nudged_images = draw(fixtures, pipeline, config, sampler, flags, nudged, **arguments)
        tensors.update({f"{name}.initial": initial, f"{name}.latents": latents, f"{name}.images": images})
        rounding[name] = {
            "latents_std": float(f"{latents[-1].std().item():.3g}"),
            "latents_float64": difference(latents[-1], exact_latents[-1]), "images_float64": difference(images, exact_images),
            "latents_noise_1e-6": difference(latents[-1], nudged_latents[-1]), "images_noise_1e-6": difference(images, nudged_images)}
        facts["cases"][name] = {
            "sampler": sampler, "guidance": arguments.get("guidance_scale", 5.0), "width": arguments.get("width", 32), "height": 32,
            "negative": "negative_prompt" in arguments,
            "sharing": None if flags is None else described(fixtures, flags, 12)}
    fixtures.tensors("trajectories", tensors)
    fixtures.facts("trajectories", facts)
    fixtures.rounding("trajectories", rounding)


# ---- the sketchbook set ---------------------------------------------------------------------------------------------
def sketchbook(fixtures):
    """The set of the first page of the manual with the sketchbook model: images, latents, and how far noise moves them."""
    prompts = [f"{thing}, stained glass" for thing in ("a house", "a fish", "a rocket", "a castle")]
    request = {"prompts": prompts, "seed": 42, "steps": 50, "guidance": 5.0, "width": 128, "height": 128, "sampler": "ddim"}
    arguments = {"prompt": prompts, "num_inference_steps": 50, "guidance_scale": 5.0, "height": 128, "width": 128}
    initial = initial_noise(4, 4, 32, 32, request["seed"])
    nudged = initial + 1e-4 * randn(*initial.shape, seed=600)
    config = scheduler_config(fixtures.sketchbook)
    tensors, measured = {"initial": initial}, {}
    for name, flags in (("shared", {}), ("none", None)):
        pipeline = tiny_sdxl.load(fixtures.sketchbook)
        latents, images = draw(fixtures, pipeline, config, "ddim", flags, initial, **arguments)
        tensors[f"{name}.latents"] = latents[-1]
        folder = fixtures.out / f"sketchbook-{name}"
        folder.mkdir(exist_ok=True)
        for i, picture_of_set in enumerate(pipeline.image_processor.pt_to_numpy(images)):
            pipeline.image_processor.numpy_to_pil(picture_of_set)[0].save(folder / f"{i:03d}.png", optimize=True)
        exact = tiny_sdxl.load(fixtures.sketchbook, EXACT)
        for other, (model, noise_given) in {"noise_1e-4": (pipeline, nudged), "float64": (exact, initial)}.items():
            other_latents, other_images = draw(fixtures, model, config, "ddim", flags, noise_given, **arguments)
            measured[f"{name}.{other}"] = {
                "latents": difference(latents[-1], other_latents[-1]), "images": difference(images, other_images),
                "levels": int((levels(images) - levels(other_images)).abs().max()),
                "pixels_that_differ": int((levels(images) != levels(other_images)).sum())}
    fixtures.tensors("sketchbook", tensors)
    fixtures.facts("sketchbook", {"request": request, "measured": measured})


def levels(images):
    return (images.double() * 255).round().int()


# ---- the real networks, by name and shape ---------------------------------------------------------------------------
def listings(fixtures):
    """Names and shapes of every tensor of SDXL base, from the networks built without weights."""
    for name, config, network in sdxl_base.networks():
        fixtures.facts(f"sdxl-base-1.0-{name}-config", config)
        rows = sorted(f"{key}\t{','.join(map(str, value.shape))}" for key, value in network.state_dict().items()
                      if not key.endswith("position_ids"))
        (fixtures.out / f"sdxl-base-1.0-{name}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


FIXTURES = [tiny, text, unet, shared, vae, tiled, samplers, stochastic, noise, trajectories, sketchbook, listings]


def main(makers, description):
    """Reads the arguments and makes the fixtures asked for."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style-aligned", type=Path, required=True)
    parser.add_argument("--sketchbook", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--styleid", type=Path, help="a checkout of jiwoogit/StyleID, for styleid_fixtures.py")
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of " + ", ".join(f.__name__ for f in makers))
    given = parser.parse_args()
    sys.path.insert(0, str(given.style_aligned.resolve()))
    import sa_handler

    torch.set_num_threads(2)
    torch.manual_seed(0)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    diffusers.logging.set_verbosity_error()
    diffusers.logging.disable_progress_bar()
    fixtures = Fixtures(given.out, given.sketchbook, sa_handler, given.styleid)
    with torch.no_grad():
        for make in makers:
            if not given.names or make.__name__ in given.names:
                print(make.__name__, flush=True)
                make(fixtures)


if __name__ == "__main__":
    main(FIXTURES, __doc__)
