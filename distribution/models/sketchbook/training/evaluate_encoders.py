"""Judges exported encoders, through ONNX Runtime, on pictures that training did not have.
Usage: evaluate_encoders.py clip|dino MODEL FOLDER... (folders of encoder_draw.py and encoder_generate.py with other looks and seeds)

Prints a line for each kind of picture: shares of right answers, each with the number of questions.
"""
import sys
from pathlib import Path

import numpy as np
import onnxruntime

import train_clip
import train_dino
import world
from encoder_world import INVENTED, Pictures, normalised

CHOICES = 10


def session(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


class Tally:
    def __init__(self):
        self.right, self.asked = {}, {}

    def add(self, question, right):
        self.right[question] = self.right.get(question, 0) + bool(right)
        self.asked[question] = self.asked.get(question, 0) + 1

    def __str__(self):
        return "  ".join(f"{q} {self.right[q] / self.asked[q]:.3f} ({self.asked[q]})" for q in self.asked)


def full(known):
    """Every word that is true of the picture."""
    noun = f"{known['colour']} {known['object']}" if train_clip.colour_shows(known) else known["object"]
    style = [] if known["style"] == INVENTED else [known["style"]]
    return ", ".join([("an " if noun[0] in "aeiou" else "a ") + noun, *style, *(known[k] for k in ("weather", "mood") if known[k])])


def clip(folder, data):
    vision, text, words, cache = session(folder / "vision_model.onnx"), session(folder / "text_model.onnx"), train_clip.tokenizer(), {}

    def meaning(sentence):
        if sentence not in cache:
            ids = np.array([words(sentence)["input_ids"]], np.int64)
            cache[sentence] = unit(text.run(None, {"input_ids": ids})[0][0])
        return cache[sentence]

    def answer(picture, sentences):
        return int(np.argmax([picture @ meaning(s) for s in sentences]))

    seen = np.concatenate([unit(vision.run(None, {"pixel_values": normalised(data.pixels[k:k + 64]).numpy()})[0]) for k in range(0, len(data), 64)])
    groups = {
        "drawn, a named style": lambda k: k["kind"] == "drawn" and k["style"] != INVENTED,
        "drawn, pairs never trained on": lambda k: k["kind"] == "drawn" and k["style"] != INVENTED and train_clip.withheld(k),
        "drawn, an invented style": lambda k: k["kind"] == "drawn" and k["style"] == INVENTED,
        "generated alone": lambda k: k["kind"] == "alone",
        "generated alone, pairs never trained on": lambda k: k["kind"] == "alone" and train_clip.withheld(k),
        "generated as a set": lambda k: k["kind"] == "shared",
    }
    for name, accepts in groups.items():
        rng, tally = np.random.default_rng(10), Tally()
        members = [i for i, k in enumerate(data.known) if accepts(k)]
        captions = sorted({full(data.known[i]) for i in members})
        for i in members:
            known = data.known[i]
            others = [c for c in captions if c != full(known)]
            if len(others) >= CHOICES - 1:
                tally.add("prompt of 10", answer(seen[i], [full(known), *rng.choice(others, CHOICES - 1, replace=False)]) == 0)
            others = rng.choice([o for o in world.OBJECTS if o != known["object"]], CHOICES - 1, replace=False)
            tally.add("object of 10", answer(seen[i], ["a " + o for o in (known["object"], *others)]) == 0)
            if train_clip.colour_shows(known):
                others = [c for c in world.COLOURS if c != known["colour"]]
                tally.add("colour of 9", answer(seen[i], [f"a {c} {known['object']}" for c in (known["colour"], *others)]) == 0)
            if known["style"] != INVENTED:
                others = [s for s in world.STYLES if s != known["style"]]
                tally.add("style of 8", answer(seen[i], [f"a {known['object']}, {s}" for s in (known["style"], *others)]) == 0)
        print(f"{name}: {tally}")


def dino(folder, data):
    model = session(folder / "model.onnx")
    token = np.concatenate([unit(model.run(None, {"pixel_values": normalised(data.pixels[k:k + 64]).numpy()})[0][:, 0]) for k in range(0, len(data), 64)])
    known = data.known
    new_style, new_object = lambda k: k["style"] in train_dino.WITHHELD_STYLES, lambda k: k["object"] in train_dino.WITHHELD_OBJECTS
    drawn, generated = lambda k: k["kind"] == "drawn", lambda k: k["kind"] != "drawn"
    groups = {
        "drawn, a named style": lambda k: drawn(k) and k["style"] != INVENTED,
        "drawn, styles never trained on": lambda k: drawn(k) and new_style(k),
        "drawn, styles and objects never trained on": lambda k: drawn(k) and new_style(k) and new_object(k),
        "drawn, an invented style": lambda k: drawn(k) and k["style"] == INVENTED,
        "generated": generated,
        "generated, styles never trained on": lambda k: generated(k) and new_style(k),
        "generated, styles and objects never trained on": lambda k: generated(k) and new_style(k) and new_object(k),
    }
    pool = {kind: [i for i, k in enumerate(known) if accepts(k)] for kind, accepts in (("drawn", drawn), ("generated", generated))}
    for name, accepts in groups.items():
        rng, tally, cosines = np.random.default_rng(11), Tally(), {"look": [], "style": [], "other": []}
        near = pool["drawn" if name.startswith("drawn") else "generated"]
        for i in [i for i, k in enumerate(known) if accepts(k)]:
            k = known[i]
            other = [j for j in near if known[j]["object"] != k["object"]]
            named = k["style"] != INVENTED
            look = [j for j in other if k["look"] is not None and known[j]["look"] == k["look"]]
            style = [j for j in other if named and known[j]["style"] == k["style"] and j not in look]
            rest = [j for j in other if known[j]["style"] != k["style"] or not named and j not in look]
            for question, right, wrong in (("style of 10", style, rest), ("look of 10", look, rest), ("look of 10 in one style", look, style)):
                if right and len(wrong) >= CHOICES - 1:
                    chosen = [rng.choice(right), *rng.choice(wrong, CHOICES - 1, replace=False)]
                    tally.add(question, np.argmax(token[chosen] @ token[i]) == 0)
            for key, members in (("look", look), ("style", style), ("other", rest)):
                cosines[key] += list(token[members] @ token[i])
        print(f"{name}: {tally}  mean cosine", " ".join(f"{key} {np.mean(v):.3f}" for key, v in cosines.items() if v))


if __name__ == "__main__":
    parts = [Pictures.read(Path(folder), 1_000_000 * k) for k, folder in enumerate(sys.argv[3:])]
    {"clip": clip, "dino": dino}[sys.argv[1]](Path(sys.argv[2]), sum(parts[1:], parts[0]))
