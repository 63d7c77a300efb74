"""Fixtures of panoramas (MultiDiffusion): the tiny SDXL in diffusers' StableDiffusionPanoramaPipeline and in google/style-aligned's panorama_call.

Both pipelines are made for Stable Diffusion 1: their UNet gets no pooled embeddings and no time ids. For the tiny XL, `Conditioned` adds
them; a window is a picture of the model's own size, so its time ids are that size and no crop. The tiny versions 1 and 2 (velocity) of
`panoramas_of_families` are run as they are. Both pipelines divide pixels by 8 and have windows of 64 latents; `windows` gives them
those of the tiny models, 16 latents.

Widths are divisible: the pipelines leave the columns behind the last whole stride empty.
"""
import types

import torch
from diffusers import StableDiffusionPanoramaPipeline

import make_fixtures
import tiny_sd
import tiny_sdxl
from make_fixtures import EXACT, SET_PROMPTS, difference, initial_noise, randn, scheduler_config, scheduler_of

SEED, STEPS, GUIDANCE, SIDE, FACTOR = 7, 10, 5.0, 16, 2


class Conditioned(torch.nn.Module):
    """The UNet, with the pooled embeddings and time ids of every row of a call."""

    def __init__(self, unet):
        super().__init__()
        self.unet, self.config, self.pooled = unet, unet.config, None

    @property
    def dtype(self):
        return self.unet.dtype

    @property
    def device(self):
        return self.unet.device

    def forward(self, sample, timestep, encoder_hidden_states=None, **_):
        size = SIDE * FACTOR
        ids = torch.tensor([[size, size, 0, 0, size, size]], dtype=sample.dtype).repeat(len(sample), 1)
        return self.unet(sample, timestep, encoder_hidden_states=encoder_hidden_states,
                         added_cond_kwargs={"text_embeds": self.pooled, "time_ids": ids})


class KeptLatents:
    """In place of a VAE, keeps the latents that it is given."""

    def __init__(self, vae):
        self.config, self.dtype, self.decoded = vae.config, vae.dtype, []

    def decode(self, latents, **_):
        self.decoded.append(latents * self.config.scaling_factor)
        return (torch.zeros(1, 3, 8, 64),)


def pipeline_of(pipeline, stride):
    """The panorama pipeline around the networks of an SDXL pipeline."""
    panorama = StableDiffusionPanoramaPipeline(
        vae=pipeline.vae, text_encoder=None, tokenizer=None, unet=pipeline.unet, scheduler=pipeline.scheduler,
        safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    if hasattr(pipeline, "text_encoder_2"):
        panorama.unet = Conditioned(pipeline.unet)

    def windows(self, height, width, window_size=64, stride_=8, circular_padding=False, **_):
        return StableDiffusionPanoramaPipeline.get_views(self, height, width, SIDE, stride, circular_padding)

    panorama.get_views = types.MethodType(windows, panorama)
    panorama.set_progress_bar_config(disable=True)
    return panorama


def encoded(pipeline, prompts):
    """Embeddings and pooled embeddings: of the prompts, then of the unconditional half, which are zeros in XL and of "" before."""
    if not hasattr(pipeline, "text_encoder_2"):
        return (*pipeline.encode_prompt(prompts, "cpu", 1, True), torch.zeros(0), torch.zeros(0))
    embeds, negative, pooled, negative_pooled = pipeline.encode_prompt(prompts, do_classifier_free_guidance=True)
    return embeds, negative, pooled, negative_pooled


def cases():
    """name -> (sampler, rows, columns, stride, circular)."""
    return {
        "ddim": ("ddim", 16, 40, 8, False),
        "euler": ("euler", 16, 40, 8, False),
        "dpm++2m": ("dpm++2m", 16, 40, 8, False),
        "unipc": ("unipc", 16, 40, 8, False),
        "both-sides": ("dpm++2m", 24, 32, 8, False),
        "close": ("ddim", 16, 24, 4, False),
        "circular": ("ddim", 16, 40, 8, True),
        "circular-unipc": ("unipc", 16, 32, 8, True),
    }


def alone(pipeline, config, case, initial):
    """The last latents, and the image in [0, 1] if the panorama is circular."""
    sampler, rows, columns, stride, circular = case
    pipeline.scheduler = scheduler_of(sampler, config)
    panorama = pipeline_of(pipeline, stride)
    embeds, negative, pooled, negative_pooled = encoded(pipeline, SET_PROMPTS[1:2])
    panorama.unet.pooled = torch.cat([negative_pooled, pooled])  # which only XL reads
    latents = panorama(
        prompt_embeds=embeds, negative_prompt_embeds=negative, height=8 * rows, width=8 * columns, num_inference_steps=STEPS,
        guidance_scale=GUIDANCE, latents=initial.to(embeds.dtype), circular_padding=circular, output_type="latent").images
    image = panorama.decode_latents_with_padding(latents) if circular else torch.zeros(1)
    return latents, (image / 2 + 0.5).clamp(0, 1)


def shared(fixtures, pipeline, config, flags, circular, reference, initial):
    """The last latents of the reference and of the panorama."""
    pipeline.scheduler = scheduler_of("ddim", config)
    panorama = pipeline_of(pipeline, 8)
    embeds, negative, pooled, negative_pooled = encoded(pipeline, SET_PROMPTS[:2])
    panorama.unet.pooled = torch.cat([negative_pooled, pooled])  # which only XL reads
    panorama.vae = KeptLatents(pipeline.vae)
    handler = fixtures.handler(pipeline)
    handler.register(fixtures.arguments(**flags))
    import pipeline_calls  # of google/style-aligned, on the path once the arguments are read

    pipeline_calls.panorama_call(
        panorama, None, 8 * initial.shape[2], 8 * initial.shape[3], STEPS, GUIDANCE, prompt_embeds=embeds,
        negative_prompt_embeds=negative, reference_latent=reference.to(embeds.dtype), latents=initial.to(embeds.dtype),
        circular_padding=circular)
    handler.remove()
    latents, reference = panorama.vae.decoded
    if circular:
        latents = latents[..., 8:-8]
    return reference, latents


def panoramas(fixtures):
    """Panoramas of the tiny model, ten steps, guidance 5, seed 7."""
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    config = scheduler_config(fixtures.tiny)
    tensors, rounding = {}, {}
    facts = {"prompts": SET_PROMPTS[:2], "seed": SEED, "steps": STEPS, "guidance": GUIDANCE, "window": SIDE, "cases": {}, "shared": {}}
    for name, case in cases().items():
        sampler, rows, columns, stride, circular = case
        initial = initial_noise(1, 4, rows, columns, SEED + 1)
        latents, image = alone(pipeline, config, case, initial)
        exact_latents, _ = alone(exact, config, case, initial)
        nudged, _ = alone(pipeline, config, case, initial + 1e-6 * randn(*initial.shape, seed=500))
        tensors[f"{name}.latents"] = latents
        if circular:
            tensors[f"{name}.image"] = image
        rounding[name] = {"latents_std": float(f"{latents.std().item():.3g}"), "latents_float64": difference(latents, exact_latents),
                          "latents_noise_1e-6": difference(latents, nudged)}
        facts["cases"][name] = {"sampler": sampler, "height": rows, "width": columns, "stride": stride, "circular": circular}
    for name, flags, circular in (("shared", {}, False), ("group-norm", {"share_group_norm": True}, False),
                                  ("circular-group-norm", {"share_group_norm": True}, True)):
        reference, initial = initial_noise(1, 4, SIDE, SIDE, SEED), initial_noise(1, 4, SIDE, 40, SEED + 1)
        first, latents = shared(fixtures, pipeline, config, flags, circular, reference, initial)
        exact_first, exact_latents = shared(fixtures, exact, config, flags, circular, reference, initial)
        tensors.update({f"{name}.reference": first, f"{name}.panorama": latents})
        rounding[name] = {"latents_std": float(f"{latents.std().item():.3g}"), "latents_float64": difference(latents, exact_latents),
                          "reference_float64": difference(first, exact_first)}
        facts["shared"][name] = {"sampler": "ddim", "height": SIDE, "width": 40, "stride": 8, "circular": circular,
                                 "share-group-norm": bool(flags)}
    fixtures.tensors("panoramas", tensors)
    fixtures.facts("panoramas", facts)
    fixtures.rounding("panoramas", rounding)


def family_cases():
    """name -> family and the case."""
    return {
        "sd1": ("sd1", ("ddim", 16, 40, 8, False)),
        "sd1-circular": ("sd1", ("dpm++2m", 16, 32, 8, True)),
        "sd2": ("sd2", ("euler", 16, 40, 8, False)),
        "sd2-both-sides": ("sd2", ("unipc", 24, 32, 8, False)),
    }


def panoramas_of_families(fixtures):
    """The same of versions 1 and 2: alone, and in the style of a first image with shared group norms."""
    torch.set_num_threads(1)  # the tensors are small
    tensors, rounding = {}, {}
    facts = {"prompts": SET_PROMPTS[:2], "seed": SEED, "steps": STEPS, "guidance": GUIDANCE, "window": SIDE, "cases": {}, "shared": {}}
    for name, (family, case) in family_cases().items():
        sampler, rows, columns, stride, circular = case
        initial, config = initial_noise(1, 4, rows, columns, SEED + 1), tiny_sd.STOCK[family]
        latents, exact = (alone(tiny_sd.load(fixtures.out / f"tiny-{family}", dtype), config, case, initial)[0]
                          for dtype in (torch.float32, EXACT))
        tensors[f"{name}.latents"] = latents
        rounding[name] = {"latents_std": float(f"{latents.std().item():.3g}"), "latents_float64": difference(latents, exact)}
        facts["cases"][name] = {"family": family, "sampler": sampler, "height": rows, "width": columns, "stride": stride,
                                "circular": circular}
    for family in ("sd1", "sd2"):
        name, flags = f"{family}-group-norm", {"share_group_norm": True}
        reference, initial = initial_noise(1, 4, SIDE, SIDE, SEED), initial_noise(1, 4, SIDE, 40, SEED + 1)
        found, exact = (shared(fixtures, tiny_sd.load(fixtures.out / f"tiny-{family}", dtype), tiny_sd.STOCK[family], flags, False,
                               reference, initial) for dtype in (torch.float32, EXACT))
        tensors.update({f"{name}.reference": found[0], f"{name}.panorama": found[1]})
        rounding[name] = {"latents_std": float(f"{found[1].std().item():.3g}"), "latents_float64": difference(found[1], exact[1]),
                          "reference_float64": difference(found[0], exact[0])}
        facts["shared"][name] = {"family": family, "sampler": "ddim", "height": SIDE, "width": 40, "stride": 8, "circular": False,
                                 "share-group-norm": True}
    fixtures.tensors("panoramas-families", tensors)
    fixtures.facts("panoramas-families", facts)
    fixtures.rounding("panoramas-families", rounding)


if __name__ == "__main__":
    make_fixtures.main([panoramas, panoramas_of_families], __doc__)
