"""Makes the fixture of sets that redraw content images in the style of a reference: StyleID (Chung et al. 2024).

python styleid_fixtures.py --style-aligned DIR --styleid DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py, whose `tiny`, the pictures of picture_fixtures.py and the models of family_fixtures.py have to be
there; DIR of --styleid is a checkout of https://github.com/jiwoogit/StyleID (MIT licence), whose version for diffusers is run by
`styleid_families`. `styleid` is the algorithm of the paper in the two versions that this repository publishes, written here with
attention processors: features are kept while a picture is inverted, and injected under the same timestep.

port      the version for diffusers: the inversion step of timestep t goes from level max(0, t - stride) to level t; every step is
          denoised; the result is the last prediction of the clean latents; layers 7 to 11 of the decoder
original  the first code: the inversion step of t goes from level t to the next timestep, the last one to 999; the noisiest step is
          not denoised, the latents of level 999 enter at the second; the result is the latents after the last step; layers 6 to 11

Both take the empty prompt without guidance, and the initial latents of the content with the moments of the style's. Two things of
the first code are left out: it samples from the autoencoder's posterior, and crops its pictures; here both take the mean. The
first code itself, on another implementation of the network, was read and followed but not run; of the port, every case is run by
its own code too, and the two agree.
"""
import sys
from types import ModuleType, SimpleNamespace

import safetensors.torch
import torch
from diffusers import DDIMScheduler
from diffusers.models.attention_processor import AttnProcessor

import tiny_sd
import tiny_sdxl
from make_fixtures import EXACT, difference, main, randn, scheduler_config
from picture_fixtures import encoded, pixels

STEPS, PROMPT = 10, ""
PUBLISHED, ORIGINAL = 5 / 9, 6 / 9
TRAJECTORIES = ("wide", "original")
FAMILY_TRAJECTORIES = ("sd1", "sd2")


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


def conditioning(pipeline, latents):
    """Of the empty prompt, which is encoded in every family, and for XL the pooled text and the size of the image."""
    if not hasattr(pipeline, "text_encoder_2"):
        return {"encoder_hidden_states": pipeline.encode_prompt([PROMPT], "cpu", 1, False)[0]}
    embeds, _, pooled, _ = pipeline.encode_prompt([PROMPT], do_classifier_free_guidance=False)
    height, width = (pipeline.vae_scale_factor * side for side in latents.shape[2:])
    ids = torch.tensor([[height, width, 0, 0, height, width]], dtype=embeds.dtype)
    return {"encoder_hidden_states": embeds, "added_cond_kwargs": {"text_embeds": pooled, "time_ids": ids}}


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
        return self.unet(latents, timestep, **conditioning(self.pipeline, latents)).sample

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


class Published:
    """The port's own code, on a pipeline: its main program with latents in place of image files."""

    def __init__(self, fixtures, pipeline, config, options):
        assert fixtures.styleid, "--styleid is missing"
        self.code = published_code(fixtures.styleid)
        self.pipeline, self.options = pipeline, options
        scheduler = DDIMScheduler.from_config(config)
        scheduler.set_timesteps(STEPS)
        # The port counts twelve blocks of up to three attentions; a tiny network has fewer.
        attentions = [attention for block in pipeline.unet.up_blocks for attention in getattr(block, "attentions", [])]
        layers = [(attention, index) for attention in attentions for index in range(len(attention.transformer_blocks))]
        chosen = layers[len(layers) - round(options.get("decoder-share", PUBLISHED) * len(layers)):]
        self.code.get_unet_layers = lambda unet: ([], [
            SimpleNamespace(transformer_blocks=[attention.transformer_blocks[index]]) for attention, index in chosen])
        velocity = config.get("prediction_type") == "v_prediction"
        self.module = self.code.style_transfer_module(
            pipeline.unet, pipeline.vae, pipeline.text_encoder, pipeline.tokenizer, scheduler,
            SimpleNamespace(sd_version="2.1" if velocity else "1.5"),
            {"gamma": options.get("gamma", 0.75), "tau": options.get("temperature", 1.5), "injection_layers": list(range(len(chosen)))})
        # What the main program keeps in global variables. No image is decoded on the way.
        self.code.unet_wrapper, self.code.scheduler, self.code.vae = self.module, scheduler, pipeline.vae
        self.code.tokenizer, self.code.text_encoder, self.code.device = pipeline.tokenizer, pipeline.text_encoder, "cpu"
        self.code.decode_latent = lambda latents, vae: None
        self.code.tqdm = lambda steps: steps

    def condition(self, latents):
        if hasattr(self.pipeline, "text_encoder_2"):
            return conditioning(self.pipeline, latents)
        return self.module.get_text_condition(None)

    def inverted(self, latents):
        self.module.trigger_get_qkv, self.module.trigger_modify_qkv = True, False
        _, trajectory = self.module.invert_process(latents, self.condition(latents))
        return trajectory, {name: dict(kept) for name, kept in self.module.attn_features.items()}

    def redrawn(self, style, content):
        """The trajectories and the result."""
        styles, style_features = self.inverted(style)
        contents, content_features = self.inverted(content)
        for name, kept in style_features.items():
            self.module.attn_features_modify[name] = {
                timestep: (content_features[name][timestep][0], *kept[timestep][1:]) for timestep in kept}
        self.module.trigger_get_qkv, self.module.trigger_modify_qkv = False, True
        start, like = contents[-1], styles[-1]
        if self.options.get("initial-adain", True):
            start = ((start - start.mean(dim=(2, 3), keepdim=True)) / (start.std(dim=(2, 3), keepdim=True) + 1e-4)
                     * like.std(dim=(2, 3), keepdim=True) + like.mean(dim=(2, 3), keepdim=True))
        _, clean = self.module.reverse_process(start, self.condition(start))
        return {"style": torch.cat([style, *styles]), "content": torch.cat([content, *contents]), "result": clean[-1]}


def published_code(folder):
    """The module of the port, without what it needs to read and write image files."""
    for name in ("matplotlib", "matplotlib.pyplot", "cv2", "imageio", "tqdm"):
        if name not in sys.modules:
            sys.modules[name] = ModuleType(name)
    sys.modules["tqdm"].tqdm = getattr(sys.modules["tqdm"], "tqdm", None)
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]
    path = str((folder / "diffusers_implementation").resolve())
    if path not in sys.path:
        sys.path.insert(0, path)
    import run_styleid_diffusers
    return run_styleid_diffusers


def family_cases():
    """name -> family, style picture, content picture, options. The first code knows no velocity."""
    return {
        "sd1": ("sd1", "square", "second", {}),
        "sd1-wide": ("sd1", "second", "wide", {"gamma": 0.3, "temperature": 1.2, "decoder-share": 1.0}),
        "sd1-original": ("sd1", "square", "second", {"original": True}),
        "sd2": ("sd2", "square", "second", {}),
        "sd2-wide": ("sd2", "second", "wide", {"initial-adain": False, "decoder-share": 1.0}),
    }


def styleid_families(fixtures):
    """Version 1 and version 2, which predicts velocity, by the port's own code; and that code beside `styleid`'s cases."""
    torch.set_num_threads(1)
    tensors, rounding, facts = {}, {}, {"steps": STEPS, "cases": {}}
    for name, (family, style, content, options) in family_cases().items():
        outputs = []
        print(" ", name, flush=True)
        for dtype in (torch.float32, EXACT):
            pipeline = tiny_sd.load(fixtures.out / f"tiny-{family}", dtype)
            config = tiny_sd.STOCK[family]
            latents = [encoded(pipeline, pixels(*picture(each)))[1] for each in (style, content)]
            own = options.get("original", False)
            outputs.append((StyleId(pipeline, config, options) if own else Published(fixtures, pipeline, config, options))
                           .redrawn(*latents))
        tensors[f"{name}.result"] = outputs[0]["result"]
        if name in FAMILY_TRAJECTORIES:
            tensors.update({f"{name}.{key}": outputs[0][key] for key in ("style", "content")})
        rounding[name] = {"std": float(f"{outputs[0]['result'].std().item():.3g}"),
                          **{f"{key}_float64": difference(outputs[0][key], outputs[1][key]) for key in ("style", "content", "result")}}
        facts["cases"][name] = {"family": family, "style": style, "content": content, "options": options}
    for name, other in (("sd1", "sd1-original"), ("sd1", "sd2")):
        assert difference(tensors[f"{name}.result"], tensors[f"{other}.result"]) > 0.1, f"{name} and {other} are the same"
    fixtures.tensors("styleid-families", tensors)
    fixtures.facts("styleid-families", facts)
    fixtures.rounding("styleid-families", rounding)
    made = safetensors.torch.load_file(fixtures.out / "styleid.safetensors")
    for name, (style, content, options) in cases().items():
        if not options.get("original", False):
            pipeline = tiny_sdxl.load(fixtures.tiny)
            latents = [encoded(pipeline, pixels(*picture(each)))[1] for each in (style, content)]
            result = Published(fixtures, pipeline, scheduler_config(fixtures.tiny), options).redrawn(*latents)["result"]
            print(f"  {name}: {difference(result, made[f'{name}.result'])} from the port's own code", flush=True)
            assert difference(result, made[f"{name}.result"]) < 2e-4, name


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
    main([styleid, styleid_families], __doc__)
