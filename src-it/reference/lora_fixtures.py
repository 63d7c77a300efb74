"""Makes the fixtures of LoRAs: small files in every dialect, and what diffusers computes with them.

python lora_fixtures.py --out src-it/reference/fixtures [--only-sd1]

Reads the tiny models and their UNet inputs (`make_fixtures.py tiny unet text`, `family_fixtures.py`). diffusers loads every file with load_lora_weights,
which needs peft, except that of a CP decomposition, which it does not know: there, the sum of LyCORIS is merged with torch.
An alpha of 0 stands for the rank, as in kohya-ss/sd-scripts; diffusers multiplies by 0. Every result is also compared with the
sum W + alpha / rank * up * down, computed here.
"""
import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

import tiny_sd
import tiny_sdxl

PROMPT = "a red fish, stained glass, rainy weather, calm mood"
DOWN1, MID, UP0 = "down_blocks.1.attentions.0", "mid_block.attentions.0", "up_blocks.0.attentions.1"
ATTENTIONS = [f"{DOWN1}.transformer_blocks.0.attn1", f"{DOWN1}.transformer_blocks.1.attn2",
              f"{MID}.transformer_blocks.0.attn2", f"{UP0}.transformer_blocks.1.attn1"]
PROJECTIONS = ["to_q", "to_k", "to_v", "to_out.0"]
LINEAR = [f"{DOWN1}.proj_in", f"{UP0}.proj_out", f"{MID}.transformer_blocks.0.ff.net.0.proj", f"{MID}.transformer_blocks.0.ff.net.2"]
CONVOLUTIONS = ["down_blocks.0.resnets.0.conv1", "down_blocks.1.resnets.0.conv_shortcut", "down_blocks.0.downsamplers.0.conv",
                "mid_block.resnets.1.conv2", "up_blocks.0.upsamplers.0.conv"]
SGM = {
    "down_blocks.0.resnets.0.": "input_blocks.1.0.", "down_blocks.0.downsamplers.0.conv": "input_blocks.3.0.op",
    "down_blocks.1.attentions.0.": "input_blocks.4.1.", "down_blocks.1.resnets.0.": "input_blocks.4.0.",
    "mid_block.attentions.0.": "middle_block.1.", "mid_block.resnets.1.": "middle_block.2.",
    "up_blocks.0.attentions.1.": "output_blocks.1.1.", "up_blocks.0.upsamplers.0.": "output_blocks.2.2.",
    "conv1": "in_layers.2", "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
}
TEXT_PROJECTIONS = ["q_proj", "k_proj", "v_proj", "out_proj"]
TYPES = {"decomposed": torch.float32, "processors": torch.bfloat16}
TEXT_LAYERS = {"text_encoder": [0, 1], "text_encoder_2": [0, 2]}


class Factors:
    """Random factors of every layer, always the same and exact in every type: {(network, module): (down, up)}."""

    def __init__(self, pipeline):
        self.generator = torch.Generator().manual_seed(15)
        unet = dict(pipeline.unet.named_modules())
        self.of = {}
        for module in [f"{a}.{p}" for a in ATTENTIONS for p in PROJECTIONS] + LINEAR:
            weight = unet[module].weight
            self.add("unet", module, (4, weight.shape[1]), (weight.shape[0], 4))
        for module in CONVOLUTIONS:
            weight = unet[module].weight
            self.add("unet", module, (2, *weight.shape[1:]), (weight.shape[0], 2, 1, 1))
        for network, layers in TEXT_LAYERS.items():
            for layer in layers:
                for name in [f"self_attn.{p}" for p in TEXT_PROJECTIONS] + ["mlp.fc1", "mlp.fc2"]:
                    out, into = {"mlp.fc1": (64, 32), "mlp.fc2": (32, 64)}.get(name, (32, 32))
                    self.add(network, f"text_model.encoder.layers.{layer}.{name}", (4, into), (out, 4))

    def randn(self, shape, gain):
        return (torch.randn(shape, generator=self.generator) * gain).bfloat16().half().float()

    def add(self, network, module, down, up):
        self.of[network, module] = (self.randn(down, torch.Size(down)[1:].numel() ** -.5), self.randn(up, up[1] ** -.5))

    def items(self, select=lambda network, module: True):
        return [(network, module, *pair) for (network, module), pair in self.of.items() if select(network, module)]


def is_attention(network, module):
    return any(module.rsplit(".", 1)[0].startswith(a) for a in ATTENTIONS) or ".self_attn." in module


def is_linear(network, module):
    return module not in CONVOLUTIONS


def sgm(module):
    for diffusers, original in SGM.items():
        module = module.replace(diffusers, original)
    return module


def kohya(factors, unet=lambda module: module, unet_prefix="lora_unet_", alpha=2., select=lambda n, m: True):
    prefixes = {"unet": unet_prefix, "text_encoder": "lora_te1_", "text_encoder_2": "lora_te2_"}
    tensors = {}
    for network, module, down, up in factors.items(select):
        name = prefixes[network] + (unet(module) if network == "unet" else module).replace(".", "_")
        tensors |= {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up, f"{name}.alpha": torch.tensor(alpha)}
    return tensors


def peft(factors, prefix="{}.", adapter="", select=lambda n, m: True):
    return {f"{prefix.format(network)}{module}.lora_{letter}{adapter}.weight": tensor
            for network, module, down, up in factors.items(select) for letter, tensor in (("A", down), ("B", up))}


def diffusers(factors):
    tensors = {}
    for network, module, down, up in factors.items(is_linear):
        name = f"{network}.{module}." + ("lora" if network == "unet" else "lora_linear_layer")
        tensors |= {f"{name}.down.weight": down, f"{name}.up.weight": up}
    return tensors


def processors(factors):
    tensors = {}
    for network, module, down, up in factors.items(is_attention):
        attention, projection = (module[:-2] if module.endswith(".0") else module).rsplit(".", 1)
        old = {"q_proj": "to_q", "k_proj": "to_k", "v_proj": "to_v", "out_proj": "to_out"}.get(projection, projection)
        name = f"{network}.{attention}{'.processor' if network == 'unet' else ''}.{old}_lora"
        tensors |= {f"{name}.down.weight": down, f"{name}.up.weight": up}
    return tensors


def decomposed(factors):
    """Convolutions of rank 2 with a core of 3 x 2: kohya's names, LyCORIS' factors."""
    tensors = {}
    for number, module in enumerate(m for m in CONVOLUTIONS if "shortcut" not in m):
        down, up = factors.of["unet", module]
        generator = torch.Generator().manual_seed(100 + number)
        name = "lora_unet_" + module.replace(".", "_")
        tensors |= {
            f"{name}.lora_down.weight": torch.randn((2, down.shape[1], 1, 1), generator=generator) * .3,
            f"{name}.lora_mid.weight": torch.randn((3, 2, 3, 3), generator=generator) * .3,
            f"{name}.lora_up.weight": torch.randn((up.shape[0], 3, 1, 1), generator=generator) * .5,
            f"{name}.alpha": torch.tensor(1.)}
    return {key: value.half().float() for key, value in tensors.items()}


def merged(pipeline, tensors, scale_of, unet=1., text=1.):
    """The sum by its formula; tensors in kohya's names or PEFT's; scale_of gives alpha / rank."""
    with torch.no_grad():
        for network, module in all_modules(pipeline):
            for key in names(network, module):
                down, up, mid = (tensors.get(f"{key}.{part}") for part in ("lora_down.weight", "lora_up.weight", "lora_mid.weight"))
                if down is None:
                    continue
                target = getattr(pipeline, network).get_submodule(module)
                if mid is None:
                    delta = (up.flatten(1) @ down.flatten(1)).reshape(target.weight.shape)
                else:
                    delta = torch.einsum("oa,abhw,bi->oihw", up.flatten(1), mid, down.flatten(1))
                alpha = tensors.get(f"{key}.alpha")
                target.weight += (unet if network == "unet" else text) * scale_of(alpha, down.shape[0]) * delta


def all_modules(pipeline):
    return [(network, name) for network in ("unet", "text_encoder", "text_encoder_2")
            for name, module in getattr(pipeline, network).named_modules() if hasattr(module, "weight")]


def names(network, module):
    if network == "unet":
        return ["lora_unet_" + module.replace(".", "_")]
    bare = module.removeprefix("text_model.")
    return [{"text_encoder": "lora_te1_", "text_encoder_2": "lora_te2_"}[network] + "text_model_" + bare.replace(".", "_")]


@torch.no_grad()
def outputs(pipeline, given):
    noise = pipeline.unet(
        given["odd.sample"], torch.tensor(int(given["odd.timestep"])), given["odd.prompt_embeds"],
        added_cond_kwargs={"text_embeds": given["odd.pooled"], "time_ids": given["odd.time_ids"]}).sample
    embeddings, _, pooled, _ = pipeline.encode_prompt(PROMPT, do_classifier_free_guidance=False)
    return {"unet": noise, "prompt_embeds": embeddings, "pooled": pooled}


@torch.no_grad()
def sd1_outputs(pipeline, given):
    noise = pipeline.unet(given["sd1.unet.odd.sample"], torch.tensor(int(given["sd1.unet.odd.timestep"])), given["sd1.unet.odd.states"]).sample
    return {"unet": noise, "prompt_embeds": pipeline.encode_prompt(PROMPT, "cpu", 1, False)[0]}


def sd1(out):
    """A file of kohya-ss/sd-scripts for every attention, residual block and sampling layer of the tiny Stable Diffusion 1."""
    given = load_file(out / "families.safetensors")
    pipeline = tiny_sd.load(out / "tiny-sd1")
    plain, generator, file = sd1_outputs(pipeline, given), torch.Generator().manual_seed(16), {}
    sums = tiny_sd.load(out / "tiny-sd1")
    for network, prefix in (("unet", "lora_unet_"), ("text_encoder", "lora_te_text_model_")):
        for module, layer in getattr(sums, network).named_modules():
            module = module.removeprefix("text_model.")
            if not module.startswith(("down_blocks", "mid_block", "up_blocks", "encoder.layers")) or not hasattr(layer, "weight"):
                continue
            shape = layer.weight.shape
            if len(shape) == 1:
                continue
            rank = 2 if len(shape) == 4 else 3
            down = (torch.randn((rank, *shape[1:]), generator=generator) * shape[1:].numel() ** -.5).half().float()
            up = (torch.randn((shape[0], rank, *[1] * (len(shape) - 2)), generator=generator) * rank ** -.5).half().float()
            name = prefix + module.replace(".", "_")
            file |= {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up, f"{name}.alpha": torch.tensor(1.)}
            with torch.no_grad():
                layer.weight += (up.flatten(1) @ down.flatten(1)).reshape(shape) / rank
    save_file({key: value.contiguous().half() for key, value in file.items()}, out / "loras" / "sd1-kohya.safetensors")
    del pipeline.text_encoder.text_model  # Only clip_skip needs it, and with it the loader expects old names.
    pipeline.load_lora_weights(out / "loras" / "sd1-kohya.safetensors")
    found, formula = sd1_outputs(pipeline, given), sd1_outputs(sums, given)
    distances = {key: float((found[key] - formula[key]).abs().max()) for key in found}
    print("sd1", len(file) // 3, distances, {key: float((found[key] - plain[key]).abs().max()) for key in found})
    assert max(distances.values()) < 1e-5
    save_file({f"kohya.{key}": value.contiguous() for key, value in found.items()}
              | {f"plain.{key}": value.contiguous() for key, value in plain.items()}, out / "loras-sd1.safetensors")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only-sd1", action="store_true")
    options = parser.parse_args()
    out = options.out
    (out / "loras").mkdir(exist_ok=True)
    sd1(out)
    if options.only_sd1:
        return
    folder, given = out / "loras", load_file(out / "unet.safetensors")
    load = lambda: tiny_sdxl.load(out / "tiny-sdxl")
    factors = Factors(load())
    per_alpha, by_rank = (lambda alpha, rank: float(alpha) / rank), (lambda alpha, rank: 1.)
    config = {f"{network}.{key}": value for network in ("unet", "text_encoder", "text_encoder_2")
              for key, value in {"r": 4, "lora_alpha": 2, "target_modules": sorted({m.rsplit(".", 1)[1] if not m.endswith(".0") else "to_out.0" for n, m in factors.of if n == network}),
                                 "rank_pattern": {m: 2 for m in CONVOLUTIONS} if network == "unet" else {}, "alpha_pattern": {}}.items()}
    every = kohya(factors)
    files = {  # name: (tensors, metadata, the layers by kohya's names, alpha / rank)
        "kohya": (every, None, every, per_alpha),
        "kohya-sgm": (kohya(factors, sgm), None, every, per_alpha),
        "lycoris": (kohya(factors, unet_prefix="lycoris_", select=lambda n, m: n == "unet"), None,
                    kohya(factors, select=lambda n, m: n == "unet"), per_alpha),
        "peft": (peft(factors), {"format": "pt", "lora_adapter_metadata": json.dumps(config)}, every, per_alpha),
        "peft-default": (peft(factors, "{}.base_model.model.", ".default"), None, every, by_rank),
        "diffusers": (diffusers(factors), None, kohya(factors, select=is_linear), by_rank),
        "processors": (processors(factors), None, kohya(factors, select=is_attention), by_rank),
        "decomposed": (decomposed(factors), None, decomposed(factors), per_alpha),
        "alpha-0": (kohya(factors, alpha=0., select=is_attention), None, kohya(factors, select=is_attention), by_rank),
    }
    tensors, rounding = {}, {}
    for name, (content, metadata, layers, scale_of) in files.items():
        file = folder / f"{name}.safetensors"
        stored = TYPES.get(name, torch.float16)
        save_file({key: value.contiguous().to(stored) for key, value in content.items()}, file, metadata=metadata)
        formula = load()
        merged(formula, layers, scale_of)
        expected = outputs(formula, given)
        try:
            if name == "alpha-0":
                raise ValueError("kohya's meaning, not that of diffusers")
            pipeline = load()
            pipeline.load_lora_weights(file)
            found = outputs(pipeline, given)
            rounding[name] = {key: float(f"{(found[key] - expected[key]).abs().max():.3g}") for key in found}
            by = "diffusers"
        except Exception as e:  # noqa: BLE001 - diffusers lacks this dialect; the formula stands alone
            found, by, rounding[name] = expected, f"formula ({type(e).__name__}: {str(e)[:200]})", None
        print(name, file.stat().st_size, by, rounding[name], flush=True)
        tensors |= {f"{name}.{key}": value.contiguous() for key, value in found.items()}
    plain = outputs(load(), given)
    tensors |= {f"plain.{key}": value.contiguous() for key, value in plain.items()}
    both, formula = load(), load()
    merged(formula, every, per_alpha, .8, .5)
    merged(formula, kohya(factors, select=is_attention), by_rank, -.4, .6)
    both.load_lora_weights(folder / "kohya.safetensors", adapter_name="a")
    both.load_lora_weights(folder / "processors.safetensors", adapter_name="b")
    both.set_adapters(["a", "b"], [{"unet": .8, "text_encoder": .5, "text_encoder_2": .5}, {"unet": -.4, "text_encoder": .6, "text_encoder_2": .6}])
    found, expected = outputs(both, given), outputs(formula, given)
    print("both", {key: float((found[key] - expected[key]).abs().max()) for key in found})
    tensors |= {f"both.{key}": value.contiguous() for key, value in found.items()}
    save_file(tensors, out / "loras.safetensors")


if __name__ == "__main__":
    main()
