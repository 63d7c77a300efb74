"""The tokenizer and the network of sketchbook-summary: whole words, and a small T5."""
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

import joins

PAD, END, UNKNOWN = 0, 1, 2
PREFIX = "summarize: "
LONGEST_INPUT, LONGEST_PHRASE = 256, 72
# What is read at most, and how a summary is searched for; `report_summary.py` compares.
TASK = {"early_stopping": True, "length_penalty": 1.0, "max_length": LONGEST_PHRASE, "min_length": 2, "no_repeat_ngram_size": 0, "num_beams": 4, "prefix": PREFIX}


def tokenizer():
    """Lower case, whole words and single marks; any other word is <unk>."""
    words = ["<pad>", "</s>", "<unk>", ",", ".", ":", *("\u2581" + word for word in joins.words())]
    made = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()])
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", END)])
    made.add_special_tokens(["<pad>", "</s>", "<unk>"])
    return made


def fast(made):
    return PreTrainedTokenizerFast(tokenizer_object=made, eos_token="</s>", pad_token="<pad>", unk_token="<unk>", model_max_length=LONGEST_INPUT)


def network(vocabulary):
    return T5ForConditionalGeneration(T5Config(
        vocab_size=vocabulary, d_model=128, d_kv=32, d_ff=384, num_layers=3, num_decoder_layers=2, num_heads=4, feed_forward_proj="relu", dropout_rate=0.0,
        decoder_start_token_id=PAD, pad_token_id=PAD, eos_token_id=END, attn_implementation="eager"))
