"""Tiny Stable Diffusions 1.x and 2.x with random weights: every part of the real ones, small enough to be committed."""
import shutil
from pathlib import Path
from types import SimpleNamespace

import torch
from diffusers import AutoencoderKL, DDIMScheduler, PNDMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from tiny_sdxl import END, TOKENS, VOCABULARY, randomise, write_json

WIDTH = 40  # of the text, which is that of no published model

BETAS = {"beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085, "num_train_timesteps": 1000}
# scheduler/scheduler_config.json of stable-diffusion-v1-5 and of stable-diffusion-2-1
STOCK = {
    "sd1": {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", **BETAS, "set_alpha_to_one": False,
            "skip_prk_steps": True, "steps_offset": 1, "trained_betas": None, "clip_sample": False},
    "sd2": {"_class_name": "DDIMScheduler", "_diffusers_version": "0.8.0", **BETAS, "clip_sample": False,
            "prediction_type": "v_prediction", "set_alpha_to_one": False, "skip_prk_steps": True, "steps_offset": 1,
            "trained_betas": None},
}


def unet(family, inputs=4):
    options = {
        "sd1": {"attention_head_dim": 2},
        "sd2": {"attention_head_dim": (2, 4), "use_linear_projection": True},
    }[family]
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=inputs,
        block_out_channels=(8, 16),
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=1,
        cross_attention_dim=WIDTH,
        norm_num_groups=4,
        **options,
    )


def vae():
    return AutoencoderKL(
        sample_size=32,
        block_out_channels=(4, 8),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=2,
    )


def text_config(family):
    """The two published models end a text at the legacy id 2, which no pooled text reads here."""
    return CLIPTextConfig(
        vocab_size=VOCABULARY,
        max_position_embeddings=TOKENS,
        hidden_size=WIDTH,
        intermediate_size=48,
        num_hidden_layers={"sd1": 3, "sd2": 2}[family],
        num_attention_heads=2,
        projection_dim=512,
        hidden_act={"sd1": "quick_gelu", "sd2": "gelu"}[family],
        bos_token_id=END - 1,
        eos_token_id=2,
        pad_token_id=1,
    )


def write(folder: Path, family, sketchbook: Path, inputs=4):
    """Writes a tiny model in diffusers' folder layout, in half precision, with the configurations that its family publishes."""
    inpaints = inputs != 4
    seed = {"sd1": 11, "sd2": 21}[family]
    parts = {
        "unet": randomise(unet(family, inputs), seed + inputs).half(),
        "vae": randomise(vae(), seed + 1).half(),
        "text_encoder": randomise(CLIPTextModel(text_config(family)), seed + 2).half(),
    }
    shutil.rmtree(folder, ignore_errors=True)
    for name, part in parts.items():
        part.save_pretrained(folder / name)
    # As the published files, which are older than these keys.
    strip(folder / "vae" / "config.json", "scaling_factor", "force_upcast")
    strip(folder / "unet" / "config.json", "mid_block_type", "addition_embed_type", "transformer_layers_per_block")
    if family == "sd1":
        strip(folder / "unet" / "config.json", "use_linear_projection")
    # The first pads with the end of text; the second's map pads "!", and its configuration says otherwise.
    shutil.copytree(sketchbook / "tokenizer", folder / "tokenizer", copy_function=shutil.copyfile)
    (folder / "tokenizer").chmod(0o755)
    tokenizer(folder / "tokenizer", pad={"sd1": "<|endoftext|>", "sd2": "!"}[family])
    (folder / "scheduler").mkdir()
    write_json(folder / "scheduler" / "scheduler_config.json", STOCK[family])
    write_json(folder / "model_index.json", {
        "_class_name": "StableDiffusionInpaintPipeline" if inpaints else "StableDiffusionPipeline",
        "_diffusers_version": "0.8.0",
        "feature_extractor": [None, None],
        "requires_safety_checker": False,
        "safety_checker": [None, None],
        "scheduler": ["diffusers", {"sd1": PNDMScheduler, "sd2": DDIMScheduler}[family].__name__],
        "text_encoder": ["transformers", CLIPTextModel.__name__],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", UNet2DConditionModel.__name__],
        "vae": ["diffusers", AutoencoderKL.__name__],
    })


def strip(file: Path, *keys):
    import json
    settings = json.loads(file.read_text())
    for key in keys:
        settings.pop(key, None)
    write_json(file, settings)


def tokenizer(folder: Path, pad):
    """The files as writers of 2022 left them: no added_tokens_decoder, and a map that wins."""
    end = "<|endoftext|>"
    write_json(folder / "tokenizer_config.json", {
        "add_prefix_space": False, "bos_token": "<|startoftext|>", "do_lower_case": True, "eos_token": end, "errors": "replace",
        "model_max_length": TOKENS, "pad_token": end, "tokenizer_class": "CLIPTokenizer", "unk_token": end})
    write_json(folder / "special_tokens_map.json", {
        "bos_token": "<|startoftext|>", "eos_token": end, "pad_token": pad, "unk_token": end})


def load(folder: Path, dtype=torch.float32, pipeline_class=StableDiffusionPipeline):
    """The pipeline of a model folder, every part in the given precision."""
    pipeline = pipeline_class.from_pretrained(
        folder, dtype=dtype, safety_checker=None, requires_safety_checker=False, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    # Where the pipeline of diffusers 0.42 looks for it, and transformers 5 no longer has it.
    pipeline.text_encoder.text_model = SimpleNamespace(final_layer_norm=pipeline.text_encoder.final_layer_norm)
    return pipeline
