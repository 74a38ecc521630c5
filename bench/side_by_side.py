"""What comparisons that alternate between ours and a peer share."""

import statistics


def report(results, more_is_better=()):
    """`results`: our rounds and theirs, each a list of figures by name. A line a figure: medians
    (least to most), and how much better ours is, pair by pair."""
    for key in results[0][0]:
        line = [f"{key:18}"]
        for side in results:
            values = sorted(one[key] for one in side)
            line.append(f"{statistics.median(values):10.4g} ({values[0]:.4g} to {values[-1]:.4g})")
        better = 1 if key in more_is_better else -1
        pairs = sorted((a[key] / b[key]) ** better for a, b in zip(*results))
        line.append(f"{statistics.median(pairs):.2f} ({pairs[0]:.2f} to {pairs[-1]:.2f})x")
        print("  ".join(line), flush=True)
