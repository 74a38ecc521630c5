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
  const chart = page.locator('figure svg[role="img"]');
  await chart.waitFor({ timeout: 20_000 });
  await page.getByText("nats per token").first().waitFor();
  say(`training is drawn: ${await chart.getAttribute("aria-label")}`);
}
