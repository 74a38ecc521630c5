// While the node grows its first model, and afterwards.
import assert from "node:assert/strict";

/** A fresh node: every page is friendly although there is nothing yet. */
export async function growing(page, url, say) {
  for (const path of ["/", "/explorer", "/model", "/training"]) {
    await page.goto(url + path);
    await page.locator("h1").first().waitFor({ state: "attached" });
    assert.equal(await page.getByRole("alert").count(), 0, `${path} shows an error while growing`);
  }
  say("pages are friendly while the node grows");
}

export async function train(page, url, say) {
  await page.goto(url);
  await page.getByRole("link", { name: "Train" }).first().click();
  await page.getByText("The base model", { exact: false }).first().click();
  const chart = page.locator('figure svg[role="img"]');
  await chart.waitFor({ timeout: 20_000 });
  const told = await chart.getAttribute("aria-label");
  const [from, to] = /from ([\d.]+) to ([\d.]+)/.exec(told).slice(1).map(Number);
  assert(to < from, `the base model did not learn: ${told}`);
  for (const [kind, least] of [["CSV", 100], ["PNG", 2000]]) {
    const arrives = page.waitForEvent("download");
    await page.getByRole("button", { name: kind }).click();
    const size = (await readAll(await (await arrives).createReadStream())).length;
    assert(size > least, `the ${kind} of the curve has ${size} bytes`);
  }
  say(`training is drawn and can be saved: ${told}`);
}

async function readAll(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
