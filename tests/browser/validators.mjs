// The pages of a network that three validators run: stake, a vote and an emergency as they happen,
// and a light block checked by the page itself (B/CONS-02, B/CONS-06, H/CS-03, H/GO-01, H/GO-02).
//
//   node validators.mjs PATH-OF-CAMBIUM FOLDER-FOR-SCREENSHOTS
import assert from "node:assert/strict";
import { openBrowser, openPage } from "./browser.mjs";
import { startLocalnet } from "./localnet.mjs";
import { freshHome } from "./running_node.mjs";
import { takeScreenshots } from "./screenshots.mjs";

const [binary, folder] = process.argv.slice(2);
assert(binary && folder, "usage: node validators.mjs PATH-OF-CAMBIUM FOLDER-FOR-SCREENSHOTS");

const began = Date.now();
const say = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${text}`);
const by = (...words) => [...words, "--from", "operator"];

/** What happens on the chain while the pages are open shows up by itself. */
async function staked(page, net) {
  await page.goto(`${net.url}/network/staking/${net.nodes[0].operator}`);
  await page.getByText("CBM on their way out").waitFor();
  const leaving = page.getByText("On their way out", { exact: true });  // the list's title
  assert.equal(await leaving.count(), 0);
  net.run(by("stake", "delegate", "node1", "2500"));
  await page.getByRole("link", { name: "node1" }).waitFor();
  net.run(by("stake", "undelegate", "node1", "300"));
  await page.getByText("20 d 23 h").waitFor();
  assert.equal(await leaving.count(), 1);
  say("a delegation and an unbonding appeared while the page was open");
}

async function governed(page, net) {
  net.run(by("gov", "propose", "Let 150 validators vote", "--summary",
    "More operators ask for a seat than there are.", "--do",
    "param staking.max_validators 150", "--do", "account grant trainer bank.Send"));
  await page.goto(`${net.url}/network/governance`);
  await page.getByRole("link", { name: "Let 150 validators vote" }).click();
  await page.getByText("Nobody has voted yet").waitFor();
  await page.getByText("Send accounts.Grant as the governance account").click();
  await page.getByText("grantee").waitFor();
  net.run(by("gov", "vote", "1", "yes"));
  net.run(by("gov", "vote", "1", "no"), 1);
  await page.getByText("2 500 CBM").first().waitFor({ state: "attached" }).catch(() => undefined);
  await page.locator("main td", { hasText: "node1" }).waitFor();
  assert.match(await page.getByText("voted, the mark is at").textContent(), /6\d\.\d % voted/);
  say("votes were drawn as they came");
}

async function emergency(page, net) {
  net.run(by("gov", "emergency", "Stop burning", "--do", "pause bank.Burn --duration 1h"));
  await page.goto(`${net.url}/network/governance`);
  await page.getByLabel("of 3 validators in favour, 2 needed").waitFor();
  for (const node of [0, 1]) net.run(by("gov", "vote", "2", "yes"), node);
  await page.getByLabel("Emergency acts in force").waitFor();
  await page.getByText("ends by itself in").waitFor();
  say("an emergency act is in force, with its time left");
}

/** The validators' votes, then the state under them; one byte altered anywhere is refused. */
async function proven(page, net) {
  await page.goto(`${net.url}/explorer/utility/state/0b01`);
  await page.getByRole("button", { name: "Verify this proof" }).click();
  const outcome = page.getByTestId("outcome");
  assert.match(await outcome.textContent(), /proven/);
  assert.equal(await page.getByLabel("holds").count(), 10);
  await page.getByRole("button", { name: "Flip one byte" }).click();
  for (const part of ["proof", "value", "light"]) {
    await page.getByLabel("of the").selectOption(part);
    assert.match(await outcome.textContent(), /refused/, `a spoilt ${part} was believed`);
  }
  await page.getByRole("button", { name: "Put it back" }).click();
  assert.match(await outcome.textContent(), /proven/);
  // The set changes; the browser follows it from the one it knows.
  net.run(by("stake", "delegate", "node2", "700"));
  for (let i = 0; i < 3; i++) net.run(by("tx", "send", "trainer", "0.000001"));
  await page.getByRole("button", { name: "Fetch the newest" }).click();
  await page.getByText("the set changed").waitFor();
  assert.match(await outcome.textContent(), /proven/);
  say("a light block was verified, a spoilt one refused, a changed set followed");
}

const { home, remove } = freshHome();
const net = await startLocalnet(binary, home);
say(`three validators answer at ${net.url}`);
const browser = await openBrowser();
const { page, complaints } = await openPage(browser, net.url);
try {
  await proven(page, net);
  await staked(page, net);
  await governed(page, net);
  await emergency(page, net);
  const { operator } = net.nodes[0];
  const faults = await takeScreenshots(browser, net.url, [
    { name: "validators", path: "/network" },
    { name: "validator", path: `/network/validators/${operator}` },
    { name: "staking", path: `/network/staking/${operator}` },
    { name: "staking-empty", path: "/network/staking" },
    { name: "governance", path: "/network/governance" },
    { name: "proposal", path: "/network/governance/1" },
    { name: "parameters", path: "/network/governance/parameters" },
    { name: "treasury", path: "/network/treasury" },
    { name: "holdings", path: `/explorer/utility/account/${operator}` },
    { name: "light-proof", path: "/explorer/utility/state/0b01",
      prepare: (p) => p.getByText("Verify this proof").click() },
  ], folder);
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, [], "the pages complained");
  say(`done; screenshots are in ${folder}`);
} catch (error) {
  await page.screenshot({ path: `${folder}/failed.png`, fullPage: true }).catch(() => undefined);
  console.error(`at ${page.url()}\n${complaints.join("\n")}`);
  throw error;
} finally {
  await browser.close();
  await net.stop();
  remove();
}
