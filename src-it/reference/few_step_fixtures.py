"""Makes the fixtures of few-step models: a UNet that embeds the guidance scale, and sets of the tiny model with LCM and TCD.

python few_step_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR

tiny-lcm holds what such a model has beside the files of tiny-sdxl, as a second shard of its UNet.
"""
import json
from pathlib import Path

import safetensors.torch
import torch
from diffusers import LCMScheduler, TCDScheduler, UNet2DConditionModel

import make_fixtures
import tiny_sdxl
from make_fixtures import NEGATIVE, SET_PROMPTS, difference, initial_noise, main, randn, scheduler_config

CHANNELS = 24
ALMOST_ONE = 1 + 1e-7  # sa_handler.py knows two halves only; at this scale the conditional one is all that counts
SHARDS = [f"diffusion_pytorch_model-0000{shard}-of-00002.safetensors" for shard in (1, 2)]


def guided(fixtures, dtype=torch.float32):
    """The tiny pipeline with a UNet that embeds the guidance scale."""
    pipeline = tiny_sdxl.load(fixtures.tiny, dtype)
    projection = randn(pipeline.unet.config.block_out_channels[0], CHANNELS, seed=800) / 10
    unet = UNet2DConditionModel.from_config({**pipeline.unet.config, "time_cond_proj_dim": CHANNELS}).to(dtype)
    state = {**pipeline.unet.state_dict(), "time_embedding.cond_proj.weight": projection.to(dtype)}
    unet.load_state_dict(state)
    pipeline.unet = unet.eval()
    pipeline.register_to_config(unet=("diffusers", "UNet2DConditionModel"))
    return pipeline, projection


def few_steps(fixtures):
    pipeline, projection = guided(fixtures)
    exact, _ = guided(fixtures, torch.float64)
    folder = fixtures.out / "tiny-lcm" / "unet"
    folder.mkdir(parents=True, exist_ok=True)
    names = json.loads(json.dumps(list(pipeline.unet.state_dict())))
    config = json.loads((fixtures.tiny / "unet" / "config.json").read_text())
    tiny_sdxl.write_json(folder / "config.json", {**config, "time_cond_proj_dim": CHANNELS})
    safetensors.torch.save_file({"time_embedding.cond_proj.weight": projection.contiguous()}, folder / SHARDS[1])
    tiny_sdxl.write_json(folder / "diffusion_pytorch_model.safetensors.index.json", {
        "metadata": {}, "weight_map": {name: SHARDS["cond_proj" in name] for name in names}})
    stock = scheduler_config(fixtures.tiny)
    scheduler = LCMScheduler.from_config(stock)
    (folder.parent / "scheduler").mkdir(exist_ok=True)
    tiny_sdxl.write_json(folder.parent / "scheduler" / "scheduler_config.json",
                         {**{k: v for k, v in scheduler.config.items() if not k.startswith("_")}, "_class_name": "LCMScheduler"})

    tensors, rounding, facts = {}, {}, {}
    sample, context, pooled = randn(2, 4, 16, 16, seed=801), randn(2, 32, 64, seed=802), randn(2, 32, seed=803)
    ids = torch.tensor([[32.0, 32, 0, 0, 32, 32]] * 2)
    tensors.update({"call.sample": sample, "call.prompt_embeds": context, "call.pooled": pooled, "call.time_ids": ids})
    for scale in (1.0, 3.5, 8.0):
        outputs = []
        for one in (pipeline, exact):
            dtype = one.unet.dtype
            cond = one.get_guidance_scale_embedding(torch.tensor([scale - 1.0] * 2), embedding_dim=CHANNELS, dtype=torch.float32)
            outputs.append(one.unet(sample.to(dtype), 601, encoder_hidden_states=context.to(dtype), timestep_cond=cond.to(dtype),
                                    added_cond_kwargs={"text_embeds": pooled.to(dtype), "time_ids": ids.to(dtype)}).sample)
        tensors[f"call.output.{scale}"], rounding[f"call.{scale}"] = outputs[0], difference(*outputs)

    plain = tiny_sdxl.load(fixtures.tiny)
    cases = {
        "lcm-embedded": (pipeline, LCMScheduler, 4, 4.0, {}), "lcm-embedded-one": (pipeline, LCMScheduler, 1, 8.0, {}),
        "lcm-embedded-two": (pipeline, LCMScheduler, 2, 2.0, {}), 
        "lcm": (plain, LCMScheduler, 8, 1.0, {}), "lcm-guided": (plain, LCMScheduler, 4, 2.0, {"negative_prompt": NEGATIVE}),
        "lcm-shared": (plain, LCMScheduler, 4, 1.0, {"shared": True}), "tcd-shared": (plain, TCDScheduler, 4, 1.0, {"shared": True, "eta": 0.3}),
        "tcd": (plain, TCDScheduler, 8, 0.0, {"eta": 0.3}),
    }
    for name, (one, kind, steps, guidance, extra) in cases.items():
        extra = dict(extra)
        shared = extra.pop("shared", False)
        eta = extra.pop("eta", 0.0)
        one.scheduler = kind.from_config(stock)
        handler = fixtures.handler(one)
        if shared:
            handler.register(fixtures.arguments())
        generators = [torch.Generator().manual_seed(7 + i) for i in range(3)]
        latents = one(prompt=SET_PROMPTS, num_inference_steps=steps, guidance_scale=ALMOST_ONE if shared else guidance, generator=generators, height=32, width=32,
                      output_type="latent", eta=eta, **({"negative_prompt": [extra["negative_prompt"]] * 3} if extra else {})).images
        if shared:
            handler.remove()
        tensors[f"{name}.latents"] = latents
        facts[name] = {"embedded": one is pipeline, "sampler": kind.__name__[:3].lower(), "steps": steps, "guidance": guidance,
                       "shared": shared, "negative": "negative_prompt" in extra,
                       "latents_std": float(f"{latents.std().item():.3g}")}
    fixtures.tensors("few-steps", tensors)
    fixtures.facts("few-steps", {"prompts": SET_PROMPTS, "negative_prompt": NEGATIVE, "seed": 7, "cases": facts})
    fixtures.rounding("few-steps", rounding)


if __name__ == "__main__":
    main([few_steps], __doc__)
