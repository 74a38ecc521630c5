// Both chains live, search, a transaction with its changes, a proof verified and spoilt.
import assert from "node:assert/strict";

export async function explore(page, url, say) {
  await page.getByRole("link", { name: "Explorer" }).first().click();
  await page.getByText("live", { exact: true }).nth(1).waitFor();
  for (const chain of ["utility", "compute-0"]) {
    const height = await page.getByTestId(`height-${chain}`).textContent();
    assert(Number(height.replace(/\D/g, "")) > 0, `${chain} has no block`);
  }
  say("both chains are live");
  await searched(page, url);
  const transaction = await openTransaction(page, url);
  const account = await page.locator('main a[href*="/account/"]').first().getAttribute("href");
  await page.getByRole("link", { name: "verify its proof" }).first().click();
  await proven(page, say);
  return { transaction, account, entry: new URL(page.url()).pathname };
}

/** A hash is pasted, a name is typed; Enter opens the first hit. */
async function searched(page, url) {
  const link = page.locator('main a[href*="/tx/"]').first();
  const hash = (await link.getAttribute("href")).split("/").at(-1);
  await page.getByLabel("Search both chains").fill(hash);
  await page.locator('form[role="search"] li a').first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Transaction" }).waitFor();
  await page.getByText(hash).first().waitFor();
  await page.getByLabel("Search both chains").fill("layer0");
  await page.getByText(/^Expert layer0\.expert/).first().waitFor();
  await page.goto(`${url}/explorer`);
}

async function openTransaction(page) {
  await page.locator('main a[href^="/explorer/compute-0/tx/"]').first().click();
  await page.locator("h1", { hasText: "Transaction" }).waitFor();
  await page.getByText("What it changed").waitFor();
  return new URL(page.url()).pathname;
}

/** Verified by the page's own code; one byte altered anywhere is refused (must show 8). */
async function proven(page, say) {
  await page.getByRole("button", { name: "Verify this proof" }).click();
  const outcome = page.getByTestId("outcome");
  assert.match(await outcome.textContent(), /proven/);
  assert.equal(await page.getByLabel("holds").count(), 8);
  await page.getByRole("button", { name: "Flip one byte" }).click();
  for (const part of ["proof", "value", "header", "signature"]) {
    const choice = page.getByLabel("of the");
    if (await choice.locator("option", { hasText: part }).count() === 0) continue;
    await choice.selectOption(part);
    assert.match(await outcome.textContent(), /refused/, `a spoilt ${part} was believed`);
  }
  await page.getByRole("button", { name: "Put it back" }).click();
  assert.match(await outcome.textContent(), /proven/);
  say("a proof was verified in the browser, and refused with one byte altered");
}
