// Send a prompt, watch the price run, cancel one, compare with and without experts.
import assert from "node:assert/strict";

const micros = (text) => BigInt(text.replace(".", ""));

export async function chat(page, url, say) {
  await page.goto(url);
  const prompt = page.getByLabel("Prompt");
  await prompt.fill("And it came to pass");
  await prompt.press("Enter");
  const answer = page.locator("article").first();
  await page.waitForFunction(() =>
    Number(document.querySelector('[data-testid="cost"]')?.textContent) > 0);
  await answer.and(page.locator('[aria-busy="false"]')).waitFor({ timeout: 60_000 });
  assert((await answer.getByTestId("answer").textContent()).length > 0, "no answer came");
  await answer.getByText("= charge").waitFor(); // token prices sum to the charge exactly
  assert(await answer.getByLabel("Experts that answered").locator("li").count() > 0, "no experts");
  say(`answered for ${await answer.getByTestId("cost").textContent()} credits`);

  await spent(page, answer);
  await cancelled(page, prompt, say);
  await compared(page, prompt, say);
}

/** The balance fell by exactly what the page says the answer cost. */
async function spent(page, answer) {
  const cost = micros(await answer.getByTestId("cost").textContent());
  const { spent: total } = await page.evaluate(async () => (await fetch("/credits")).json());
  assert.equal(micros(total), cost, "what was spent differs from what was shown");
}

async function cancelled(page, prompt, say) {
  await page.getByLabel("Longest answer").fill("256");
  await prompt.fill("The kernel");
  await prompt.press("Enter");
  const answer = page.locator("article").nth(1);
  await page.waitForFunction(() => document.querySelectorAll('article')[1]
    ?.querySelector('[data-testid="answer"]')?.textContent);
  await page.keyboard.press("Escape");
  await answer.and(page.locator('[aria-busy="false"]')).waitFor({ timeout: 10_000 });
  say(`cancelled after ${await answer.getByTestId("cost").textContent()} credits`);
}

async function compared(page, prompt, say) {
  await page.getByText("Both, side by side").click();
  await page.getByText("Event stream").click();
  await page.getByLabel("Longest answer").fill("24");
  await prompt.fill("In the beginning");
  await prompt.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll('article').length === 4 &&
    !document.querySelector('article[aria-busy="true"]'), null, { timeout: 60_000 });
  await page.getByText("without experts: the shared part alone").waitFor();
  say("compared with and without experts over event streams");
}
