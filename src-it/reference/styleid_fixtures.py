"""Makes the fixture of sets that redraw content images in the style of a reference: StyleID (Chung et al. 2024).

python styleid_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py, whose `tiny` and the pictures of picture_fixtures.py have to be there. This is the algorithm of
the paper in the two versions that jiwoogit/StyleID publishes, written here with attention processors: features are kept while a
picture is inverted, and injected under the same timestep.

port      the version for diffusers: the inversion step of timestep t goes from level max(0, t - stride) to level t; every step is
          denoised; the result is the last prediction of the clean latents; layers 7 to 11 of the decoder
original  the first code: the inversion step of t goes from level t to the next timestep, the last one to 999; the noisiest step is
          not denoised, the latents of level 999 enter at the second; the result is the latents after the last step; layers 6 to 11

Both take the empty prompt without guidance, and the initial latents of the content with the moments of the style's. Two things of
the first code are left out: it samples from the autoencoder's posterior, and crops its pictures; here both take the mean. The port's
code has been read and followed; it was not run beside this script.
"""
import torch
from diffusers import DDIMScheduler
from diffusers.models.attention_processor import AttnProcessor

import tiny_sdxl
from make_fixtures import EXACT, difference, main, randn, scheduler_config
from picture_fixtures import encoded, pixels

STEPS, PROMPT = 10, ""
PUBLISHED, ORIGINAL = 5 / 9, 6 / 9
TRAJECTORIES = ("wide", "original")


def cases():
    """name -> style picture, content picture, options."""
    return {
        "port": ("square", "second", {}),
        "wide": ("square", "wide", {}),
        "strong": ("second", "wide", {"gamma": 0.3, "temperature": 1.2}),
        "without-adain": ("square", "second", {"initial-adain": False}),
        "all-layers": ("second", "square", {"decoder-share": 1.0}),
        "original": ("square", "second", {"original": True}),
        "original-wide": ("square", "wide", {"original": True}),
    }


class Injection:
    """Self-attention of one layer that keeps its queries, keys and values, or takes them from a content and a style."""

    def __init__(self):
        self.timestep, self.kept, self.taken = None, None, None

    def __call__(self, attention, hidden_states, encoder_hidden_states=None, attention_mask=None, **_):
        query, key, value = (linear(hidden_states).unflatten(-1, (attention.heads, -1)).transpose(1, 2)
                             for linear in (attention.to_q, attention.to_k, attention.to_v))
        if self.kept is not None:
            self.kept[self.timestep] = query, key, value
        temperature = 1.0
        if self.taken is not None:
            content, style, gamma, temperature = self.taken
            query = gamma * content[self.timestep][0] + (1 - gamma) * query
            key, value = style[self.timestep][1:]
        weights = (temperature * query @ key.mT * query.shape[-1] ** -0.5).softmax(-1)
        return attention.to_out[0]((weights @ value).transpose(1, 2).flatten(2))


class StyleId:
    """The two versions, on one pipeline."""

    def __init__(self, pipeline, config, options):
        self.unet, self.dtype = pipeline.unet, pipeline.unet.dtype
        self.pipeline, self.options = pipeline, options
        self.original = options.get("original", False)
        self.scheduler = DDIMScheduler.from_config(config)
        self.scheduler.set_timesteps(STEPS)
        self.timesteps = [int(t) for t in self.scheduler.timesteps]
        decoder = [name for name in self.unet.attn_processors if name.startswith("up_blocks") and "attn1" in name]
        share = options.get("decoder-share", ORIGINAL if self.original else PUBLISHED)
        self.layers = {name: Injection() for name in decoder[len(decoder) - round(share * len(decoder)):]}
        self.unet.set_attn_processor(AttnProcessor())
        self.unet.set_attn_processor({**self.unet.attn_processors, **self.layers})

    def level(self, timestep):
        return self.scheduler.alphas_cumprod[timestep].to(self.dtype)

    def noise(self, latents, timestep):
        for layer in self.layers.values():
            layer.timestep = timestep
        embeds, _, pooled, _ = self.pipeline.encode_prompt([PROMPT], do_classifier_free_guidance=False)
        factor = self.pipeline.vae_scale_factor
        height, width = (factor * side for side in latents.shape[2:])
        ids = torch.tensor([[height, width, 0, 0, height, width]], dtype=self.dtype)
        return self.unet(latents, timestep, embeds, added_cond_kwargs={"text_embeds": pooled, "time_ids": ids}).sample

    def inverted(self, latents):
        """The trajectory, clean latents first, and the features under each timestep."""
        features = {name: {} for name in self.layers}
        for name, layer in self.layers.items():
            layer.kept = features[name]
        stride = self.scheduler.config.num_train_timesteps // STEPS
        trajectory = [latents]
        for timestep in reversed(self.timesteps):
            if self.original:
                here, there = timestep, 999 if timestep == self.timesteps[0] else timestep + stride
            else:
                here, there = max(0, timestep - stride), timestep
            noise = self.noise(trajectory[-1], timestep)
            clean = (trajectory[-1] - (1 - self.level(here)).sqrt() * noise) / self.level(here).sqrt()
            trajectory.append(self.level(there).sqrt() * clean + (1 - self.level(there)).sqrt() * noise)
        for layer in self.layers.values():
            layer.kept = None
        return trajectory, features

    def redrawn(self, style, content):
        """The initial latents, those after each step, and the result."""
        style, style_features = self.inverted(style)
        content, content_features = self.inverted(content)
        start, like = content[-1], style[-1]
        if self.options.get("initial-adain", True):
            deviation = start.std((2, 3), keepdim=True) + (0 if self.original else 1e-4)
            start = ((start - start.mean((2, 3), keepdim=True)) / deviation * like.std((2, 3), keepdim=True)
                     + like.mean((2, 3), keepdim=True))
        for name, layer in self.layers.items():
            layer.taken = (content_features[name], style_features[name], self.options.get("gamma", 0.75),
                           self.options.get("temperature", 1.5))
        latents, steps = start, []
        for timestep in self.timesteps[1 if self.original else 0:]:
            step = self.scheduler.step(self.noise(latents, timestep), timestep, latents)
            latents = step.prev_sample
            steps.append(latents)
        result = latents if self.original else step.pred_original_sample
        return {"style": torch.cat(style), "content": torch.cat(content), "start": start, "steps": torch.cat(steps), "result": result}


def styleid(fixtures):
    config = scheduler_config(fixtures.tiny)
    torch.set_num_threads(1)  # the tensors are small
    single, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    tensors, rounding, facts = {}, {}, {"steps": STEPS, "cases": {}}
    for name, (style, content, options) in cases().items():
        outputs = []
        print(" ", name, flush=True)
        for pipeline, nudge in ((single, 0), (exact, 0), (single, 1e-6)):
            latents = [encoded(pipeline, pixels(*picture(each)))[1] for each in (style, content)]
            latents = [each + nudge * randn(*each.shape, seed=900).to(each.dtype) for each in latents]
            outputs.append(StyleId(pipeline, config, options).redrawn(*latents))
        wanted = ("style", "content", "result") if name in TRAJECTORIES else ("result",)
        tensors.update({f"{name}.{key}": outputs[0][key] for key in wanted})
        rounding[name] = {"std": float(f"{outputs[0]['result'].std().item():.3g}"),
                          **{f"{key}_float64": difference(outputs[0][key], outputs[1][key]) for key in outputs[0]},
                          "result_latents_1e-6": difference(outputs[0]["result"], outputs[2]["result"])}
        facts["cases"][name] = {"style": style, "content": content, "options": options}
    for other in ("without-adain", "original"):
        assert difference(tensors["port.result"], tensors[f"{other}.result"]) > 0.1, f"{other} changes nothing"
    fixtures.tensors("styleid", tensors)
    fixtures.facts("styleid", facts)
    fixtures.rounding("styleid", rounding)


def picture(name):
    """The arguments of `pixels`."""
    return ("square", True) if name == "second" else (name,)


if __name__ == "__main__":
    main([styleid], __doc__)
