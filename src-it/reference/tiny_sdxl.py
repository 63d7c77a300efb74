"""A tiny Stable Diffusion XL with random weights: every part of the real one, small enough to be committed."""
import json
import math
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

STOCK_SCHEDULER = {
    # scheduler/scheduler_config.json of stabilityai/stable-diffusion-xl-base-1.0
    "_class_name": "EulerDiscreteScheduler",
    "_diffusers_version": "0.19.0.dev0",
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "clip_sample": False,
    "interpolation_type": "linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "sample_max_value": 1.0,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "timestep_spacing": "leading",
    "trained_betas": None,
    "use_karras_sigmas": False,
}

VOCABULARY, TOKENS, END = 770, 32, 769


def unet():
    return UNet2DConditionModel(
        sample_size=16,
        block_out_channels=(32, 64),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=2,
        transformer_layers_per_block=(1, 2),
        attention_head_dim=(2, 4),
        cross_attention_dim=64,
        norm_num_groups=8,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=32 + 6 * 8,
    )


def vae():
    return AutoencoderKL(
        sample_size=32,
        block_out_channels=(32, 64),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
        scaling_factor=0.13025,
        force_upcast=True,
    )


def text_config(layers, activation):
    return CLIPTextConfig(
        vocab_size=VOCABULARY,
        max_position_embeddings=TOKENS,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=layers,
        num_attention_heads=4,
        projection_dim=32,
        hidden_act=activation,
        bos_token_id=END - 1,
        eos_token_id=END,
        pad_token_id=END,
    )


def randomise(module, seed):
    """Weights of unit gain, norms near one, biases near zero: nothing is zero, so nothing that is forgotten goes unseen."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "embedding" in name and "linear" not in name:
                parameter.copy_(0.7 * noise)
            elif parameter.ndim > 1:
                parameter.copy_(noise / math.sqrt(parameter[0].numel()))
            elif name.endswith("weight"):
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.1 * noise)
    return module.eval()


def write(folder: Path, sketchbook: Path):
    """Writes the tiny model in diffusers' folder layout, the UNet in half precision, with the tokenizers of sketchbook."""
    parts = {
        "unet": randomise(unet(), 1).half(),
        "vae": randomise(vae(), 2),
        "text_encoder": randomise(CLIPTextModel(text_config(2, "quick_gelu")), 3),
        "text_encoder_2": randomise(CLIPTextModelWithProjection(text_config(3, "gelu")), 4),
    }
    shutil.rmtree(folder, ignore_errors=True)
    for name, part in parts.items():
        part.save_pretrained(folder / name)
    for name in ("tokenizer", "tokenizer_2"):
        shutil.copytree(sketchbook / name, folder / name, copy_function=shutil.copyfile)
        (folder / name).chmod(0o755)
    (folder / "scheduler").mkdir()
    write_json(folder / "scheduler" / "scheduler_config.json", STOCK_SCHEDULER)
    write_json(folder / "model_index.json", {
        "_class_name": "StableDiffusionXLPipeline",
        "_diffusers_version": "0.19.0.dev0",
        "force_zeros_for_empty_prompt": True,
        "add_watermarker": False,
        "scheduler": ["diffusers", EulerDiscreteScheduler.__name__],
        "text_encoder": ["transformers", CLIPTextModel.__name__],
        "text_encoder_2": ["transformers", CLIPTextModelWithProjection.__name__],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "tokenizer_2": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", UNet2DConditionModel.__name__],
        "vae": ["diffusers", AutoencoderKL.__name__],
    })


def write_json(file: Path, value):
    file.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def write_cases(file: Path, cases: dict):
    """One line for each case: for files that only tests read."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case, separators=(',', ':'))}" for name, case in cases.items())
    file.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def load(folder: Path, dtype=torch.float32):
    """The pipeline of a model folder, every part in the given precision."""
    pipeline = StableDiffusionXLPipeline.from_pretrained(
        folder, dtype=dtype, add_watermarker=False, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline
