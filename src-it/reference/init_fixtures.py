"""Makes the fixtures of images that start from an image: image to image and inpainting, with UNets of four and nine channels.

python init_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py. The sets are made by diffusers' own pipelines with the tiny models, one image each, since a
list of generators encodes a single image with the first of them only. PNDM is the exception: the pipelines cut the doubled first step
off the list, which is put back here.
"""
from functools import cache

import torch
from diffusers import (
    DDIMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler, LCMScheduler, PNDMScheduler,
    StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline, StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLInpaintPipeline, TCDScheduler)
from PIL import Image, ImageDraw, ImageFilter

import tiny_sd
import tiny_sdxl
from make_fixtures import EXACT, NEGATIVE, SAMPLERS, SET_PROMPTS, difference, main, randn

WIDTH, HEIGHT, STEPS, SEED, GUIDANCE = 48, 32, 10, 11, 5.0
STRENGTHS = (0.3, 0.6, 1.0)
# Samplers that draw noise, after the picture and the initial noise; at one strength. TCD has a gamma of 0.3, the pipelines' eta.
NOISY = {
    "euler-ancestral": (EulerAncestralDiscreteScheduler, {}),
    "lcm": (LCMScheduler, {}),
    "tcd": (TCDScheduler, {}),
    "dpm++2m-sde": (DPMSolverMultistepScheduler, {
        "algorithm_type": "sde-dpmsolver++", "solver_order": 2, "solver_type": "midpoint"}),
}
NOISY_STRENGTH = 0.6
# The sets of which it is measured how far float64 moves them.
MEASURED = {"euler.0.6", "unipc.1.0"}
# The sets of Stable Diffusion 1: kind, sampler, strength.
SD1 = [("img2img", "ddim", 0.6), ("img2img", "pndm", 0.6), ("inpaint4", "ddim", 0.6), ("inpaint4", "ddim", 1.0),
       ("inpaint9", "ddim", 0.6), ("inpaint9", "ddim", 1.0), ("inpaint4", "pndm", 0.6), ("inpaint4", "pndm", 1.0),
       ("inpaint9", "pndm", 0.6), ("inpaint9", "pndm", 1.0)]
BLURS = (1, 4, 7)


def mask():
    """An ellipse with a soft edge and a bar, neither on the grid of the latents."""
    drawn = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(drawn).ellipse((9, 5, 30, 24), fill=255)
    soft = drawn.filter(ImageFilter.GaussianBlur(2))
    ImageDraw.Draw(soft).rectangle((37, 3, 41, 29), fill=200)
    return soft


def inpainting_unet(unet):
    """The tiny UNet with five more input channels, in half precision as on disk."""
    kernel = unet.conv_in.weight
    more = 0.2 * randn(kernel.shape[0], 5, *kernel.shape[2:], seed=900)
    unet.conv_in.weight = torch.nn.Parameter(torch.cat([kernel, more.half().to(kernel.dtype)], 1), requires_grad=False)
    unet.conv_in.in_channels = 9
    unet.register_to_config(in_channels=9)
    return unet


@cache
def base_of(folder, dtype, channels):
    base = tiny_sdxl.load(folder, dtype)
    if channels == 9:
        inpainting_unet(base.unet)
    return base


def pipeline_of(fixtures, kind, sampler, dtype=torch.float32):
    base = base_of(fixtures.tiny, dtype, 9 if kind == "inpaint9" else 4)
    scheduler, options = {**SAMPLERS, **NOISY}[sampler]
    parts = {**base.components, "scheduler": scheduler.from_config(base.scheduler.config, **options)}
    whole = StableDiffusionXLImg2ImgPipeline if kind == "img2img" else StableDiffusionXLInpaintPipeline
    pipeline = whole(**parts, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def sd1_pipeline_of(fixtures, kind, sampler, strength, dtype):
    whole = StableDiffusionImg2ImgPipeline if kind == "img2img" else StableDiffusionInpaintPipeline
    pipeline = tiny_sd.load(fixtures.out / ("tiny-sd1-inpaint" if kind == "inpaint9" else "tiny-sd1"), dtype, whole)
    stock = tiny_sd.STOCK["sd1"]
    if sampler == "ddim":
        pipeline.scheduler = DDIMScheduler.from_config(stock)
    else:
        pipeline.scheduler = PNDMScheduler.from_config(stock)
        pipeline.get_timesteps = lambda num_inference_steps, *_, **__: doubled(pipeline.scheduler, num_inference_steps, strength)
    return pipeline


def doubled(scheduler, steps, strength):
    """The rest of the steps of PNDM, the second of them twice, as diffusers has it only in the whole list."""
    rest = [int(t) for t in scheduler._timesteps[::-1]][steps - int(steps * strength):]
    rest.insert(1, rest[1])
    return torch.tensor(rest), len(rest)


def last_latents(fixtures, kind, sampler, strength, dtype=torch.float32, make=None):
    pipeline = pipeline_of(fixtures, kind, sampler, dtype) if make is None else make(fixtures, kind, sampler, strength, dtype)
    given = {} if kind == "img2img" else {"mask_image": mask(), "height": HEIGHT, "width": WIDTH}
    picture = Image.open(fixtures.out / "pictures" / "wide.png").convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    with same_noise(dtype):
        return pipeline(
            prompt=SET_PROMPTS[0], negative_prompt=NEGATIVE, image=picture, strength=strength, num_inference_steps=STEPS,
            guidance_scale=GUIDANCE, eta=0.3 if sampler == "tcd" else 0.0, generator=torch.Generator().manual_seed(SEED), output_type="latent", **given).images


class same_noise:
    """In float64, the noise is that of float32."""

    def __init__(self, dtype):
        self.dtype = dtype

    def __enter__(self):
        self.randn = torch.randn
        if self.dtype == EXACT:
            torch.randn = lambda *shape, dtype=None, **named: self.randn(*shape, dtype=torch.float32, **named).to(dtype)

    def __exit__(self, *_):
        torch.randn = self.randn


def started(fixtures):
    """Whole sets of one image, ten steps, with every sampler and strength."""
    mask().save(fixtures.out / "pictures" / "mask.png", optimize=True)
    tensors, rounding = {}, {}
    for kind in ("img2img", "inpaint4", "inpaint9"):
        for sampler in SAMPLERS:
            for strength in STRENGTHS:
                found = last_latents(fixtures, kind, sampler, strength)
                tensors[f"{kind}.{sampler}.{strength}"] = found
                if f"{sampler}.{strength}" in MEASURED:
                    exact = last_latents(fixtures, kind, sampler, strength, EXACT)
                    rounding[f"{kind}.{sampler}.{strength}"] = {
                        "latents_std": float(f"{found.std().item():.3g}"), "latents_float64": difference(found, exact)}
        if kind != "inpaint9":
            for sampler in NOISY:
                tensors[f"{kind}.{sampler}.{NOISY_STRENGTH}"] = last_latents(fixtures, kind, sampler, NOISY_STRENGTH)
    tensors["conv_in.weight"] = base_of(fixtures.tiny, torch.float32, 9).unet.conv_in.weight
    fixtures.tensors("started", tensors)
    fixtures.facts("started", {
        "prompt": SET_PROMPTS[0], "negative_prompt": NEGATIVE, "picture": "wide", "mask": "mask", "steps": STEPS, "seed": SEED,
        "guidance": GUIDANCE, "strengths": STRENGTHS, "samplers": list(SAMPLERS),
        "noisy_samplers": list(NOISY), "noisy_strength": NOISY_STRENGTH})
    fixtures.rounding("started", rounding)


def started_sd1(fixtures):
    """The same picture, mask, prompts and seed with the tiny Stable Diffusion 1."""
    torch.set_num_threads(1)  # the tensors are small
    tensors, rounding = {}, {}
    for kind, sampler, strength in SD1:
        name = f"{kind}.{sampler}.{strength}"
        found, exact = (last_latents(fixtures, kind, sampler, strength, dtype, sd1_pipeline_of) for dtype in (torch.float32, EXACT))
        tensors[name] = found
        rounding[name] = {"latents_std": float(f"{found.std().item():.3g}"), "latents_float64": difference(found, exact)}
    for name, other in (("img2img.ddim.0.6", "img2img.pndm.0.6"), ("inpaint4.ddim.0.6", "inpaint9.ddim.0.6"),
                        ("inpaint4.ddim.0.6", "inpaint4.pndm.0.6"), ("inpaint9.ddim.1.0", "inpaint9.pndm.1.0"),
                        ("img2img.ddim.0.6", "inpaint4.ddim.0.6")):
        assert difference(tensors[name], tensors[other]) > 1e-2, f"{name} and {other} are the same"
    fixtures.tensors("started-sd1", tensors)
    fixtures.rounding("started-sd1", rounding)


def pasted(fixtures):
    """The mask blurred by Pillow, and an image pasted by Pillow under it: diffusers pastes so, but only with a crop."""
    folder = fixtures.out / "pictures"
    for blur in BLURS:
        mask().filter(ImageFilter.GaussianBlur(blur)).save(folder / f"mask-{blur}.png", optimize=True)
    whole = Image.open(folder / "wide.png").convert("RGB")
    other = whole.transpose(Image.Transpose.ROTATE_180)
    Image.composite(other, whole, mask()).save(folder / "pasted.png", optimize=True)


if __name__ == "__main__":
    main([started, started_sd1, pasted], __doc__)
