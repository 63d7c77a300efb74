"""The tokens of sketchbook-speech: whole words with their space, as Whisper's byte-pair tokens are written, letters for anything else,
then Whisper's special tokens and its timestamps."""
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

import sentences

SECONDS, HOP, FRAME, RATE, BANDS = 8, 400, 512, 16_000, 64
POSITIONS = SECONDS * RATE // HOP // 2  # of the encoder; also the number of steps of the timestamps
STEP = SECONDS / POSITIONS
PIECES = [*"abcdefghijklmnopqrstuvwxyz'-.", "Ġ", ",", *["Ġ" + word for word in sentences.WORDS if word != "a"], "Ġa"]
SPECIAL = ["<|endoftext|>", "<|startoftranscript|>", "<|nospeech|>", "<|notimestamps|>"]
END, START, NO_SPEECH, NO_TIMESTAMPS = range(len(PIECES), len(PIECES) + 4)
FIRST_TIME = NO_TIMESTAMPS + 1
SIZE = FIRST_TIME + POSITIONS + 1
INDEX = {piece: i for i, piece in enumerate(PIECES)}
COMMA = INDEX[","]


def encode(text):
    return [INDEX[part] if part == "," else INDEX["Ġ" + part] for part in text.replace(",", " ,").split()]


def decode(ids):
    return "".join(PIECES[i] for i in ids if i < END).replace("Ġ", " ").strip()


def time(seconds):
    return FIRST_TIME + min(POSITIONS, max(0, round(seconds / STEP)))


def tokenizer():
    built = Tokenizer(models.BPE(vocab=INDEX, merges=[], ignore_merges=True))
    built.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    built.decoder = decoders.ByteLevel()
    built.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in SPECIAL])
    built.add_tokens([AddedToken(f"<|{i * STEP:.2f}|>", special=False, normalized=False) for i in range(POSITIONS + 1)])
    return built


if __name__ == "__main__":
    built = tokenizer()
    for text in (" a red house, pop art", " a fish and a boat in rainy weather", " the dog"):
        assert built.decode(built.encode(text).ids) == text, text
    assert built.encode(" a red house, pop art").ids == encode("a red house, pop art")
    assert built.get_vocab_size() == SIZE and built.token_to_id("<|0.00|>") == FIRST_TIME, built.get_vocab_size()
    print(SIZE, "tokens,", END, "of text")
