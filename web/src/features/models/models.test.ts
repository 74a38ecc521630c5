import { expect, test } from "vitest";
import { gain, percent, ago, duration, words } from "../../lib/format.ts";
import { bundleName, outcome } from "./evaluations_card.tsx";

test("a bundle is named by its layers and slot", () => {
  expect(bundleName(["layer0.expert4", "layer1.expert4", "layer3.expert4"])).toBe(
    "layer0–3.expert4",
  );
  expect(bundleName(["layer2.expert5"])).toBe("layer2.expert5");
  expect(bundleName(["layer0.expert4", "layer1.expert5"])).toBe("layer0.expert4, layer1.expert5");
  expect(bundleName([])).toBe("not revealed");
});

test("what became of a candidate", () => {
  expect(outcome("accepted")).toEqual(["accepted", "good"]);
  expect(outcome("rejected")).toEqual(["refused", "bad"]);
  expect(outcome("measuring")).toEqual(["measuring", "calm"]);
});

test("numbers as people read them", () => {
  expect(gain("-1234567890")).toBe("−1.2346");
  expect(gain(20_000_000, 2)).toBe("+0.02");
  expect(percent(-0.171)).toBe("−17.1 %");
  expect(ago(0, 59_000)).toBe("59 s");
  expect(duration(331)).toBe("5 min 31 s");
  expect(words("REASON_NO_GAIN", "REASON_")).toBe("no gain");
});
