// The rings, a block's story, slices, every candidate with its numbers, lineage to licences.
import assert from "node:assert/strict";

const TOLD_WITHIN_MS = 180_000;

export async function models(page, url, say) {
  await told(url);
  await page.goto(`${url}/model`);
  await rings(page, say);
  await measured(page);
  await candidates(page, say);
  await page.getByText("Where experts come from").waitFor();
  assert(await page.getByText("replay", { exact: true }).count() > 0, "no replay in the lineage");
  await page.getByText("The same words, before and after").waitFor();
}

/** The main job goes on after the first answer: an expert is trained, measured, accepted. */
async function told(url) {
  const get = async (path) => (await fetch(url + path)).json();
  const late = Date.now() + TOLD_WITHIN_MS;
  for (;;) {
    const [model] = (await get("/models")).items;
    const story = model ? await get(`/models/${model.id}/story`) : {};
    if (story.continuations?.length > 0 && story.refused?.length > 0) return;
    assert(Date.now() < late, "the main job did not end in time");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function rings(page, say) {
  const drawing = page.getByRole("listbox");
  await drawing.waitFor();
  const blocks = await drawing.getByRole("option").count();
  assert(blocks > 10, `only ${blocks} blocks are drawn`);
  await drawing.focus();
  await page.keyboard.press("ArrowRight"); // reachable without a mouse
  await page.getByText("Payload root").waitFor();
  say(`${blocks} blocks are drawn`);
}

/** Each kind of text has a number before and after. */
async function measured(page) {
  const card = page.locator("section", { hasText: "What it reads how well" });
  for (const name of ["bits/byte", "perplexity", "nats/token"]) {
    await card.getByRole("button", { name }).click();
    assert.equal(await card.getByText("–", { exact: true }).count(), 0, `${name} is missing`);
  }
}

async function candidates(page, say) {
  const all = page.locator("section", { hasText: "Proof of Learning" }).locator("details");
  for (const one of await all.all()) await one.locator("summary").click();
  const accepted = await all.filter({ hasText: "harm at most" }).count();
  const refused = await all.filter({ hasText: "Refused:" }).count();
  assert(accepted > 0 && refused > 0, `${accepted} measured, ${refused} refused`);
  say(`${accepted} candidates with their measurements, ${refused} refused with a reason`);
}
