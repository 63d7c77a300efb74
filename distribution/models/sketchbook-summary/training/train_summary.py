"""Trains sketchbook-summary. Usage: train_summary.py OUT STEPS [STATE SEED]

OUT gets state.pt. STATE goes on from an earlier state with a new schedule, and begins with long joins. Joins are made as they are needed,
none twice, if each continuation has a SEED of its own. The first joins are short: SHORT of all steps have at most one, then two contexts.
The learning rate of a weight is in proportion to its size, as with the Adafactor of T5: embeddings are a hundred times as large as queries.
"""
import sys
import time
from pathlib import Path

import numpy as np
import torch

import joins
import summary_model
from summary_model import END, LONGEST_INPUT, PAD, PREFIX, UNKNOWN

BATCH, POOL, RELATIVE_RATE, WARM_UP, UNKNOWN_SHARE, SEED = 32, 512, 1.2e-2, 20, .12, 20_000
SHORT = (.2, .4)


def world_ids(tokenizer):
    """The tokens that phrases are made of, which are never hidden in training."""
    world = joins.world
    said = " ".join([joins.NOTHING, PREFIX, "a an and in", *world.OBJECTS, *joins.PLURALS.values(), *world.COLOURS, *world.STYLES, *world.WEATHERS, *world.MOODS,
                     *(text for table in (joins.WEATHER_WORDS, joins.MOOD_WORDS) for texts in table.values() for text in texts[:-1]), ", . :"])
    return set(tokenizer.encode(said).ids)


def batches(tokenizer, rng, most):
    """Endless batches of joins of similar length: (ids, mask, labels). Ordinary words are unknown now and then. `most()` contexts at most."""
    kept = np.array([number in world_ids(tokenizer) for number in range(tokenizer.get_vocab_size())])
    while True:
        pairs = [joins.sample(rng, most=most()) for _ in range(POOL)]
        texts = [np.array(each.ids) for each in tokenizer.encode_batch([PREFIX + text for text, _ in pairs])]
        labels = [np.array(each.ids) for each in tokenizer.encode_batch([phrase for _, phrase in pairs])]
        for ids in texts:
            ids[~kept[ids] & (rng.random(len(ids)) < UNKNOWN_SHARE)] = UNKNOWN
        order = sorted(range(POOL), key=lambda number: len(texts[number]))
        for start in BATCH * rng.permutation(POOL // BATCH):
            chosen = order[start:start + BATCH]
            ids = filled([texts[number][:LONGEST_INPUT] for number in chosen], PAD)
            yield ids, (ids != PAD).long(), filled([labels[number] for number in chosen], -100)


def filled(rows, value):
    width = max(map(len, rows))
    return torch.tensor(np.array([np.pad(row, (0, width - len(row)), constant_values=value) for row in rows]))


def exact(network, tokenizer, rng, count=64):
    """The share of held-out joins whose phrase is exact, by greedy search."""
    pairs = [joins.sample(rng, held_out=True) for _ in range(count)]
    ids = filled([np.array(each.ids) for each in tokenizer.encode_batch([PREFIX + text for text, _ in pairs])], PAD)
    with torch.no_grad():
        said = network.generate(input_ids=ids, attention_mask=(ids != PAD).long(), do_sample=False, num_beams=1, max_length=summary_model.LONGEST_PHRASE)
    return np.mean([tokenizer.decode(row.tolist()).strip() == phrase for row, (_, phrase) in zip(said, pairs)])


def main():
    out, steps = Path(sys.argv[1]), int(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    tokenizer = summary_model.tokenizer()
    network = summary_model.network(tokenizer.get_vocab_size())
    if len(sys.argv) > 3:
        network.load_state_dict(torch.load(sys.argv[3]))
    print(sum(weight.numel() for weight in network.parameters()), "weights", flush=True)
    groups = [{"params": [weight], "lr": RELATIVE_RATE * max(1e-2, weight.detach().square().mean().sqrt().item())} for weight in network.parameters()]
    optimiser = torch.optim.AdamW(groups, betas=(.9, .98), weight_decay=0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, (step + 1) / WARM_UP) * max(.02, .5 * (1 + np.cos(np.pi * step / steps))))
    seed = SEED + (int(sys.argv[4]) if len(sys.argv) > 4 else 0)
    start, losses, step = time.time(), [], 0
    short = [0, 0] if len(sys.argv) > 3 else [share * steps for share in SHORT]
    for ids, mask, labels in batches(tokenizer, np.random.default_rng(seed), lambda: 1 if step < short[0] else 2 if step < short[1] else 5):
        step += 1
        loss = network(input_ids=ids, attention_mask=mask, labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 50 == 0 or step == steps:
            network.eval()
            right = f", exact {exact(network, tokenizer, np.random.default_rng(7)):.2f}" if step % 500 == 0 or step == steps else ""
            network.train()
            print(f"{step} loss {np.mean(losses[-50:]):.4f}{right}, {time.time() - start:.0f} s", flush=True)
            torch.save(network.state_dict(), out / "state.pt")
        if step >= steps:
            break


if __name__ == "__main__":
    main()
