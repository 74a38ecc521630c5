// Every page at three widths, dark and light; none may scroll sideways.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";

const SIZES = [[390, 844], [768, 1024], [1440, 900]];

export async function takeScreenshots(browser, url, pages, folder, sizes = SIZES) {
  mkdirSync(folder, { recursive: true });
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const [width, height] of sizes) {
      const { page, context } = await openPage(browser, url, {
        viewport: { width, height }, colorScheme });
      for (const { name, path, prepare } of pages) {
        await page.goto(url + path);
        await page.waitForLoadState("load");
        await prepare?.(page);
        await page.waitForFunction(() => !document.querySelector('main [role="status"].breathe'));
        const beyond = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (beyond > 0) faults.push(`${path} is ${beyond} px too wide at ${width}`);
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`),
          fullPage: true });
      }
      await context.close();
    }
  }
  return faults;
}
