"""Lets sketchbook draw over drawings whose depth is known, to judge sketchbook-depth on its hand too. Usage: depth_generate.py OUT SEED COUNT

Each drawing is encoded, disturbed to STRENGTH of the noise, denoised again with its caption, and decoded: its outlines stay. OUT has the
files of depth_draw.py. Seed 9300 is for judging.
"""
import os
import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import common
import depth_world
import world

STRENGTH, STEPS, BATCH = .4, 10, 20


class Sketchbook:
    def __init__(self):
        read = lambda kind, name: kind.from_pretrained(common.ROOT / name).float().eval().requires_grad_(False)
        self.vae, self.unet = read(AutoencoderKL, "vae"), read(UNet2DConditionModel, "unet")
        self.text, self.text2 = read(CLIPTextModel, "text_encoder"), read(CLIPTextModelWithProjection, "text_encoder_2")
        self.words = CLIPTokenizer.from_pretrained(common.ROOT / "tokenizer", model_max_length=32, pad_token="<|endoftext|>")
        self.noise = DDIMScheduler.from_pretrained(common.ROOT / "scheduler")

    def embedded(self, captions):
        ids = self.words(captions, padding="max_length", max_length=32, truncation=True, return_tensors="pt").input_ids
        end = (ids == self.text.config.vocab_size - 1).int().argmax(1, keepdim=True)
        second = self.text2(ids.masked_fill(torch.arange(32)[None] > end, 0), output_hidden_states=True)
        sizes = torch.tensor([[common.SIZE, common.SIZE, 0, 0, common.SIZE, common.SIZE]], dtype=torch.float32)
        words = torch.cat([self.text(ids, output_hidden_states=True).hidden_states[-2], second.hidden_states[-2]], -1)
        return {"encoder_hidden_states": words, "added_cond_kwargs": {"text_embeds": second.text_embeds, "time_ids": sizes.expand(len(captions), -1)}}

    def again(self, pixels, captions):
        """The pictures, (batch, side, side, 3) of uint8, drawn over."""
        x = torch.from_numpy(pixels.transpose(0, 3, 1, 2).copy()).float() / 127.5 - 1
        latents = self.vae.encode(x).latent_dist.mean * self.vae.config.scaling_factor
        self.noise.set_timesteps(STEPS)
        steps = self.noise.timesteps[round(STEPS * (1 - STRENGTH)):]
        latents = self.noise.add_noise(latents, torch.randn_like(latents), steps[:1])
        given = self.embedded(captions)
        for t in steps:
            latents = self.noise.step(self.unet(latents, t, **given).sample, t, latents).prev_sample
        x = self.vae.decode(latents / self.vae.config.scaling_factor).sample
        return ((x.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()


if __name__ == "__main__":
    out, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2)))
    torch.manual_seed(seed)
    made, sketchbook, rng = depth_world.drawn(seed, count), Sketchbook(), np.random.default_rng([seed, 1])
    with torch.no_grad():
        for k in range(0, count, BATCH):
            captions = [world.caption(s, rng, full=True) for s in made.scenes[k:k + BATCH]]
            made.pixels[k:k + BATCH] = sketchbook.again(made.pixels[k:k + BATCH], captions)
            print(min(k + BATCH, count), flush=True)
    made.save(out)
