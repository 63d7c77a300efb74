"""Trains sketchbook-speech, a Whisper: train_speech.py MINUTES STATE LEARNING_RATE POOL...

Cross-entropy of the decoder, and beside it CTC of the encoder's states with a head that is not kept. In the first steps the CTC head and one
attention head of each decoder layer are also told about where in the recording a word is. STATE is written every hundred steps and continued
from if it is there; the learning rate falls to nothing at the end of the minutes. Recordings are short and clean at first.
"""
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from transformers import WhisperConfig, WhisperForConditionalGeneration

import sounds
import vocabulary as v

PLACES, WIDTH = 96, 96
GUIDED, HARD, LONG = 1500, 1000, 1500  # steps


def config():
    return WhisperConfig(vocab_size=v.SIZE, num_mel_bins=v.BANDS, d_model=WIDTH, encoder_layers=3, decoder_layers=2, encoder_attention_heads=4,
                         decoder_attention_heads=4, encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH, max_source_positions=v.POSITIONS,
                         max_target_positions=PLACES, pad_token_id=v.END, bos_token_id=v.END, eos_token_id=v.END, decoder_start_token_id=v.START,
                         suppress_tokens=None, begin_suppress_tokens=None, init_std=.08, attn_implementation="eager")


class Speech(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.whisper = WhisperForConditionalGeneration(config())
        self.ctc = torch.nn.Linear(WIDTH, v.END + 1)  # the end token stands for the blank
        for convolution in (self.whisper.model.encoder.conv1, self.whisper.model.encoder.conv2):
            torch.nn.init.kaiming_normal_(convolution.weight)  # otherwise the places drown the sound

    def encoded(self, features):
        """As Whisper's encoder, of recordings shorter than its window too."""
        encoder = self.whisper.model.encoder
        x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(features)))).permute(0, 2, 1)
        x = x + encoder.embed_positions.weight[:x.shape[1]]
        for layer in encoder.layers:
            x = layer(x, None)
        return encoder.layer_norm(x)

    def forward(self, features, ids):
        encoded = self.encoded(features)
        said = self.whisper.model.decoder(input_ids=ids, encoder_hidden_states=encoded, use_cache=False, output_attentions=True)
        return self.whisper.proj_out(said.last_hidden_state), self.ctc(encoded), said.cross_attentions


def batch(recordings, features, rng, size):
    made = [recordings.recording() for _ in range(size)]
    rows = [sounds.tokens(segments, cut, timestamps=cut is not None or rng.random() < .3, silent=not spoken) for _, segments, cut, spoken in made]
    n = max(len(ids) for ids, *_ in rows)
    ids = torch.tensor([a + [v.END] * (n - len(a)) for a, _, _ in rows])
    labels = torch.tensor([b + [-100] * (n - len(b)) for _, b, _ in rows])
    times = torch.tensor([c + [float("nan")] * (n - len(c)) for _, _, c in rows])
    words = [[t for _, _, text, _ in segments for t in v.encode(text) if t != v.COMMA] for _, segments, *_ in made]
    whole = torch.tensor([cut is None for _, _, cut, _ in made])
    return features.augmented(torch.from_numpy(np.stack([x for x, *_ in made])), rng, recordings.hardness), ids, labels, times, words, whole


def astray(attentions, times):
    """How much of the first heads' attention is far from where the words are."""
    weights = torch.stack([a[:, 0] for a in attentions])
    places = torch.arange(weights.shape[-1]) + .5
    far = 1 - torch.exp(-((places - times[..., None] / v.STEP) ** 2) / (2 * 6 ** 2))
    return (weights * far.nan_to_num(0)).sum(-1).mean()


def missed(heard, labels, times):
    """How improbable each word is about where it should be, within a quarter of a second; words are placed by counting letters."""
    places = torch.arange(heard.shape[1]) + .5
    near = ((places - times[..., None] / v.STEP).abs() <= 5) & (labels < v.END)[..., None] & (labels != v.COMMA)[..., None]
    words = heard.log_softmax(-1).gather(2, labels.clamp(0, v.END)[:, None].expand(-1, heard.shape[1], -1)).transpose(1, 2)
    used = near.any(-1) & (labels >= 0)
    return -words.masked_fill(~near, -1e4).logsumexp(-1)[used].mean()


def main():
    minutes, state, rate, pools = float(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = np.random.default_rng(int(time.time()))
    recordings, features, network = sounds.Recordings(pools, rng), sounds.Features(), Speech().train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=.01, betas=(.9, .98))
    step, spent = 0, 0.
    if state.exists():
        kept = torch.load(state, weights_only=True)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        step, spent = kept["step"], kept["minutes"]
    print(len(recordings.items), "sentences;", sum(p.numel() for p in network.whisper.parameters()), "weights; from step", step, flush=True)
    began, sums, first = time.time(), [], step
    while (passed := (time.time() - began) / 60) < minutes:
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 100, (step - first + 1) / 50) * (.5 + .5 * math.cos(math.pi * passed / minutes)) + 1e-6
        recordings.shorten(step < LONG or step % 4 == 0)
        recordings.hardness = min(1., step / HARD)
        size = 18 if recordings.short else 8
        x, ids, labels, times, words, whole = batch(recordings, features, rng, size)
        said, heard, attentions = network(x, ids)
        decoder = F.cross_entropy(said.transpose(1, 2), labels, ignore_index=-100, label_smoothing=.02)
        lengths = torch.tensor([len(w) for w in words])
        ctc = F.ctc_loss(heard.log_softmax(-1).transpose(0, 1), torch.tensor([t for w in words for t in w]), torch.full((size,), heard.shape[1]), lengths,
                         blank=v.END, reduction="none", zero_infinity=True)
        ctc = (ctc * whole).sum() / (lengths * whole).sum()
        far = astray(attentions, times)
        lost = missed(heard, labels, times)
        loss = decoder + .5 * ctc + max(0, 1 - step / GUIDED) * (2 * far + .5 * lost)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.)
        optimiser.step()
        step += 1
        right = (said.argmax(-1) == labels)[labels >= 0].float().mean()
        sums.append((decoder.item(), ctc.item(), right.item(), far.item(), lost.item()))
        if step % 25 == 0:
            means = " ".join(f"{name} {mean:.3f}" for name, mean in zip(("decoder", "ctc", "right", "astray", "missed"), np.mean(sums, 0)))
            print(f"step {step} {means} {passed:.1f} min", flush=True)
            sums = []
        if step % 100 == 0:
            save(network, optimiser, step, spent + passed, state)
    save(network, optimiser, step, spent + minutes, state)


def save(network, optimiser, step, minutes, state):
    part = state.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "minutes": minutes}, part)
    part.rename(state)


if __name__ == "__main__":
    main()
