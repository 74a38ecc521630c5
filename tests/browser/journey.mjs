// A person's way through the dashboard: Chat, Explorer, Models, Train, Network (issue 3, must show 8, 9).
//
//   node journey.mjs PATH-OF-CAMBIUM FOLDER-FOR-SCREENSHOTS
import assert from "node:assert/strict";
import { openBrowser, openPage } from "./browser.mjs";
import { freshHome, startNode } from "./running_node.mjs";
import { takeScreenshots } from "./screenshots.mjs";
import { chat } from "./steps/chat.mjs";
import { explore } from "./steps/explore.mjs";
import { models } from "./steps/models.mjs";
import { network } from "./steps/network.mjs";
import { growing, train } from "./steps/train.mjs";

const [binary, folder] = process.argv.slice(2);
assert(binary && folder, "usage: node journey.mjs PATH-OF-CAMBIUM FOLDER-FOR-SCREENSHOTS");

const READY_WITHIN_MS = 240_000;
const began = Date.now();
const say = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${text}`);

async function walk(page, node, browser) {
  await growing(page, node.url, say);
  await takeScreenshots(browser, node.url, [
    { name: "growing-chat", path: "/" },
    { name: "growing-models", path: "/model" },
  ], folder, [[390, 844]]);
  await isReady(page);
  say("the node is ready");
  await chat(page, node.url, say);
  const places = await explore(page, node.url, say);
  await models(page, node.url, say);
  await train(page, node.url, say);
  await network(page, node.url, say);
  return takeScreenshots(browser, node.url, [
    { name: "chat", path: "/", prepare: ask },
    { name: "explorer", path: "/explorer" },
    { name: "chain", path: "/explorer/compute-0" },
    { name: "transaction", path: places.transaction },
    { name: "account", path: places.account },
    { name: "proof", path: places.entry, prepare: (p) => p.getByText("Verify this proof").click() },
    { name: "models", path: "/model" },
    { name: "train", path: "/training" },
  ], folder);
}

const isReady = (page) =>
  page.getByText("ready", { exact: true }).waitFor({ timeout: READY_WITHIN_MS });

async function ask(page) {
  await isReady(page);
  await page.getByLabel("Prompt").fill("In the beginning");
  await page.keyboard.press("Enter");
  await page.getByText("= charge").waitFor();
}

/** A node that goes is told of, and a page that stayed open finds it again. */
async function comeBack(page, node, home) {
  await page.goto(`${node.url}/explorer`);
  await node.stop();
  await page.getByText("The node does not answer.").first().waitFor();
  const again = await startNode(binary, home, node.port);
  await isReady(page);
  await page.getByText("live", { exact: true }).nth(1).waitFor();
  say("the page outlived a restart of the node");
  return again;
}

const { home, remove } = freshHome();
let node = await startNode(binary, home);
say(`the node answers at ${node.url}`);
const browser = await openBrowser();
const { page, complaints } = await openPage(browser, node.url);
try {
  assert.deepEqual(await walk(page, node, browser), []);
  node = await comeBack(page, node, home);
  assert.deepEqual(complaints, [], "the pages complained");
  say(`done; screenshots are in ${folder}`);
} catch (error) {
  await page.screenshot({ path: `${folder}/failed.png`, fullPage: true }).catch(() => undefined);
  console.error(`at ${page.url()}\n${complaints.join("\n")}\n${node.said().slice(-3000)}`);
  throw error;
} finally {
  await browser.close();
  await node.stop();
  remove();
}
