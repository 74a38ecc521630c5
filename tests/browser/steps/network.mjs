// Validators, stake, governance, treasury: read, tried out, followed live (B/API-10, H/GO-01, H/GO-02).
import assert from "node:assert/strict";

const heading = (page, text) => page.locator("h1", { hasText: text });

export async function network(page, url, say) {
  await page.getByRole("link", { name: "Network" }).first().click();
  await heading(page, "Validators").waitFor();
  await page.getByText("live", { exact: true }).waitFor();
  const operator = await openValidator(page);
  say("a validator is listed and shown");
  await stakeOf(page, operator);
  await parameters(page);
  await page.getByRole("link", { name: "Treasury" }).click();
  await page.getByText("CBM free to spend").waitFor();
  say("stake, parameters and the treasury are shown");
  return { operator };
}

async function openValidator(page) {
  const row = page.locator('main a[href^="/network/validators/cbm1"]').first();
  const operator = (await row.getAttribute("href")).split("/").at(-1);
  await row.click();
  await page.getByText("Consensus key").waitFor();
  await page.getByText("cambium stake delegate").waitFor();
  return operator;
}

/** An address is typed, a wrong one is told, the right one is remembered. */
async function stakeOf(page, operator) {
  await page.getByRole("link", { name: "Staking" }).click();
  await page.getByText("Whose stake?").waitFor();
  const field = page.getByLabel("Your account");
  await field.fill("cbm1wrong");
  await page.getByText("38 more letters").waitFor();
  await field.fill(operator);
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByText("Start to unbond").waitFor();
  await page.getByRole("link", { name: "Treasury" }).click();
  await page.getByRole("link", { name: "Staking" }).click();
  await page.getByText("Start to unbond").waitFor();
}

/** The chain itself says which values a parameter may take. */
async function parameters(page) {
  await page.getByRole("link", { name: "Governance" }).click();
  await page.getByRole("link", { name: "what can be changed" }).click();
  await page.getByText("max validators").click();
  const value = page.getByLabel("A value for staking.max_validators");
  await value.fill("0");
  await page.getByRole("button", { name: "Would it do?" }).click();
  await page.getByText("max_validators must be 1 to 500").waitFor();
  await value.fill("150");
  await page.getByRole("button", { name: "Would it do?" }).click();
  await page.getByText("100 becomes 150").waitFor();
  const line = await page.getByText("--do 'param staking.max_validators 150'").textContent();
  assert.match(line, /^cambium gov propose/);
}
