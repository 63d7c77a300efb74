"""Distils the sketchbook's UNet into a latent consistency model (Luo et al. 2023, algorithm 1). Usage: train_lcm.py MINUTES [PICTURES]

The student is the UNet with an embedding of the guidance scale (time_cond_proj_dim); it learns to predict from any point of the
teacher's guided trajectory what it predicts one solver step of DDIM nearer to the picture. Encoders and VAE are the sketchbook's.
Resumes from lcm.pt. Cached latents are those of train_unet.py, or PICTURES of them (default 3000), drawn at the first run.
"""
import copy
import os
import sys
import time

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, LCMScheduler, UNet2DConditionModel
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import common
import world

minutes, count = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000
lr0, batch, width, weakest, strongest, grid = 3e-4, 16, 64, 2.0, 9.0, 50
R = common.ROOT
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(int(time.time()))
vae = AutoencoderKL.from_pretrained(R / "vae")
teacher, te1, te2 = UNet2DConditionModel.from_pretrained(R / "unet"), CLIPTextModel.from_pretrained(R / "text_encoder"), CLIPTextModelWithProjection.from_pretrained(R / "text_encoder_2")
for m in (vae, teacher, te1, te2):
    m.float().eval().requires_grad_(False)
tok = CLIPTokenizer.from_pretrained(R / "tokenizer", model_max_length=32, pad_token="<|endoftext|>")
eos_id = te1.config.vocab_size - 1
student = UNet2DConditionModel.from_config({**teacher.config, "time_cond_proj_dim": width})
missing = student.load_state_dict(teacher.state_dict(), strict=False).missing_keys
assert missing == ["time_embedding.cond_proj.weight"], missing
torch.nn.init.zeros_(student.time_embedding.cond_proj.weight)
student.train()
ema = copy.deepcopy(student).requires_grad_(False)
average = copy.deepcopy(ema)
opt = torch.optim.AdamW(student.parameters(), lr=lr0, betas=(.9, .99), weight_decay=1e-3)
step = 0
if (R / "lcm.pt").exists():
    s = torch.load(R / "lcm.pt")
    student.load_state_dict(s["student"]); ema.load_state_dict(s["ema"]); average.load_state_dict(s["average"]); opt.load_state_dict(s["opt"])
    step = s["step"]
sched = DDIMScheduler.from_pretrained(R / "scheduler")
alphas = sched.alphas_cumprod

if (R / "latents.pt").exists():
    data = torch.load(R / "latents.pt", weights_only=False)
    lat, scenes = data["latents"], data["scenes"]
else:
    lat, scenes, t0 = [], [], time.time()
    for k in range(count // 500):
        rng = np.random.default_rng(1000 + k)
        part = [world.sample(rng) for _ in range(500)]
        px = torch.from_numpy(np.stack([np.asarray(world.draw(s, rng, common.SIZE)) for s in part]).transpose(0, 3, 1, 2)).float() / 127.5 - 1
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            lat += [(vae.encode(x).latent_dist.mean.float() * vae.config.scaling_factor).half() for x in px.split(50)]
        scenes += part
        print("latents", len(scenes), f"{time.time() - t0:.0f}s", flush=True)
    lat = torch.cat(lat)
    torch.save({"latents": lat, "scenes": scenes}, R / "latents.pt")


def encoded(texts):
    """(embeddings, pooled), as SDXL's pipeline; encoder 2 pads with "!"."""
    ids = tok(texts, padding="max_length", max_length=32, truncation=True, return_tensors="pt").input_ids
    eos = (ids == eos_id).int().argmax(1, keepdim=True)
    o2 = te2(ids.masked_fill(torch.arange(32)[None] > eos, 0), output_hidden_states=True)
    return torch.cat([te1(ids, output_hidden_states=True).hidden_states[-2], o2.hidden_states[-2]], -1), o2.text_embeds


def predicted(unet, x, t, context, pooled, cond=None):
    return unet(x, t, encoder_hidden_states=context, timestep_cond=cond, added_cond_kwargs={"text_embeds": pooled, "time_ids": ids}).sample.float()


def split(x, eps, t):
    """The clean latents and the noise that a prediction means, and sqrt(alpha), sqrt(1 - alpha)."""
    a, s = (alphas[t] ** .5)[:, None, None, None], ((1 - alphas[t]) ** .5)[:, None, None, None]
    return (x - s * eps) / a, eps


def consistent(unet, x, t, context, pooled, cond):
    c = 10. * t.float()[:, None, None, None]
    skip, out = .25 / (c * c + .25), c / (c * c + .25) ** .5
    return skip * x + out * split(x, predicted(unet, x, t, context, pooled, cond), t)[0]


def embedded(w):
    """Of w = guidance scale - 1, as diffusers' pipelines embed it."""
    return StableDiffusionXLPipeline.get_guidance_scale_embedding(None, w, embedding_dim=width)


ids = torch.tensor([[common.SIZE, common.SIZE, 0, 0, common.SIZE, common.SIZE]], dtype=torch.float32).expand(batch, -1)
with torch.no_grad():
    none, none_pooled = torch.zeros(batch, 32, 160), torch.zeros(batch, 96)
crng, t0, last, acc, before = np.random.default_rng(int(time.time())), time.time(), time.time(), [], step
while time.time() - t0 < minutes * 60:
    frac = (time.time() - t0) / (minutes * 60)
    for g in opt.param_groups:
        g["lr"] = lr0 * min(1, (step + 1) / 50) * (1 if frac < .7 else max(.05, (1 - frac) / .3))
    pick = torch.randint(0, len(lat), (batch,))
    x0, noise = lat[pick].float(), torch.randn(batch, *lat.shape[1:])
    index = torch.randint(0, grid, (batch,))
    t = index * (1000 // grid) + 1000 // grid - 1
    to = (t - 1000 // grid).clamp(min=0)
    w = weakest - 1 + (strongest - weakest) * torch.rand(batch)
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            context, pooled = encoded([world.caption(scenes[i], crng) for i in pick.tolist()])
            x, cond = sched.add_noise(x0, noise, t), embedded(w)
            (clean, eps), (clean0, eps0) = (split(x, predicted(teacher, x, t, *c), t) for c in ((context, pooled), (none, none_pooled)))
            scale = w[:, None, None, None]
            clean, eps = clean + scale * (clean - clean0), eps + scale * (eps - eps0)
            nearer = (alphas[to] ** .5)[:, None, None, None] * clean + ((1 - alphas[to]) ** .5)[:, None, None, None] * eps
            target = consistent(ema, nearer, to, context, pooled, cond)
        got = consistent(student, x, t, context, pooled, cond)
    loss = ((got - target) ** 2 + .03 ** 2).sqrt().mean() - .03
    opt.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.)
    opt.step()
    step += 1
    with torch.no_grad():
        torch._foreach_lerp_(list(ema.parameters()), list(student.parameters()), .05)
        torch._foreach_lerp_(list(average.parameters()), list(student.parameters()), 1 - min(.995, (1 + step) / (10 + step)))
    acc.append(loss.item())
    if step % 25 == 0:
        print(f"step {step} loss {np.mean(acc):.4f} {(step - before) * batch / (time.time() - t0):.1f} img/s {time.time() - t0:.0f}s", flush=True)
        acc = []
    if step % 200 == 0:
        torch.save({"student": student.state_dict(), "ema": ema.state_dict(), "average": average.state_dict(), "opt": opt.state_dict(), "step": step}, R / "lcm.pt")
torch.save({"student": student.state_dict(), "ema": ema.state_dict(), "average": average.state_dict(), "opt": opt.state_dict(), "step": step}, R / "lcm.pt")
average.save_pretrained(R / "lcm" / "unet")
LCMScheduler.from_config(sched.config).save_pretrained(R / "lcm" / "scheduler")
