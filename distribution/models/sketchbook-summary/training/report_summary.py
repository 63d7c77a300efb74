"""Reports how well the exported sketchbook-summary shortens joins that training never had. Usage: report_summary.py MODEL [JOINS]

Reads the weights from the graphs, and searches as Atelier does with the settings in config.json. JOINS of each row, 1000 by default.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers

import joins
import summary_model
from export_summary import read
from summary_model import PAD
from train_summary import filled

SEED, AT_ONCE = 424_242, 50
KINDS = {"object": joins.world.OBJECTS, "colour": list(joins.world.COLOURS), "style": joins.world.STYLES, "weather": joins.world.WEATHERS, "mood": joins.world.MOODS}


def named(phrase):
    """What a phrase names, by kind; a colour with its object."""
    found = {kind: set() for kind in KINDS}
    for part in phrase.split(", "):
        for kind in ("style", "weather", "mood"):
            if part in KINDS[kind]:
                found[kind].add(part)
        for thing in part.split(" and "):
            words = thing.split()
            if words and words[-1] in KINDS["object"]:
                found["object"].add(words[-1])
                if len(words) > 1 and words[-2] in KINDS["colour"]:
                    found["colour"].add(tuple(words[-2:]))
    return found


def words_of(phrase):
    return {word for kind in KINDS.values() for each in kind for word in each.split()} & set(phrase.replace(",", " ").split())


def summaries(network, tokenizer, texts, task):
    said = []
    for start in range(0, len(texts), AT_ONCE):
        ids = [np.array(each.ids) for each in tokenizer.encode_batch([task["prefix"] + text for text in texts[start:start + AT_ONCE]])]
        ids = filled(ids, PAD)
        rows = network.generate(input_ids=ids, attention_mask=(ids != PAD).long(), do_sample=False, **{key: value for key, value in task.items() if key != "prefix"})
        said += [tokenizer.decode(row.tolist()).strip() for row in rows]
    return said


def row(name, pairs, said):
    kept = {kind: [0, 0] for kind in KINDS}
    whole = exact = invents = 0
    for (_, phrase), summary in zip(pairs, said):
        expected, found = named(phrase), named(summary)
        for kind in KINDS:
            kept[kind][0] += len(expected[kind] & found[kind])
            kept[kind][1] += len(expected[kind])
        whole += all(expected[kind] <= found[kind] for kind in KINDS)
        invents += bool(words_of(summary) - words_of(phrase)) or any(found[kind] - expected[kind] for kind in KINDS)
        exact += summary == phrase
    cells = [f"{right / count:.3f} ({count})" for right, count in kept.values()]
    print(f"| {name} | {' | '.join(cells)} | {whole / len(pairs):.3f} | {1 - invents / len(pairs):.3f} | {exact / len(pairs):.3f} |", flush=True)


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    network, tokenizer = read(folder), summary_model.tokenizer()
    task = json.loads((folder / "config.json").read_text())["task_specific_params"]["summarization"]
    print(f"| {count} joins | " + " | ".join(KINDS) + " | all kept | none invented | exact |\n|---|" + "---|" * (len(KINDS) + 3))
    for number, (name, held_out) in enumerate((("of known sentences", False), ("of sentences and words never trained on", True))):
        rng = np.random.default_rng([SEED, number])
        pairs = [joins.sample(rng, held_out) for _ in range(count)]
        said = summaries(network, tokenizer, [text for text, _ in pairs], task)
        row(name, pairs, said)
        wrong = [(text, phrase, summary) for (text, phrase), summary in zip(pairs, said) if phrase != summary][:12]
        for text, phrase, summary in wrong:
            print(f"    {text}\n        expected {phrase}\n        was      {summary}", file=sys.stderr)


if __name__ == "__main__":
    main()
