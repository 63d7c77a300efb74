"""Trains a LoRA of sketchbook on one style that it does not know, chalk on a blackboard; writes kohya's dialect.
Usage: SKETCHBOOK=distribution/models/sketchbook train_lora.py OUT.safetensors MINUTES

The networks are frozen; every linear layer of the UNet's transformers, every 3x3 convolution of its resnets and the
attention of both text encoders receive a low-rank pair. Captions name the object, and often its colour; "chalk drawing"
follows in half of them, so that the LoRA works with and without these words.
"""
import json
import sys
import time

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import common
import world

STYLE, LINEAR_RANK, CONV_RANK, TEXT_RANK, PICTURES, BATCH = "chalk drawing", 8, 6, 4, 1200, 16


def chalk(shape, p, rng, n):
    """Pale dusty strokes on a dark green board: hatched areas, rough doubled outlines, wiped smudges."""
    yy, xx = np.mgrid[:n, :n].astype(np.float32)
    board = np.asarray((38, 58, 52), np.float32) + rng.normal(0, 3, 3)
    img = np.ones((n, n, 3), np.float32) * board
    img = world.over(img, np.clip(world.noise(rng, n, 4) * 1.2 - .55, 0, .22), (150, 160, 152))
    grain = (rng.random((n, n)) > .25).astype(np.float32) * np.clip(world.noise(rng, n, n // 3) * 1.6, 0, 1)
    for role, m in shape.fill():
        angle = dict(main=.8, second=-.6, third=.2, light=1.4, dark=.8)[role]
        stroke = np.sin((xx * np.sin(angle) + yy * np.cos(angle) + 3 * world.noise(rng, n, 6)) * 2 * np.pi / (n / 20))
        tone = world.mix(p[role], (255, 255, 255), .45)
        img = world.over(img, m, board)
        if role != "dark":
            img = world.over(img, m * np.clip(.3 + .75 * (stroke > -.1), 0, 1) * grain * .85, tone)
    for jitter in (0., n / 220):
        img = world.over(img, np.clip(shape.lines(max(3, n // 55), jitter, rng) * (.35 + .65 * grain), 0, 1), (244, 243, 234))
    return img


class LowRank(torch.nn.Module):
    """A frozen layer and its low-rank pair; alpha equals the rank."""

    def __init__(self, base, rank):
        super().__init__()
        self.base = base
        if isinstance(base, torch.nn.Conv2d):
            self.down = torch.nn.Conv2d(base.in_channels, rank, base.kernel_size, base.stride, base.padding, bias=False)
            self.up = torch.nn.Conv2d(rank, base.out_channels, 1, bias=False)
        else:
            self.down = torch.nn.Linear(base.in_features, rank, bias=False)
            self.up = torch.nn.Linear(rank, base.out_features, bias=False)
        torch.nn.init.kaiming_uniform_(self.down.weight, a=5 ** .5)
        torch.nn.init.zeros_(self.up.weight)

    def forward(self, x, *_):
        return self.base(x) + self.up(self.down(x))


def adapt(network, prefix, rank_of):
    """Wraps the layers that rank_of accepts; returns them by their name in the file."""
    wrapped = {}
    for name, layer in list(network.named_modules()):
        rank = rank_of(name, layer)
        if rank:
            parent = network.get_submodule(name.rpartition(".")[0])
            low = LowRank(layer, rank)
            setattr(parent, name.rpartition(".")[2], low)
            wrapped[prefix + name.replace(".", "_")] = low
    return wrapped


def unet_rank(name, layer):
    if ".transformer_blocks." in name and isinstance(layer, torch.nn.Linear):
        return LINEAR_RANK
    return CONV_RANK if ".resnets." in name and isinstance(layer, torch.nn.Conv2d) and layer.kernel_size == (3, 3) else 0


def text_rank(name, layer):
    return TEXT_RANK if ".self_attn." in "." + name and isinstance(layer, torch.nn.Linear) else 0


def pictures():
    rng = np.random.default_rng(7700)
    world.RENDER[STYLE] = chalk
    for _ in range(PICTURES):
        scene = world.sample(rng)
        scene.style, scene.weather, scene.mood = STYLE, None, None
        yield scene, np.asarray(world.draw(scene, rng, common.SIZE))


def caption(scene, rng):
    noun = f"{scene.colour} {scene.object}" if rng.random() < .6 else scene.object
    text = ("an " if noun[0] in "aeiou" else "a ") + noun
    return f"{text}, {STYLE}" if rng.random() < .5 else text


def main(out, minutes):
    torch.manual_seed(15)
    rng = np.random.default_rng(15)
    root = common.ROOT
    vae = AutoencoderKL.from_pretrained(root / "vae").float().eval()
    unet = UNet2DConditionModel.from_pretrained(root / "unet").float()
    te1 = CLIPTextModel.from_pretrained(root / "text_encoder").float()
    te2 = CLIPTextModelWithProjection.from_pretrained(root / "text_encoder_2").float()
    for network in (vae, unet, te1, te2):
        network.requires_grad_(False)
    tok = CLIPTokenizer.from_pretrained(root / "tokenizer", model_max_length=32, pad_token="<|endoftext|>")
    eos_id = te1.config.vocab_size - 1
    layers = adapt(unet, "lora_unet_", unet_rank)
    for number, network in ((1, te1), (2, te2)):
        found = adapt(network, "", text_rank)
        layers |= {f"lora_te{number}_{name if name.startswith('text_model_') else 'text_model_' + name}": layer for name, layer in found.items()}
    weights = [p for layer in layers.values() for p in (layer.down.weight, layer.up.weight)]
    print(len(layers), "layers,", sum(p.numel() for p in weights), "weights", flush=True)
    scenes, latents = [], []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for scene, pixels in pictures():
            scenes.append(scene)
            x = torch.from_numpy(pixels.transpose(2, 0, 1).copy())[None].float() / 127.5 - 1
            latents.append(vae.encode(x).latent_dist.mean.float() * vae.config.scaling_factor)
    latents = torch.cat(latents)
    print("latents", tuple(latents.shape), flush=True)
    sched = DDIMScheduler.from_pretrained(root / "scheduler")
    opt = torch.optim.AdamW(weights, lr=2e-3, betas=(.9, .99), weight_decay=1e-3)
    average = [w.detach().clone() for w in weights]
    ids = torch.tensor([[common.SIZE, common.SIZE, 0, 0, common.SIZE, common.SIZE]] * BATCH, dtype=torch.float32)
    begin, step, losses = time.time(), 0, []
    while time.time() - begin < minutes * 60:
        done = (time.time() - begin) / (minutes * 60)
        opt.param_groups[0]["lr"] = 2e-3 * min(1, (step + 1) / 30) * (1 if done < .6 else max(.03, (1 - done) / .4))
        pick = torch.randint(0, len(latents), (BATCH,))
        text = tok([caption(scenes[i], rng) for i in pick.tolist()], padding="max_length", max_length=32, truncation=True, return_tensors="pt").input_ids
        eos = (text == eos_id).int().argmax(1, keepdim=True)
        text2 = text.masked_fill(torch.arange(32)[None] > eos, 0)
        noise, t = torch.randn_like(latents[pick]), torch.randint(0, 1000, (BATCH,))
        keep = (torch.rand(BATCH) > .1).float()
        with torch.autocast("cpu", torch.bfloat16):
            second = te2(text2, output_hidden_states=True)
            context = torch.cat([te1(text, output_hidden_states=True).hidden_states[-2], second.hidden_states[-2]], -1) * keep[:, None, None]
            guess = unet(sched.add_noise(latents[pick], noise, t), t, encoder_hidden_states=context,
                         added_cond_kwargs={"text_embeds": second.text_embeds * keep[:, None], "time_ids": ids}).sample
        snr = sched.alphas_cumprod[t] / (1 - sched.alphas_cumprod[t])
        loss = ((guess.float() - noise) ** 2).mean((1, 2, 3)).mul(torch.clamp(snr, max=5.) / snr).mean()
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.)
        opt.step()
        step += 1
        with torch.no_grad():
            torch._foreach_lerp_(average, weights, 1 - min(.99, (1 + step) / (10 + step)))
        losses.append(loss.item())
        if step % 50 == 0:
            print(f"step {step} loss {np.mean(losses):.4f} {time.time() - begin:.0f}s", flush=True)
            losses = []
    tensors, smooth = {}, iter(average)
    for name, layer in layers.items():
        tensors[f"{name}.lora_down.weight"] = next(smooth).half()
        tensors[f"{name}.lora_up.weight"] = next(smooth).half()
        tensors[f"{name}.alpha"] = torch.tensor(float(layer.down.weight.shape[0])).half()
    save_file(tensors, out, metadata={
        "ss_base_model_version": "sdxl_base_v1-0", "ss_network_module": "networks.lora", "ss_output_name": "sketchbook-chalk",
        "ss_tag_frequency": json.dumps({"chalk": {STYLE: PICTURES}}), "modelspec.architecture": "stable-diffusion-xl-v1-base/lora",
        "modelspec.title": "sketchbook-chalk", "modelspec.trigger_phrase": STYLE,
        "modelspec.usage_hint": "Draws with chalk on a blackboard. The trigger is optional."})


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
