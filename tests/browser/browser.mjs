// Chromium from Debian, driven by playwright-core out of web/node_modules.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))(
  "playwright-core");
const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];

export async function openBrowser() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error("no chromium: run tools/setup test, or set CHROMIUM to its path");
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A page that notes what a person would call broken: errors, and talk to strangers. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // A missing story, a 503 while the node grows and a connection that a stopping node drops are
    // shown on the page and are no fault of it.
    const expected = /status of (404|503)|WebSocket|ERR_CONNECTION_REFUSED|ERR_(INCOMPLETE|EMPTY)/;
    if (message.type() === "error" && !expected.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (to.protocol.startsWith("http") && to.origin !== url) complaints.push(`asked ${to.origin}`);
  });
  return { page, context, complaints };
}
