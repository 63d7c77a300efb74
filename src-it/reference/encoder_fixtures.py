"""Makes the fixtures of the metrics with networks: tiny random CLIP, DINO and classifier in the public exports' layouts, and
what transformers finds with them on six pictures.

python encoder_fixtures.py --sketchbook DIR --out DIR

The pictures are DIR/captions/00.png to 05.png, which context_fixtures.py makes; the tokenizer is that of --sketchbook.
Writes DIR/encoders/tiny-clip, tiny-clip-whole (one graph), tiny-dino and tiny-classifier, and DIR/encoders/figures.json.
"""
import argparse
import json
import shutil
from itertools import combinations
from pathlib import Path

import numpy
import torch
from PIL import Image
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer, ViTConfig, ViTModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

from context_fixtures import export, write_json

POSITIONS, SIDE, CLASSES = 12, 30, 12
CLIP_MEAN, CLIP_DEVIATION = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
# The last one is longer than the text encoder's positions.
PROMPTS = ["a red fish, stained glass", "A blue house", "a cat, pixel art", "an umbrella", "a castle, woodcut print, rainy weather",
           "a lighthouse and a boat and a butterfly and a mushroom and a rocket, pop art"]
WEIGHTS = [0.3, 0.7]
SPLITS = 3


def pictures(out):
    return [Image.open(out / "captions" / f"{number:02d}.png").convert("RGB") for number in range(6)]


def random_weights(model, seed):
    """As random as it comes, all pictures would be alike to it."""
    torch.manual_seed(seed)
    for weight in model.parameters():
        weight.requires_grad_(False)
        weight.add_(torch.randn(weight.shape) * 0.3)
    return model.eval()


class Text(torch.nn.Module):
    def __init__(self, clip):
        super().__init__()
        self.clip = clip

    def forward(self, input_ids):
        return self.clip.text_projection(self.clip.text_model(input_ids=input_ids).pooler_output)


class Vision(torch.nn.Module):
    def __init__(self, clip):
        super().__init__()
        self.clip = clip

    def forward(self, pixel_values):
        return self.clip.visual_projection(self.clip.vision_model(pixel_values=pixel_values).pooler_output)


class Whole(torch.nn.Module):
    """As optimum exports a CLIP in one graph."""

    def __init__(self, clip):
        super().__init__()
        self.clip = clip

    def forward(self, input_ids, pixel_values, attention_mask):
        found = self.clip(input_ids=input_ids, pixel_values=pixel_values, attention_mask=attention_mask)
        return found.logits_per_image, found.logits_per_text, found.text_embeds, found.image_embeds


class Tokens(torch.nn.Module):
    def __init__(self, vit):
        super().__init__()
        self.vit = vit

    def forward(self, pixel_values):
        return self.vit(pixel_values=pixel_values).last_hidden_state


def folder(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def clip(out, sketchbook, found):
    tokenizer = CLIPTokenizer.from_pretrained(sketchbook / "tokenizer")
    text = {"vocab_size": len(tokenizer), "hidden_size": 24, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
            "max_position_embeddings": POSITIONS, "bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.eos_token_id}
    vision = {"hidden_size": 24, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": SIDE, "patch_size": 10}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=16, attn_implementation="eager")
    model = random_weights(CLIPModel(config), 1)
    # As openai's own file has it: the plain number is the shorter side.
    settings = {"crop_size": SIDE, "do_center_crop": True, "do_normalize": True, "do_resize": True, "feature_extractor_type": "CLIPFeatureExtractor",
                "image_mean": CLIP_MEAN, "image_std": CLIP_DEVIATION, "resample": 3, "size": SIDE}
    ids, pixels, mask = torch.tensor([[768, 5, 769]]), torch.zeros(1, 3, SIDE, SIDE), torch.ones(1, 3, dtype=torch.int64)
    texts, images = {0: "text_batch_size", 1: "sequence_length"}, {0: "image_batch_size", 1: "num_channels", 2: "height", 3: "width"}
    for name, split in (("tiny-clip", True), ("tiny-clip-whole", False)):
        path = folder(out / name)
        (path / "onnx").mkdir()
        config.save_pretrained(path)
        tokenizer.backend_tokenizer.save(str(path / "tokenizer.json"), pretty=False)
        write_json(path / "preprocessor_config.json", settings)
        if split:
            export(Text(model), (ids,), path / "onnx" / "text_model.onnx", ["input_ids"], ["text_embeds"], {"input_ids": texts, "text_embeds": {0: "text_batch_size"}})
            export(Vision(model), (pixels,), path / "onnx" / "vision_model.onnx", ["pixel_values"], ["image_embeds"],
                   {"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}})
        else:
            export(Whole(model), (ids, pixels, mask), path / "onnx" / "model.onnx", ["input_ids", "pixel_values", "attention_mask"],
                   ["logits_per_image", "logits_per_text", "text_embeds", "image_embeds"], {"input_ids": texts, "attention_mask": texts, "pixel_values": {0: "image_batch_size"}})
    processor = CLIPImageProcessorPil(**{**settings, "size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}})
    for name, prompts in (("prompt", PROMPTS), ("object", [prompt.split(",")[0] for prompt in PROMPTS])):
        values = []
        for picture, prompt in zip(pictures(out.parent), prompts):
            tokens = tokenizer([prompt], truncation=True, max_length=POSITIONS, return_tensors="pt")
            given = model(**tokens, pixel_values=processor(picture, return_tensors="pt").pixel_values)
            values.append(torch.nn.functional.cosine_similarity(given.text_embeds, given.image_embeds).item())
        found[f"clip-{name}"] = figure(values)


def dino(out, found):
    config = ViTConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=8, attn_implementation="eager")
    model = random_weights(ViTModel(config, add_pooling_layer=False), 2)
    settings = {"do_normalize": True, "do_resize": True, "feature_extractor_type": "ViTFeatureExtractor", "image_mean": MEAN, "image_std": DEVIATION, "resample": 2, "size": 32}
    path = folder(out / "tiny-dino")
    (path / "onnx").mkdir()
    config.save_pretrained(path)
    write_json(path / "preprocessor_config.json", settings)
    export(Tokens(model), (torch.zeros(1, 3, 32, 32),), path / "onnx" / "model.onnx", ["pixel_values"], ["last_hidden_state"],
           {"pixel_values": {0: "batch_size"}, "last_hidden_state": {0: "batch_size"}})
    processor = ViTImageProcessorPil(**{**settings, "size": {"height": 32, "width": 32}})
    tokens = [model(pixel_values=processor(picture, return_tensors="pt").pixel_values).last_hidden_state[:, 0] for picture in pictures(out.parent)]

    def cosine(one, other):
        return torch.nn.functional.cosine_similarity(tokens[one], tokens[other]).item()

    found["dino-pairs"] = figure([cosine(one, other) for one, other in combinations(range(6), 2)])
    found["dino-own-reference"] = figure([cosine(0, other) for other in range(1, 6)])
    # The published weighted multi-style score: pictures 0 to 3 against references 4 and 5.
    parts = [sum(weight * cosine(picture, 4 + i) for i, weight in enumerate(WEIGHTS)) for picture in range(4)]
    weighted = sum(weight * numpy.mean([cosine(picture, 4 + i) for picture in range(4)]) for i, weight in enumerate(WEIGHTS))
    assert abs(weighted - numpy.mean(parts)) < 1e-6
    found["dino-references"] = figure(parts)


def inception_score(probabilities):
    mean = probabilities.mean(axis=0, keepdims=True)
    return float(numpy.exp((probabilities * (numpy.log(probabilities) - numpy.log(mean))).sum(axis=1).mean()))


def classifier(out, found):
    model = torch.nn.Sequential(torch.nn.Conv2d(3, 16, 5, stride=3), torch.nn.ReLU(), torch.nn.AvgPool2d(5), torch.nn.Flatten(), torch.nn.Linear(64, CLASSES))
    model = random_weights(model, 3)
    path = folder(out / "tiny-classifier")
    export(model, (torch.zeros(1, 3, 35, 35),), path / "inception_v3.onnx", ["input"], ["output"], {})
    rows = []
    for picture in pictures(out.parent):
        levels = numpy.asarray(picture.resize((35, 35), Image.BILINEAR), dtype=numpy.float32) / 255
        pixels = torch.from_numpy(((levels - 0.5) / 0.5).transpose(2, 0, 1)[None])
        rows.append(torch.softmax(model(pixels), dim=1).numpy()[0])
    rows = numpy.array(rows, dtype=numpy.float64)
    left_out = [inception_score(numpy.delete(rows, i, axis=0)) for i in range(len(rows))]
    found["inception"] = {"value": inception_score(rows), "deviation": float(numpy.std(left_out) * numpy.sqrt(len(rows) - 1)), "parts": [inception_score(rows)]}
    found["inception-splits"] = figure([inception_score(part) for part in numpy.split(rows, SPLITS)])


def figure(values):
    return {"value": float(numpy.mean(values)), "deviation": float(numpy.std(values, ddof=1)), "parts": values}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sketchbook", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    out, found = given.out / "encoders", {"prompts": PROMPTS, "weights": WEIGHTS, "splits": SPLITS}
    with torch.no_grad():
        clip(out, given.sketchbook, found)
        dino(out, found)
        classifier(out, found)
    write_json(out / "figures.json", found)
    for name in list(found)[3:]:
        print(name, round(found[name]["value"], 4), round(found[name]["deviation"], 4))


if __name__ == "__main__":
    main()
