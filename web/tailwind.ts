// Tailwind as a Vite plugin of our own: the published one brings a CSS compiler under another
// licence, and all that is needed is to name the classes that the sources use.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { Scanner } from "@tailwindcss/oxide";
import { compile } from "tailwindcss";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

async function loadStylesheet(id: string, base: string) {
  const path =
    id === "tailwindcss" ? require.resolve("tailwindcss/index.css") : resolve(base, id);
  return { path, base: dirname(path), content: await readFile(path, "utf8") };
}

export function tailwind(): Plugin {
  let root = ".";
  return {
    name: "cambium-tailwind",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
    },
    async transform(code, id) {
      if (!id.endsWith(".css") || !code.includes('@import "tailwindcss"')) return null;
      const sheet = await compile(code, { base: dirname(id), loadStylesheet });
      const sources = [{ base: resolve(root, "src"), pattern: "**/*.tsx", negated: false }];
      return { code: sheet.build(new Scanner({ sources }).scan()), map: null };
    },
  };
}
