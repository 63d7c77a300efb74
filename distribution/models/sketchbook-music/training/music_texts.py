"""The words for tunes: labels, sentences that contain them, and the tokenizer."""
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

import tunes

# Labels, and of which moods they are true.
MOODS = {"calm": "calm", "peaceful": "calm", "dreamy": "calm", "relaxed": "calm", "energetic": "energetic", "happy": "energetic", "aggressive": "energetic", "lively": "energetic",
         "melancholic": "melancholic", "sad": "melancholic", "dark": "melancholic", "sorrowful": "melancholic"}
INSTRUMENTS = {**{name: name for name in tunes.INSTRUMENTS}, "drums": "drums", "acoustic guitar": "guitar", "violin": "strings", "percussion": "drums", "synth": "synthesizer", "music box": "bells"}
GENRES = {name: name for name in tunes.GENRES}
# Labels of no tune, so that words that the network does not know mean nothing to it.
NO_GENRES = ["pop", "jazz", "blues", "classical", "hip hop", "folk", "metal", "reggae", "country", "tango", "opera", "gospel", "soul", "disco", "salsa"]
NO_INSTRUMENTS = ["saxophone", "voice", "harmonica", "banjo", "sitar", "tuba", "ukulele", "bagpipes", "choir", "whistle"]
SENTENCES = ["This is a {} song", "This is a {} song", "{}", "{} music", "a {} song", "This is {} music", "a {} tune", "This is a {} tune", "a {} piece of music", "The music is {}"]
MOOD_SENTENCES = SENTENCES + ["{} mood", "music of a {} mood", "a {} melody"]
PLAYED = ["This is a song with {}", "This is a song with {}", "{}", "a song with {}", "This is the sound of a {}", "music played on the {}", "a tune on the {}", "{} music", "This is a {} song"]


def captions(tune_mood, genre, instruments, rng):
    """A text that is true of a tune, and what it names: (text, mood, genre, instrument), each None where it is not named."""
    known = [label for label, name in INSTRUMENTS.items() if name in instruments]
    mood = [label for label, name in MOODS.items() if name == tune_mood][rng.choice(4, p=[.55, .15, .15, .15])] if rng.random() < .8 else None
    kind = genre if genre and rng.random() < .6 else None
    played = known[rng.integers(len(known))] if known and rng.random() < .5 else None
    words = " ".join([*([mood] if mood else []), kind or ("song", "tune", "piece", "melody")[rng.integers(4)]])
    text = ("an " if words[0] in "aeiou" else "a ") + words
    if played:
        text += (" with ", " played on the ", " on the ")[rng.integers(3)] + played
    if rng.random() < .3:
        text = "This is " + text
    return text, tune_mood if mood else None, kind, INSTRUMENTS[played] if played else None


def tokenizer():
    """Byte-level pairs as RoBERTa's, learned of these words."""
    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    labels = [*MOODS, *INSTRUMENTS, *GENRES, *NO_GENRES, *NO_INSTRUMENTS]
    lines = [sentence.format(label) for label in labels for sentence in (*MOOD_SENTENCES, *PLAYED)]
    lines += [f"{article} {mood} {noun} {on} the {label}" for mood in MOODS for label in INSTRUMENTS for article in ("a", "an", "This is a") for noun in ("song", "tune", "piece", "melody", "waltz")
              for on in ("with", "played on")]
    special = [AddedToken(word, special=True) for word in ("<s>", "<pad>", "</s>", "<unk>")]
    made.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=640, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return made
