"""Draws the pictures that train_clip.py and train_dino.py learn from and are judged on.
Usage: encoder_draw.py OUT FIRST LOOKS [SMALL]

Looks FIRST to FIRST + LOOKS - 1, six objects of each; half of the looks have an invented style, and a share SMALL of them is drawn at
the encoders' size. Looks 0-999 were for training, with SMALL 0.85; looks from 100000 on for judging.
"""
import sys
from pathlib import Path

import encoder_world

first, looks, small = int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else 0
encoder_world.drawn(first, looks, 6, .5, small).save(Path(sys.argv[1]))
