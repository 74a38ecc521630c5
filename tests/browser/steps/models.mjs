// The rings, a block's story, slices, every candidate with its numbers, lineage to licences.
import assert from "node:assert/strict";

export async function models(page, url, say) {
  await page.goto(`${url}/model`);
  const rings = page.getByRole("listbox");
  await rings.waitFor();
  const blocks = await rings.getByRole("option").count();
  assert(blocks > 10, `only ${blocks} blocks are drawn`);
  await rings.focus();
  await page.keyboard.press("ArrowRight"); // reachable without a mouse
  await page.getByText("Payload root").waitFor();
  await page.getByText("accepted", { exact: true }).first().waitFor();
  const candidates = page.locator("section", { hasText: "Proof of Learning" }).locator("details");
  for (const candidate of await candidates.all()) await candidate.locator("summary").click();
  say(`${blocks} blocks are drawn, ${await candidates.count()} candidates told`);
  await page.getByText("Where experts come from").waitFor();
  await page.getByText("What it reads how well").waitFor();
}
