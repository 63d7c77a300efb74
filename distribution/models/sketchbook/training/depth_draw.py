"""Draws the pictures with depth that train_depth.py and train_controlnet.py depth learn from and are judged on. Usage: depth_draw.py OUT SEED COUNT

Seeds from 2000 were for training; from 9000 for judging.
"""
import sys
from pathlib import Path

import depth_world

depth_world.drawn(int(sys.argv[2]), int(sys.argv[3])).save(Path(sys.argv[1]))
