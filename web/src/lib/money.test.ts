import { describe, expect, test } from "vitest";
import { cbm, fromMicros, grouped, micros } from "./money.ts";

describe("credits are exact (B/STR-01)", () => {
  test("there and back", () => {
    for (const text of ["0.000000", "0.000001", "12.345678", "99999999999999.999999"]) {
      expect(fromMicros(micros(text))).toBe(text);
    }
  });
  test("a sum that floats get wrong", () => {
    const sum = Array.from({ length: 10 }, () => micros("0.1")).reduce((a, b) => a + b, 0n);
    expect(fromMicros(sum)).toBe("1.000000");
  });
  test("what is no amount is refused", () => {
    for (const text of ["", "1e3", "1.2345678", "abc", ".5"])
      expect(() => micros(text)).toThrow();
  });
  test("ucbm reads as CBM", () => {
    expect(cbm("1500000")).toBe("1.5");
    expect(cbm("18446744073709551615")).toBe("18\u202f446\u202f744\u202f073\u202f709.551615");
    expect(grouped("1234")).toBe("1\u202f234");
  });
});
