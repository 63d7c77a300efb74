"""Trains sketchbook-clip, a CLIP of pictures and words of the sketchbook world.
Usage: train_clip.py OUT STEPS TRAINING-FOLDER... (folders of encoder_draw.py and encoder_generate.py)

A batch has pictures and the words of each; a text may leave out whatever the picture shows. Contrastive as CLIP, but a text is true of
every picture of the batch that shows all it names, so each of these counts as a match. Pairs of an object and a style, or an object and
a colour, for which `withheld` says so are in no training picture: evaluate_encoders.py asks for them.
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch
from transformers import CLIPTokenizer

import common
import encoder_world
import world
from encoder_network import Clip, augment, unit
from encoder_world import INVENTED, Pictures, normalised

BATCH, LEARNING_RATE, WORD_WEIGHT, KEYS = 96, 1.5e-3, .3, ("object", "colour", "style", "weather", "mood")


def withheld(known):
    """Whether training must not see the picture: a fifth of the pairs of object and style, a ninth of those of object and colour."""
    o = world.OBJECTS.index(known["object"])
    colour = known["colour"] and (list(world.COLOURS).index(known["colour"]) + 2 * o) % 9 == 0
    style = known["style"] in world.STYLES and (3 * world.STYLES.index(known["style"]) + o) % 5 == 0
    return bool(colour or style)


def colour_shows(known):
    return known["colour"] is not None and known["style"] != INVENTED


def text(known, rng):
    """Words that are true of the picture, and what they name."""
    named = {"object": known["object"]}
    if rng.random() < .7:
        if colour_shows(known) and rng.random() < .7:
            named["colour"] = known["colour"]
        if known["style"] != INVENTED and rng.random() < .65:
            named["style"] = known["style"]
        for key in ("weather", "mood"):
            if known[key] and rng.random() < .6:
                named[key] = known[key]
    noun = " ".join(named[key] for key in ("colour", "object") if key in named)
    noun = noun if rng.random() < .15 else ("an " if noun[0] in "aeiou" else "a ") + noun
    if rng.random() < .1:
        noun = ("a picture of ", "a drawing of ", "a painting of ", "a photo of ")[rng.integers(4)] + noun
    return ", ".join([noun, *(named[key] for key in KEYS[2:] if key in named)]), named


def encode(tokenizer, texts):
    """Token ids, each text filled up with end tokens."""
    return torch.tensor(tokenizer(texts, padding="max_length", max_length=20, truncation=True)["input_ids"])


def matches(named, known):
    return torch.tensor([[all(k[key] == value for key, value in n.items()) for k in known] for n in named]).float()


def contrast(scale, texts, pictures, true):
    logits = scale.exp().clamp(max=50) * unit(texts) @ unit(pictures).T
    return sum(-(t / t.sum(1, keepdim=True) * x.log_softmax(1)).sum(1).mean() for x, t in ((logits, true), (logits.T, true.T))) / 2


class Words(torch.nn.Module):
    """
    A direction for each word, in the space of the embeddings, that training alone uses: a picture is asked for its object, colour and
    style, a text for those that it names. Without it colours are learned last.
    """

    VALUES = {"object": world.OBJECTS, "colour": list(world.COLOURS), "style": world.STYLES}

    def __init__(self, dimensions):
        super().__init__()
        self.directions = torch.nn.ParameterDict(
            {key: torch.nn.Parameter(torch.randn(dimensions, len(values))) for key, values in self.VALUES.items()})

    def loss(self, embeds, facts):
        total = 0.
        for key, values in self.VALUES.items():
            rows = [i for i, fact in enumerate(facts) if fact.get(key) in values]
            if rows:
                right = torch.tensor([values.index(facts[i][key]) for i in rows])
                answers = 10 * unit(embeds[rows]) @ torch.nn.functional.normalize(self.directions[key], dim=0)
                total = total + torch.nn.functional.cross_entropy(answers, right)
        return total


def shown(known):
    """What the picture shows; in an invented style colours may not be seen."""
    return known if colour_shows(known) else {**known, "colour": None}


def tokenizer():
    return CLIPTokenizer.from_pretrained(Path(__file__).parents[1] / "tokenizer", model_max_length=32, pad_token="<|endoftext|>")


def main(out, steps, folders):
    torch.set_num_threads(1)
    torch.manual_seed(3)
    rng = np.random.default_rng(3)
    parts = [Pictures.read(folder, 1_000_000 * k).where(lambda k: not withheld(k)) for k, folder in enumerate(folders)]
    data = sum(parts[1:], parts[0])
    # A generated picture is drawn four times as often as another.
    weight = np.array([1. if k["kind"] == "drawn" else 4. for k in data.known])
    print(len(data), "pictures,", int((weight > 1).sum()), "of them generated", flush=True)
    tokens = tokenizer()
    clip = Clip(len(tokens), tokens.eos_token_id).to(memory_format=torch.channels_last).train()
    if out.exists():
        clip.load_state_dict(torch.load(out))
    words = Words(clip.projection.out_features)
    optimiser = torch.optim.AdamW([*clip.parameters(), *words.parameters()], lr=LEARNING_RATE, weight_decay=.02)
    printed, losses = time.time(), []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, 5 * (step + 1) / min(steps, 500)) * (1 - step / steps)
        chosen = rng.choice(len(data), BATCH, replace=False, p=weight / weight.sum())
        known = [data.known[i] for i in chosen]
        texts, named = zip(*(text(k, rng) for k in known))
        pixels = normalised(augment(data.pixels[chosen], rng)) * (1 + .08 * torch.randn(BATCH, 1, 1, 1)) + .08 * torch.randn(BATCH, 3, 1, 1)
        with torch.autocast("cpu", torch.bfloat16):
            pictures, sentences = clip.image_embeds(pixels.to(memory_format=torch.channels_last)), clip.text(encode(tokens, list(texts)))
        value = contrast(clip.logit_scale, sentences, pictures, matches(named, known))
        value = value + WORD_WEIGHT * (words.loss(pictures, [shown(k) for k in known]) + words.loss(sentences, named))
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(clip.parameters(), 1.)
        optimiser.step()
        losses.append(value.item())
        if step % 50 == 49:
            print(f"step {step + 1} loss {np.mean(losses):.4f} {50 * BATCH / (time.time() - printed):.0f} img/s", flush=True)
            printed, losses = time.time(), []
            torch.save(clip.state_dict(), out)
    torch.save(clip.state_dict(), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [Path(folder) for folder in sys.argv[3:]])
