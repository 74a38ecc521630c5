import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Problem } from "../api/http.ts";
import { ExpertChips } from "../features/chat/expert_chips.tsx";
import { JsonView } from "./json_view.tsx";
import { Show } from "./states.tsx";

const shown = (resource: object) =>
  renderToStaticMarkup(
    <Show of={{ loading: false, reload: () => undefined, ...resource }}>{() => "data"}</Show>,
  );

test("a refusal says what, why and what to do (RFC 9457)", () => {
  const problem = Problem.from(404, {
    title: "not_found",
    detail: "there is no chain x",
    next_step: "Check the identifier.",
  });
  const html = shown({ problem });
  for (const part of ["not found", "there is no chain x", "Check the identifier."]) {
    expect(html).toContain(part);
  }
  expect(html).toContain('role="alert"');
});

test("whatever a broken answer holds, there is a sentence", () => {
  for (const body of [null, "text", 7, {}, { detail: 3 }]) {
    expect(Problem.from(500, body).detail).toContain("500");
  }
  expect(Problem.of(new TypeError("fetch failed")).nextStep).toContain("./up");
});

test("old data stays on show while a later question fails", () => {
  expect(shown({ data: 1, problem: Problem.of(null) })).toBe("data");
  expect(shown({ loading: true })).toContain("Loading");
});

test("contributed experts are marked and come first", () => {
  const html = renderToStaticMarkup(
    <ExpertChips
      tokens={10}
      experts={[
        { name: "layer0.expert1", tokens: 9, gate_mass: 5 },
        { name: "layer0.expert4", tokens: 3, gate_mass: 2 },
      ]}
    />,
  );
  expect(html.match(/contributed/g)).toHaveLength(1);
  expect(html.indexOf("E4")).toBeLessThan(html.indexOf("E1"));
});

test("a record reads without braces and quotes", () => {
  const html = renderToStaticMarkup(<JsonView value={{ amount: "5", to: ["cbm1", null] }} />);
  expect(html.replace(/<[^>]+>/g, " ")).toMatch(/amount\s+5\s+to\s+1\s+cbm1\s+2\s+none/);
});
