"""Writes fixtures/tokenizer.json: what transformers' CLIPTokenizer makes of texts, with sketchbook's tokenizers as they
are and with their files written as other writers do.

    python tokenizer_fixture.py --sketchbook DIR --out fixtures
"""

import argparse
import json
import pathlib
import random
import shutil
import tempfile

from transformers import CLIPTokenizer, __version__

BEGIN, END = "<|startoftext|>", "<|endoftext|>"

HAND_WRITTEN = [
    "", " ", "   \t\n ", "a", "A", "a cat", "A CAT", "a red fish, stained glass, rainy weather, calm mood",
    "two  spaces", " leading", "trailing ", "tab\tand\nnewline", "\u00a0no-break\u00a0space", "thin\u2009space",
    "zero\u200bwidth", "soft\u00adhyphen", "line\u2028separator", "nul\u0000character", "bell\u0007", "\ufeffmark",
    "don't can't I'll you're we've he'd I'm it's", "DON'T I'LL", "rock'n'roll", "'s 't 're", "''s", "o\u2019clock",
    "1", "12", "123 456", "3.14", "1,000,000", "1st 2nd", "50%", "x2", "2x", "v1.5", "\u0661\u0662\u0663", "\u00bd cup",
    "!", "!!", "!!!", "wow!", "wow! a cat", "! a cat", "a ! cat", "!?", "?!?!", "...", "\u2026", "(a:1.2)", "[[a]]",
    "{a|b}", "a-b", "a_b", "a/b\\c", "@user #tag", "a & b", "a+b=c", "\"quoted\"", "`code`", "~", "^", "$100", "<b>bold</b>",
    BEGIN, END, BEGIN + END, "a " + END + " b", "a" + END + "b", END + END, BEGIN + "!", "<|STARTOFTEXT|>x", "<|EndOfText|>",
    "<|startoftext|", "<|endoftext", "< |endoftext| >", "a " + BEGIN + " " + END,
    "caf\u00e9", "cafe\u0301", "CAF\u00c9", "na\u00efve", "\u00fcber", "Stra\u00dfe", "STRASSE", "\u00c5ngstr\u00f6m", "\u0130stanbul",
    "\u01c4 \u01c5", "\ufb01sh", "\u2460", "\u00b2", "\u212b", "\u1e9e", "\u03a3\u03a3", "\u039f\u0394\u039f\u03a3", "\u0391\u03b8\u03ae\u03bd\u03b1",
    "\u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0442\u0435\u043a\u0441\u0442", "\u65e5\u672c\u8a9e", "\u4e2d\u6587 \u732b", "\ud55c\uad6d\uc5b4",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\u05e2\u05d1\u05e8\u05d9\u05ea", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0e44\u0e17\u0e22",
    "\U0001f600", "\U0001f600\U0001f600", "a \U0001f408 cat", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e8\U0001f1ed",
    "\u2764\ufe0f", "\U0001d504\U0001d505", "\U00020000", "e\u0301\u0301\u0301", "\u0301", "\u1112\u1161\u11ab",
    "\u2014dash\u2014", "\u00abquotes\u00bb", "\u201ccurly\u201d", "\u00bfqu\u00e9?", "\u00a9 2024", "\u20ac5", "a\u0020\u0301b",
    "a" * 100, "ab " * 50, "! " * 40, "a, " * 30, "cat" * 40, "\U0001f600" * 20, "1" * 40, "a red fish " * 10,
    "a red fish, stained glass, rainy weather, calm mood, a blue house, woodcut print, snowy weather, energetic mood",
    "one " * 29 + "two", "one " * 30, "one " * 31, "a " * 29 + "lighthouse", "a " * 28 + "lighthouse castle", "a " * 30, "a " * 31,
]


def texts():
    chance = random.Random(20)
    words = ["red", "Fish", "castle", "pixel art", "don't", "it's", "42", "!", "!!", ",", ".", "-", "caf\u00e9", "\U0001f600", "  ",
             "\u65e5\u672c", END, BEGIN, "'ll", "QUICK", "a1b2", "\u00df", "\t", "x\u0301", "(", ")", "neon sign", "#", "&", "\u2019s"]
    made = ["".join(chance.choice([" ", " ", ""]) + chance.choice(words) for _ in range(chance.randint(1, 18))) for _ in range(90)]
    return HAND_WRITTEN + made


def token(content, normalized):
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False, "single_word": False}


# What each folder's files say instead of sketchbook's own: None takes a file away.
VARIANTS = {
    "tokenizer": ("tokenizer", {}),
    "tokenizer_2": ("tokenizer_2", {}),
    # As in the published stable-diffusion-xl-base-1.0: objects in the map, the pad token a string.
    "objects": ("tokenizer", {"special_tokens_map.json": {
        "bos_token": token(BEGIN, True), "eos_token": token(END, True), "pad_token": "!", "unk_token": token(END, True)}}),
    # As transformers has written since 4.34: every added token by id.
    "by-id": ("tokenizer_2", {"special_tokens_map.json": None, "tokenizer_config.json": {
        "added_tokens_decoder": {
            "0": {**token("!", False), "special": True},
            "768": {**token(BEGIN, True), "special": True},
            "769": {**token(END, True), "special": True}},
        "bos_token": BEGIN, "eos_token": END, "pad_token": "!", "unk_token": END,
        "model_max_length": 20, "tokenizer_class": "CLIPTokenizer"}}),
    # Only a tokenizer.json; merges and specials as that file has them.
    "tokenizer-json": ("tokenizer_2", {"vocab.json": None, "merges.txt": None, "tokenizer.json": "saved",
                                       "special_tokens_map.json": None}),
}


def variant_folder(sketchbook, into, base, changes):
    shutil.copytree(sketchbook / base, into)
    for name, content in changes.items():
        if content is None:
            (into / name).unlink()
        elif content == "saved":
            CLIPTokenizer.from_pretrained(sketchbook / base).backend_tokenizer.save(str(into / name))
        else:
            (into / name).write_text(json.dumps(content), encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sketchbook", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    all_texts = texts()
    cases = {}
    for name, (base, changes) in VARIANTS.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary) / "tokenizer"
            variant_folder(given.sketchbook, folder, base, changes)
            files = {}
            for file, content in changes.items():
                files[file] = json.loads((folder / file).read_text(encoding="utf-8")) if content else None
            tokenizer = CLIPTokenizer.from_pretrained(folder)
            length = tokenizer.model_max_length
            ids = [tokenizer(text, padding="max_length", truncation=True, max_length=length).input_ids for text in all_texts]
            cases[name] = {"base": base, "files": files, "ids": ids}
    lines = ['{"transformers": %s,' % json.dumps(__version__), '"texts": %s,' % json.dumps(all_texts), '"cases": {']
    lines.append(",\n".join("%s: %s" % (json.dumps(name), json.dumps(case, separators=(",", ":"))) for name, case in cases.items()))
    lines.append("}}")
    (given.out / "tokenizer.json").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(all_texts), "texts,", len(cases), "tokenizers")


if __name__ == "__main__":
    main()
