"""Times a summary by a T5 of t5-small's size against transformers on the same weights, whole commands in turn.

    python summary_report.py make FOLDER                   t5-small's networks with random weights: safetensors, and ONNX as the public exports are
    python summary_report.py summarize FOLDER TEXT         what transformers says of a text, after which it ends
    python summary_report.py compare FOLDER ATELIER [--pairs 3]
                                                           both in turn, so many pairs after one: seconds, processor seconds, ratios

Random weights say nothing of sense, but say as many tokens as they are told to: TOKENS, by beams as T5's summaries are. ATELIER is a
distribution; what it generates besides, one image of one step, is counted against it. Both take two threads.
"""
import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOKENS, BEAMS, WORDS, SEED = 60, 4, 300, 7


def words():
    """As many made-up words as t5-small has tokens, less those that stand for no text."""
    syllables = [consonant + vowel for consonant in "bdfghjklmnprstvz" for vowel in "aeiou"]
    return [first + second + third for first in syllables for second in syllables for third in ("", "n", "s", "r", "l", "m")][:32097]


def text():
    import numpy

    return " ".join(numpy.random.default_rng(SEED).choice(words(), WORDS))


def make(folder):
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

    from context_fixtures import merge, t5_graphs, write_json

    torch.manual_seed(SEED)
    config = T5Config(vocab_size=32128, d_model=512, d_kv=64, d_ff=2048, num_layers=6, num_decoder_layers=6, num_heads=8,
                      decoder_start_token_id=0, pad_token_id=0, eos_token_id=1, attn_implementation="eager")
    model = T5ForConditionalGeneration(config).eval().requires_grad_(False)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer = Tokenizer(models.WordLevel({piece: number for number, piece in enumerate(["<pad>", "</s>", "<unk>", *words()])}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>"])
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>", pad_token="<pad>", unk_token="<unk>", model_max_length=512).save_pretrained(folder)
    # Of the tokens that both may say the end is none before the last.
    task = {"early_stopping": True, "length_penalty": 2.0, "max_length": TOKENS + 1, "min_length": TOKENS + 1, "no_repeat_ngram_size": 3, "num_beams": BEAMS,
            "prefix": "summarize: "}
    settings = json.loads((folder / "config.json").read_text()) | {"n_positions": 512, "task_specific_params": {"summarization": task}}
    write_json(folder / "config.json", settings)
    t5_graphs(model, folder)
    merge(folder, config.num_decoder_layers, config.num_heads, config.d_kv)
    for branch in ("decoder_model", "decoder_with_past_model"):
        (folder / f"{branch}.onnx").unlink()
    (folder / "text.txt").write_text(text())


def summarize(folder, said):
    import torch
    from transformers import AutoTokenizer, T5ForConditionalGeneration

    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = T5ForConditionalGeneration.from_pretrained(folder, local_files_only=True)
    task = json.loads((folder / "config.json").read_text())["task_specific_params"]["summarization"]
    ids = tokenizer(task.pop("prefix") + said, return_tensors="pt", truncation=True, max_length=512)
    print(tokenizer.decode(model.generate(**ids, do_sample=False, **task)[0], skip_special_tokens=True))


def timed(command, folder):
    """Seconds, processor seconds and what it said."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # As bin/atelier has it: beside other programs libgomp's threads, which wait by spinning, would be measured and not the work.
    environment = os.environ | {"GOMP_SPINCOUNT": "2000"}
    said = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True, env=environment)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said.stdout


def ours(atelier, folder, work, number):
    request = {"items": ["a house"], "steps": 1, "summary": "always", "seed": 1,
               "contexts": [{"kind": "place", "input": "nowhere", "resolved": {"text": (folder / "text.txt").read_text(), "origin": "the benchmark"}}]}
    (work / "request.json").write_text(json.dumps(request))
    out = work / f"set-{number}"
    seconds, processor, _ = timed([atelier / "bin/atelier", "generate", "--request", "request.json", "--quiet", "--out", out], work)
    return seconds, processor, json.loads((out / "set.json").read_text())["request"]["summary"]["resolved"]["text"]


def compare(folder, atelier, pairs):
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        home = work / "atelier"
        shutil.copytree(atelier, home, symlinks=True)
        with open(home / "config/org.atelier.context.summary.cfg", "a") as settings:
            settings.write(f"\nmodel = {folder}\n")
        with open(home / "config/org.atelier.onnx.SharedOnnxModels.cfg", "a") as settings:
            settings.write("\nthreads = 2\n")
        theirs = [sys.executable, __file__, "summarize", folder, (folder / "text.txt").read_text()]
        ratios, processors = [], []
        for number in range(pairs + 1):
            mine, my_processor, said = ours(home, folder, work, number)
            other, its_processor, expected = timed(theirs, work)
            assert said.split() == expected.split(), f"not the same summary:\n{said}\n{expected}"
            print(f"Atelier {mine:.1f} s ({my_processor:.1f} s of processor), Python {other:.1f} s ({its_processor:.1f} s)", flush=True)
            # The first pair warms the disk's cache.
            if number > 0:
                ratios.append(other / mine)
                processors.append(its_processor / my_processor)
        print(f"{len(expected.split())} words; load {os.getloadavg()[0]:.1f}; Python / Atelier, median: {statistics.median(ratios):.2f} "
              f"({min(ratios):.2f} to {max(ratios):.2f}), processor time {statistics.median(processors):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=("make", "summarize", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("other", nargs="?")
    parser.add_argument("--pairs", type=int, default=3)
    given = parser.parse_args()
    folder = given.folder.resolve()
    if given.work == "make":
        make(folder)
    elif given.work == "summarize":
        summarize(folder, given.other)
    else:
        compare(folder, Path(given.other).resolve(), given.pairs)


if __name__ == "__main__":
    main()
