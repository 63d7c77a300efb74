"""Single-file checkpoints: tiny random models in original names, and listings of the names of full-size models.

The files are written with the names of checkpoint_names.py, and read back by diffusers' own converters, which must give
every tensor of the model again.
"""
import argparse
import gzip
import hashlib
import json
from pathlib import Path

import torch
from accelerate import init_empty_weights
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
    convert_open_clip_checkpoint,
)
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

import checkpoint_names as names

HERE = Path(__file__).parent
OUT = HERE / "fixtures" / "checkpoints"
CONFIGURATIONS = HERE.parent.parent / "distribution" / "models-config"


def text_names(state):
    """transformers 5 saves CLIPTextModel without the prefix that all other writers use."""
    return {name if name.startswith(("text_model.", "text_projection.")) else "text_model." + name: tensor
            for name, tensor in state.items() if not name.endswith("position_ids")}


def in_open_clip(state, more_layers=0):
    """The tensors in OpenCLIP: projections fused, the pooled projection transposed, and layers that no model computes."""
    tensors, fused = {}, {}
    for name, tensor in state.items():
        original, third = names.open_clip(name)
        if third is not None:
            fused.setdefault(original, [None] * 3)[third] = tensor
        else:
            tensors[original] = tensor.T.contiguous() if original == "text_projection" else tensor
    tensors.update({name: torch.cat(thirds) for name, thirds in fused.items()})
    if more_layers:
        last = max(int(name.split(".")[2]) for name in tensors if name.startswith("transformer.resblocks."))
        for name in [name for name in tensors if name.startswith(f"transformer.resblocks.{last}.")]:
            for more in range(1, more_layers + 1):
                tensors[name.replace(f".{last}.", f".{last + more}.")] = torch.zeros_like(tensors[name])
        width = tensors["ln_final.weight"].shape[0]
        tensors["text_projection"] = torch.zeros(width, width, dtype=tensors["ln_final.weight"].dtype,
                                                 device=tensors["ln_final.weight"].device)
        tensors["logit_scale"] = torch.zeros((), device=tensors["ln_final.weight"].device)
    return tensors


def checkpoint(family, parts):
    """All tensors of a model in original names."""
    unet, vae = parts["unet"], parts["vae"]
    tensors = {}
    state = unet.state_dict()
    for name, original in names.unet(state, unet.config.layers_per_block).items():
        tensors[original] = state[name]
    if vae is not None:
        state = vae.state_dict()
        for name, original in names.vae(state, len(vae.config.block_out_channels)).items():
            tensor = state[name]
            pointwise = ".mid.attn_1." in original and tensor.ndim == 2
            tensors[original] = tensor[:, :, None, None] if pointwise else tensor
    if family == "sd1":
        for name, tensor in text_names(parts["text_encoder"].state_dict()).items():
            tensors["cond_stage_model.transformer." + name] = tensor
    elif family == "sd2":
        for name, tensor in in_open_clip(text_names(parts["text_encoder"].state_dict()), more_layers=1).items():
            tensors["cond_stage_model.model." + name] = tensor
    elif family == "sdxl":
        for name, tensor in text_names(parts["text_encoder"].state_dict()).items():
            tensors["conditioner.embedders.0.transformer." + name] = tensor
        for name, tensor in in_open_clip(text_names(parts["text_encoder_2"].state_dict())).items():
            tensors["conditioner.embedders.1.model." + name] = tensor
    else:
        for name, tensor in in_open_clip(text_names(parts["text_encoder_2"].state_dict())).items():
            tensors["conditioner.embedders.0.model." + name] = tensor
    return tensors


def converted(family, tensors, parts):
    """What diffusers makes of a checkpoint, by component."""
    found = {"unet": convert_ldm_unet_checkpoint(dict(tensors), parts["unet"].config)}
    if parts["vae"] is not None:
        found["vae"] = convert_ldm_vae_checkpoint(dict(tensors), parts["vae"].config)
    if family == "sd1":
        found["text_encoder"] = convert_ldm_clip_checkpoint(dict(tensors))
    elif family == "sd2":
        width = parts["text_encoder"].config.hidden_size
        layers = parts["text_encoder"].config.num_hidden_layers
        state = convert_open_clip_checkpoint(parts["text_encoder"], dict(tensors), "cond_stage_model.model.")
        # diffusers ignores these by the numbers of the published model.
        found["text_encoder"] = {name: tensor for name, tensor in state.items()
                                 if f"encoder.layers.{layers}." not in name and name != "text_projection.weight"}
        assert width == state["text_model.final_layer_norm.weight"].shape[0]
    else:
        second = "conditioner.embedders.1.model." if family == "sdxl" else "conditioner.embedders.0.model."
        if family == "sdxl":
            found["text_encoder"] = convert_ldm_clip_checkpoint(dict(tensors))
        found["text_encoder_2"] = convert_open_clip_checkpoint(parts["text_encoder_2"], dict(tensors), second)
    return found


def check(family, tensors, parts):
    """The converters of diffusers give every tensor of the model again, and nothing else."""
    found = converted(family, tensors, parts)
    for component, part in parts.items():
        if part is None:
            continue
        expected = text_names(part.state_dict()) if component.startswith("text") else part.state_dict()
        assert found[component].keys() == expected.keys(), found[component].keys() ^ expected.keys()
        for name, tensor in expected.items():
            assert found[component][name].shape == tensor.shape, (name, found[component][name].shape, tensor.shape)
            if not tensor.is_meta:
                assert torch.equal(found[component][name], tensor), name


def tiny_text(cls, layers, width=16, activation="quick_gelu"):
    return cls(CLIPTextConfig(
        vocab_size=770, max_position_embeddings=32, hidden_size=width, intermediate_size=24, num_hidden_layers=layers,
        num_attention_heads=2, projection_dim=12, hidden_act=activation, bos_token_id=768, eos_token_id=769,
        pad_token_id=769))


def tiny(family):
    down = ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D")
    up = ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D")
    options = {
        "sd1": {"layers_per_block": 2, "attention_head_dim": 2, "cross_attention_dim": 16},
        "sd2": {"layers_per_block": 1, "attention_head_dim": (2, 2, 4), "cross_attention_dim": 16,
                "use_linear_projection": True},
        "sdxl": {"layers_per_block": 2, "attention_head_dim": (2, 2, 4), "cross_attention_dim": 32,
                 "use_linear_projection": True, "transformer_layers_per_block": (1, 1, 2),
                 "addition_embed_type": "text_time", "addition_time_embed_dim": 4,
                 "projection_class_embeddings_input_dim": 12 + 6 * 4},
    }[family]
    if family == "sdxl":
        down, up = down[::-1], up[::-1]
        down = ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D")
        up = ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D")
    parts = {
        "unet": UNet2DConditionModel(
            sample_size=16, block_out_channels=(4, 8, 8), down_block_types=down, up_block_types=up, norm_num_groups=2,
            **options),
        "vae": AutoencoderKL(
            sample_size=32, block_out_channels=(4, 4, 8), down_block_types=("DownEncoderBlock2D",) * 3,
            up_block_types=("UpDecoderBlock2D",) * 3, layers_per_block=1, latent_channels=4, norm_num_groups=2),
        "text_encoder": tiny_text(CLIPTextModel, 3 if family == "sd2" else 2),
    }
    if family == "sdxl":
        parts["text_encoder_2"] = tiny_text(CLIPTextModelWithProjection, 2, activation="gelu")
    return parts


def extras(family, tensors):
    """What files from model sites hold besides the weights."""
    if family == "sd1":
        plain = {name: tensor for name, tensor in tensors.items() if name.startswith("model.diffusion_model.out.")}
        copies = {"model_ema." + name[len("model."):].replace(".", ""): tensor + 1 for name, tensor in plain.items()}
        return {**copies, "model_ema.decay": torch.tensor(0.9999), "betas": torch.zeros(1000),
                "cond_stage_model.transformer.text_model.embeddings.position_ids": torch.arange(32).float()[None]}
    return {"denoiser.sigmas": torch.zeros(1000)} if family == "sdxl" else {}


def write_tiny(family, seed):
    torch.manual_seed(seed)
    parts = {name: part.half() for name, part in tiny(family).items()}
    for part in parts.values():
        for parameter in part.parameters():
            torch.nn.init.normal_(parameter)
    tensors = checkpoint(family, parts)
    check(family, tensors, parts)
    metadata = {"sd2": {"modelspec.prediction_type": "v"}, "sdxl": {"modelspec.title": "Tiny \x1b[2J XL"}}.get(family)
    save_file({name: tensor.contiguous().clone() for name, tensor in {**tensors, **extras(family, tensors)}.items()},
              OUT / f"{family}.safetensors", metadata)
    lines = []
    for component, part in parts.items():
        folder = OUT / family / component
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(part.config.to_json_string() if component.startswith("text")
                                            else part.to_json_string())
        state = text_names(part.state_dict()) if component.startswith("text") else part.state_dict()
        for name, tensor in sorted(state.items()):
            data = tensor.contiguous().numpy().tobytes()
            shape = ",".join(map(str, tensor.shape))
            lines.append(f"{component}\t{name}\t{shape}\t{hashlib.sha256(data).hexdigest()[:16]}")
    (OUT / f"{family}.tsv").write_text("\n".join(lines) + "\n")


def full_size(folder, family, refiner=False):
    """A model of the published sizes without values."""
    def config(component):
        settings = json.loads((folder / component / "config.json").read_text())
        return {key: value for key, value in settings.items() if not key.startswith("_")}

    with init_empty_weights():
        unet = config("unet")
        if refiner:
            unet.update(block_out_channels=[384, 768, 1536, 1536], cross_attention_dim=1280,
                        attention_head_dim=[6, 12, 24, 24], transformer_layers_per_block=4,
                        projection_class_embeddings_input_dim=2560,
                        down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
                        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"])
        parts = {"unet": UNet2DConditionModel(**unet), "vae": AutoencoderKL(**config("vae"))}
        if not refiner:
            parts["text_encoder"] = CLIPTextModel(CLIPTextConfig(**config("text_encoder")))
        if family in ("sdxl", "refiner"):
            parts["text_encoder_2"] = CLIPTextModelWithProjection(CLIPTextConfig(**config("text_encoder_2")))
    return parts


def write_listing(name, folder, family):
    """Names and shapes of a checkpoint and of the model's networks, one a line."""
    parts = full_size(CONFIGURATIONS / folder, family, refiner=family == "refiner")
    tensors = checkpoint(family, parts)
    check(family, tensors, parts)
    lines = [f"file\t{original}\t{','.join(map(str, tensor.shape))}" for original, tensor in sorted(tensors.items())]
    for component, part in parts.items():
        state = text_names(part.state_dict()) if component.startswith("text") else part.state_dict()
        lines += [f"{component}\t{key}\t{','.join(map(str, value.shape))}" for key, value in sorted(state.items())]
    print(name, {component: len(part.state_dict()) for component, part in parts.items()}, len(tensors), "in the file")
    with gzip.GzipFile(OUT / f"{name}.tsv.gz", "wb", mtime=0) as out:
        out.write(("\n".join(lines) + "\n").encode())


def write_model(folder, file):
    """Writes a model of SDXL's layout in a folder as a single file."""
    parts = {
        "unet": UNet2DConditionModel.from_pretrained(folder / "unet"),
        "vae": AutoencoderKL.from_pretrained(folder / "vae"),
        "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder"),
        "text_encoder_2": CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2"),
    }
    for component in parts:
        stored = load_file(next((folder / component).glob("*.safetensors")))
        parts[component] = parts[component].to(next(iter(stored.values())).dtype)
    tensors = checkpoint("sdxl", parts)
    check("sdxl", tensors, parts)
    save_file({name: tensor.contiguous().clone() for name, tensor in tensors.items()}, file)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, help="a model of SDXL's layout, to be written as a single file")
    arguments.add_argument("--file", type=Path)
    given = arguments.parse_args()
    if given.folder:
        write_model(given.folder, given.file)
        return
    OUT.mkdir(parents=True, exist_ok=True)
    for seed, family in enumerate(("sd1", "sd2", "sdxl")):
        write_tiny(family, seed)
    write_listing("stable-diffusion-1", "stable-diffusion-1", "sd1")
    write_listing("stable-diffusion-2", "stable-diffusion-2", "sd2")
    write_listing("stable-diffusion-xl", "stable-diffusion-xl", "sdxl")
    write_listing("stable-diffusion-1-inpainting", "stable-diffusion-1-inpainting", "sd1")
    write_listing("stable-diffusion-xl-refiner", "stable-diffusion-xl", "refiner")


if __name__ == "__main__":
    main()
