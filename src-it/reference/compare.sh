#!/usr/bin/env bash
# Times whole commands against each other: Atelier and the Python reference drawing the same sets, in turn.
#
#   compare.sh PYTHON STYLE_ALIGNED [RUNS]
#
# PYTHON is the interpreter of the virtual environment that README.md makes, STYLE_ALIGNED a checkout of
# google/style-aligned. Prints, for sets of one and of eight pictures, the seconds from the start of the command to the
# first PNG and to its end, and the medians of the ratios (Python / Atelier) of each pair of runs.
set -euo pipefail

python=$1
style_aligned=$2
runs=${3:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
model=$root/distribution/models/sketchbook
objects=(house fish rocket castle tree cat star boat)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a command that draws into the folder given first; says when the first PNG and when the end came.
timed() {
    local out=$1
    shift
    rm -rf "$out"
    local start end first
    start=$(date +%s.%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s.%N)
    first=$(find "$out" -name '0*.png' -printf '%T@\n' | sort -n | head -n 1)
    awk -v s="$start" -v f="$first" -v e="$end" 'BEGIN { printf "%.2f %.2f", f - s, e - s }'
}

"$root/atelier" --version >/dev/null
for pictures in 1 8; do
    prompts=()
    for object in "${objects[@]:0:pictures}"; do prompts+=("a $object"); done
    # The reference divides a set by its first picture: a set of one is drawn without sharing.
    attention=$([[ $pictures == 1 ]] && echo none || echo shared)
    for ((run = 0; run <= runs; run++)); do
        ours=$(timed "$work/ours" "$root/atelier" generate "${prompts[@]}" --style "stained glass" --steps 20 --seed 42 \
            --attention "$attention" --quiet --out "$work/ours")
        theirs=$(timed "$work/theirs" "$python" "$root/src-it/reference/benchmark.py" --style-aligned "$style_aligned" \
            --model "$model" --out "$work/theirs" --steps 20 --images "$pictures" --attention "$attention")
        # The first pair warms the disk's cache.
        if ((run > 0)); then echo "$pictures $ours $theirs"; fi
    done
done | tee "$work/all" | awk 'BEGIN { print "pictures  atelier: first PNG, end  python: first PNG, end" } { print }'
for pictures in 1 8; do
    for column in "2 4 first PNG" "3 5 end"; do
        read -r ours theirs what <<<"$column"
        awk -v p="$pictures" -v a="$ours" -v b="$theirs" '$1 == p { print $b / $a }' "$work/all" | sort -n |
            awk -v p="$pictures" -v w="$what" '{ r[NR] = $1 } END { printf "%d pictures, %s: median %.2f, from %.2f to %.2f\n", p, w, r[int((NR + 1) / 2)], r[1], r[NR] }'
    done
done
