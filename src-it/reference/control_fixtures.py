"""Makes the fixtures of sets whose shapes follow a picture: ControlNet, alone and with StyleAligned; Canny's edges.

python control_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py; sketchbook-canny is looked for beside sketchbook. The sets are drawn by the reference's
own controlnet_call and by diffusers' pipeline with the reference's handler, which reaches the UNet and never the
ControlNet: there attention is plain and norms are an image's own.
"""
import json
from contextlib import contextmanager
from functools import cache
from unittest import mock

import cv2
import numpy
import torch
from diffusers import ControlNetModel, DDIMScheduler, MultiControlNetModel, StableDiffusionXLControlNetPipeline
from PIL import Image

import tiny_sdxl
from make_fixtures import EXACT, LN2, described, difference, initial_noise, main, picture, randn, scheduler_config
from picture_fixtures import encoded, inverted

PROMPTS = ["a turquoise castle, stained glass", "a red castle, stained glass"]
SEED, STEPS, SIDE, GUIDANCE = 7, 5, 64, 5.0
# The sets of which it is measured how far float64, and noise moved by 1e-6, move them.
MEASURED = {"shared", "pictured"}
# How the picture is inverted that "pictured" takes its style from.
INVERSION = {"picture": "control-style", "guidance": 2.0, "offset": 1}


# ---- the network ----------------------------------------------------------------------------------------------------
def tiny_controlnet():
    """Its zero convolutions are not zero here, the channels of its condition come in reverse, and it shrinks by 4."""
    return ControlNetModel(
        block_out_channels=(8, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        layers_per_block=1,
        transformer_layers_per_block=(1, 2),
        attention_head_dim=(1, 2),
        cross_attention_dim=16,
        norm_num_groups=4,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=4,
        projection_class_embeddings_input_dim=8 + 6 * 4,
        conditioning_embedding_out_channels=(4, 6, 8),
        controlnet_conditioning_channel_order="bgr",
    )


def residuals(network, given, scale, guess):
    """All residuals in order, the middle's last."""
    dtype = network.dtype
    down, middle = network(
        given["sample"].to(dtype), torch.tensor(501), given["prompt_embeds"].to(dtype), given["control"].to(dtype),
        conditioning_scale=scale, guess_mode=guess,
        added_cond_kwargs={"text_embeds": given["pooled"].to(dtype), "time_ids": given["time_ids"].to(dtype)}, return_dict=False)
    return [*down, middle]


def controlnet(fixtures):
    """One call of the tiny ControlNet and of sketchbook-canny: what each gives the UNet."""
    folder = fixtures.out / "tiny-controlnet"
    tiny_sdxl.randomise(tiny_controlnet(), 5).half().save_pretrained(folder)
    # (folder, rows, height and width of the latents, words, channels of a word, of the pooled text)
    cases = {"tiny": (folder, 2, 7, 10, 5, 16, 8), "sketchbook": (canny_folder(fixtures), 1, 4, 4, 4, 160, 96)}
    tensors, rounding = {}, {}
    for number, (name, (network, rows, height, width, words, channels, pooled)) in enumerate(cases.items()):
        seed = 800 + 10 * number
        given = {
            "sample": randn(rows, 4, height, width, seed=seed), "prompt_embeds": 1.5 * randn(rows, words, channels, seed=seed + 1),
            "pooled": randn(rows, pooled, seed=seed + 2), "control": (picture(4 * height, 4 * width, seed + 3) + 1) / 2,
            "time_ids": torch.tensor([[4. * height, 4 * width + row, row, 0, 4 * height, 4 * width] for row in range(rows)])}
        given["control"] = given["control"].repeat(rows, 1, 1, 1) * torch.linspace(1, 0.5, rows).reshape(-1, 1, 1, 1)
        networks = [ControlNetModel.from_pretrained(network, dtype=dtype, local_files_only=True).to(dtype) for dtype in (torch.float32, EXACT)]
        tensors.update({f"{name}.{key}": value for key, value in given.items()})
        for case, (scale, guess) in ({"whole": (1.0, False), "guess": (0.7, True)} if name == "tiny" else {"whole": (1.0, False)}).items():
            found, truth = (residuals(one, given, scale, guess) for one in networks)
            tensors.update({f"{name}.{case}.{place}": residual for place, residual in enumerate(found)})
            rounding[f"{name}.{case}"] = max(difference(*both) for both in zip(found, truth))
            assert min(residual.abs().mean() for residual in found) > 1e-4, "a zero convolution is zero"
    fixtures.tensors("controlnet", tensors)
    fixtures.rounding("controlnet", rounding)


def canny_folder(fixtures):
    return fixtures.sketchbook.parent / "sketchbook-canny"


# ---- whole sets -----------------------------------------------------------------------------------------------------
def control_pictures():
    """Two small drawings of white lines on black."""
    drawings = []
    for corners in ([(12, 50), (12, 26), (32, 10), (52, 26), (52, 50)], [(8, 30), (24, 30), (24, 12), (40, 12), (40, 30), (56, 30)]):
        drawing = numpy.zeros((SIDE, SIDE, 3), numpy.uint8)
        cv2.polylines(drawing, [numpy.array(corners)], True, (255, 255, 255), 1)
        drawings.append(drawing)
    return drawings


@cache
def pipeline_of(fixtures, networks, dtype):
    """sketchbook with one ControlNet or several, all of them sketchbook-canny."""
    loaded = tiny_sdxl.load(fixtures.sketchbook, dtype)
    canny = [ControlNetModel.from_pretrained(canny_folder(fixtures), dtype=dtype, local_files_only=True).to(dtype) for _ in range(networks)]
    pipeline = StableDiffusionXLControlNetPipeline(
        **loaded.components | {"controlnet": canny[0] if networks == 1 else MultiControlNetModel(canny)}, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = DDIMScheduler.from_config(scheduler_config(fixtures.sketchbook))
    return pipeline


@contextmanager
def latents_seen(pipeline):
    """What comes to the autoencoder, without its scaling."""
    seen, decode = [], pipeline.vae.decode

    def keep(latents, **arguments):
        seen.append(latents * pipeline.vae.config.scaling_factor)
        return decode(latents, **arguments)

    with mock.patch.object(pipeline.vae, "decode", keep):
        yield seen


def style():
    """The picture that a set takes its style from: (height, width, 3)."""
    smooth = picture(SIDE, SIDE, seed=840)[0].permute(1, 2, 0)
    return ((smooth + 1) / 2 * 255).round().to(torch.uint8).numpy()


@contextmanager
def put_back(pipeline, trajectory):
    """What the reference's callback does, which its controlnet_call does not take: after a step image 0 is where its picture was."""
    taken, step = iter(range(STEPS)), pipeline.scheduler.step

    def act(*positional, **named):
        latents, *rest = step(*positional, **named)
        latents[0] = trajectory[max(INVERSION["offset"] + 1, next(taken) + 1)]
        return latents, *rest

    with mock.patch.object(pipeline.scheduler, "step", act):
        yield


def pictured_call(fixtures, pipeline, flags, initial, mended, **arguments):
    """The same where image 0 is an inverted picture."""
    config = scheduler_config(fixtures.sketchbook)
    latents = encoded(pipeline, style())[1]
    trajectory = inverted(pipeline, config, latents, (SIDE, SIDE), PROMPTS[0], STEPS, INVERSION["guidance"])
    start = torch.cat([trajectory[INVERSION["offset"]].unsqueeze(0), initial[1:].to(trajectory.dtype)])
    pipeline.scheduler = DDIMScheduler.from_config(config)
    with put_back(pipeline, trajectory):
        return reference_call(fixtures, pipeline, flags, start, mended, **arguments)


@contextmanager
def own_words(pipeline, targets):
    """Mends the reference: the ControlNet is told each half's own words, not the negative ones in both."""
    embeds, negative, pooled, negative_pooled = pipeline.encode_prompt(PROMPTS[1])

    def told(_network, positional, named):
        named["encoder_hidden_states"] = torch.cat([negative] * targets + [embeds] * targets)
        named["added_cond_kwargs"] = {
            **named["added_cond_kwargs"], "text_embeds": torch.cat([negative_pooled] * targets + [pooled] * targets)}
        return positional, named

    hook = pipeline.controlnet.register_forward_pre_hook(told, with_kwargs=True)
    yield
    hook.remove()


def reference_call(fixtures, pipeline, flags, initial, mended, **arguments):
    """The reference's own call: image 0 is free, the others follow one control picture. It checks arguments by an older diffusers."""
    import pipeline_calls

    handler = fixtures.handler(pipeline)
    handler.register(fixtures.arguments(**flags))
    targets = len(initial) - 1
    with latents_seen(pipeline) as seen, mock.patch.object(pipeline, "check_inputs"):
        given = dict(
            prompt=PROMPTS, image=Image.fromarray(control_pictures()[0]), num_inference_steps=STEPS, guidance_scale=GUIDANCE,
            num_images_per_prompt=targets, latents=initial.to(pipeline.unet.dtype), height=SIDE, width=SIDE, **arguments)
        if mended:
            with own_words(pipeline, targets):
                pipeline_calls.controlnet_call(pipeline, **given)
        else:
            pipeline_calls.controlnet_call(pipeline, **given)
    handler.remove()
    return torch.cat(seen)


def diffusers_call(fixtures, pipeline, flags, initial, controls, **arguments):
    """diffusers' pipeline with the reference's handler: every image follows a control picture."""
    handler = fixtures.handler(pipeline)
    if flags is not None:
        handler.register(fixtures.arguments(**flags))
    latents = pipeline(
        prompt=[PROMPTS[0]] + [PROMPTS[1]] * (len(initial) - 1), image=controls, num_inference_steps=STEPS, guidance_scale=GUIDANCE,
        latents=initial.to(pipeline.unet.dtype), height=SIDE, width=SIDE, output_type="latent", **arguments).images
    if flags is not None:
        handler.remove()
    return latents


def set_cases():
    """name -> (whose call, how many networks, flags of the sharing, arguments, which picture each image follows or one for all)."""
    window = {"control_guidance_start": 0.2, "control_guidance_end": 0.7}
    each = [0, 1, 0]
    return {
        "fault": ("reference", 1, {}, {"controlnet_conditioning_scale": 0.8}, None),
        "shared": ("mended", 1, {"share_group_norm": True}, {"controlnet_conditioning_scale": 0.8}, None),
        "pictured": ("pictured", 1, {"share_group_norm": True, "shared_score_shift": LN2}, {"controlnet_conditioning_scale": 0.8}, None),
        "two": ("diffusers", 2, {}, {
            "controlnet_conditioning_scale": [0.7, 0.4], "control_guidance_start": [0.0, 0.25], "control_guidance_end": [0.5, 1.0]}, None),
        "guess": ("diffusers", 1, {}, {"guess_mode": True, **window}, each),
        "unguided": ("diffusers", 1, None, {"guess_mode": True, "guidance_scale": 1.0}, each),
        "full": ("diffusers", 1, {"full_attention_share": True}, {"controlnet_conditioning_scale": 0.6}, each),
    }


def controlled(fixtures):
    """Whole sets of three with sketchbook and sketchbook-canny, five steps, seed 7: the reference and two targets."""
    drawings = control_pictures()
    for number, drawing in enumerate(drawings):
        Image.fromarray(drawing).save(fixtures.out / "pictures" / f"control-{number}.png", optimize=True)
    Image.fromarray(style()).save(fixtures.out / "pictures" / f"{INVERSION['picture']}.png", optimize=True)
    initial = initial_noise(3, 4, SIDE // 4, SIDE // 4, SEED)
    nudged = initial + 1e-6 * randn(*initial.shape, seed=820)
    facts = {"prompts": PROMPTS, "seed": SEED, "steps": STEPS, "side": SIDE, "guidance": GUIDANCE, "cases": {}}
    tensors, rounding = {}, {}
    for name, (call, networks, flags, arguments, each) in set_cases().items():
        pictures = [Image.fromarray(drawing) for drawing in drawings]
        controls = pictures if each is None else [pictures[one] for one in each]
        results = []
        measured = ((torch.float32, initial), (EXACT, initial), (torch.float32, nudged)) if name in MEASURED else ((torch.float32, initial),)
        for dtype, noise in measured:
            pipeline = pipeline_of(fixtures, networks, dtype)
            if call == "diffusers":
                given = {"guidance_scale": GUIDANCE, **arguments}
                results.append(draw_all(fixtures, pipeline, flags, noise, controls, given))
            else:
                drawn = pictured_call if call == "pictured" else reference_call
                results.append(drawn(fixtures, pipeline, flags, noise, call != "reference", **arguments))
        tensors[f"{name}.latents"] = results[0]
        if name in MEASURED:
            rounding[name] = {
                "latents_std": float(f"{results[0].std().item():.3g}"), "latents_float64": difference(results[0], results[1]),
                "latents_noise_1e-6": difference(results[0], results[2])}
        facts["cases"][name] = {
            "negative-words": call == "reference", "reference-follows": call == "diffusers", "networks": networks, "pictures": each,
            "inversion": INVERSION if call == "pictured" else None,
            "guidance": arguments.get("guidance_scale", GUIDANCE), "guess": arguments.get("guess_mode", False),
            "scale": listed(arguments.get("controlnet_conditioning_scale", 1.0)),
            "from": listed(arguments.get("control_guidance_start", 0.0)), "to": listed(arguments.get("control_guidance_end", 1.0)),
            "sharing": None if flags is None else described(fixtures, flags, 10)}
    for name, other in (("fault", "shared"), ("guess", "full"), ("pictured", "shared")):
        assert difference(tensors[f"{name}.latents"], tensors[f"{other}.latents"]) > 1e-2, f"{name} and {other} are the same"
    fixtures.tensors("controlled", tensors)
    fixtures.facts("controlled", facts)
    fixtures.rounding("controlled", rounding)


# ---- edges ----------------------------------------------------------------------------------------------------------
def canny_cases(fixtures):
    """name -> (picture, lower threshold, higher threshold, aperture, whether the gradient's length is Euclid's)."""
    smooth = [picture(height, width, seed)[0] for height, width, seed in ((48, 64, 831), (37, 41, 832), (64, 33, 833))]
    soft = [((image.permute(1, 2, 0) + 1) / 2 * 255).round().to(torch.uint8).numpy() for image in smooth]
    noisy = (randn(40, 40, 3, seed=834) * 60 + 128).clamp(0, 255).to(torch.uint8).numpy()
    drawn = numpy.full((64, 64, 3), (250, 240, 230), numpy.uint8)
    cv2.fillPoly(drawn, [numpy.array([(10, 54), (10, 24), (32, 6), (54, 24), (54, 54)])], (60, 90, 200))
    cv2.circle(drawn, (32, 36), 9, (220, 60, 40), -1)
    cv2.line(drawn, (0, 60), (63, 58), (20, 120, 40), 2)
    bars = numpy.kron(numpy.arange(12).reshape(3, 4) * 70 % 256, numpy.ones((15, 13))).astype(numpy.uint8)
    words = numpy.full((40, 72, 3), 255, numpy.uint8)
    cv2.putText(words, "rain", (3, 28), cv2.FONT_HERSHEY_SIMPLEX, 1, (30, 30, 90), 2, cv2.LINE_AA)
    rings = numpy.fromfunction(lambda y, x, colour: 128 + 100 * numpy.sin(numpy.hypot(x - 20, y - 26) * (0.5 + 0.1 * colour)), (48, 40, 3)).astype(numpy.uint8)
    drawing, scene = (numpy.array(Image.open(fixtures.out / "captions" / f"{number:02d}.png").convert("RGB")) for number in (0, 10))
    line = numpy.zeros((9, 80, 3), numpy.uint8)
    line[4, 5:75] = 255
    return {
        "bars": (numpy.stack([bars, bars[::-1], 255 - bars], -1), 100, 200, 3, False), "words": (words, 100, 200, 3, False), "rings": (rings, 50, 120, 3, True),
        "bird": (drawing, 100, 200, 3, False), "scene": (scene, 40, 120, 5, False), "line": (line, 100, 200, 3, False),
        "house": (drawn, 100, 200, 3, False), "house-low": (drawn, 20, 60, 3, False), "house-euclid": (drawn, 100, 200, 3, True),
        "house-aperture-5": (drawn, 400, 900, 5, False), "house-aperture-7": (drawn, 4000, 9000, 7, True),
        "soft": (soft[0], 10, 30, 3, False), "soft-tall": (soft[1], 20.5, 40.9, 3, True), "soft-narrow": (soft[2], 60, 12, 3, False),
        "noise": (noisy, 100, 200, 3, False), "noise-euclid": (noisy, 150, 350, 3, True), "noise-aperture-5": (noisy, 1500, 3500, 5, True)}


def canny(fixtures):
    """Small pictures and what OpenCV's Canny makes of their three colours."""
    folder, facts = fixtures.out / "canny", {}
    folder.mkdir(exist_ok=True)
    for name, (image, low, high, aperture, euclid) in canny_cases(fixtures).items():
        source = name.split("-")[0] if image.shape[:2] in ((64, 64), (40, 40)) else name
        edges = cv2.Canny(image, low, high, apertureSize=aperture, L2gradient=euclid)
        assert 0.01 < (edges > 0).mean() < 0.6, f"{name} has no edges, or nothing else"
        Image.fromarray(image).save(folder / f"{source}-picture.png", optimize=True)
        Image.fromarray(edges).convert("1").save(folder / f"{name}.png", optimize=True)
        facts[name] = {"picture": f"{source}-picture", "low": low, "high": high, "aperture": aperture, "euclid": euclid}
    fixtures.facts("canny", facts)


def draw_all(fixtures, pipeline, flags, noise, controls, given):
    arguments = {**given}
    guidance = arguments.pop("guidance_scale")
    with mock.patch(f"{__name__}.GUIDANCE", guidance):
        return diffusers_call(fixtures, pipeline, flags, noise, controls, **arguments)


def listed(value):
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    main([controlnet, controlled, canny], __doc__)
