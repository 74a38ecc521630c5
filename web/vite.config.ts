import { defineConfig } from "vite";
import { tailwind } from "./tailwind.ts";

// `npm run dev` serves the pages from sources and asks a running node for everything else.
const node = process.env["CAMBIUM_NODE"] ?? "http://127.0.0.1:8080";
const api = [
  "/health",
  "/ready",
  "/genesis",
  "/credits",
  "/chat/stream",
  "/chain",
  "/models",
  "/experts",
  "/consensus",
  "/train/runs",
  "/train/stream",
];

function bypass(request: { headers: { accept?: string } }) {
  return request.headers.accept?.includes("text/html") ? "/index.html" : undefined;
}

export default defineConfig({
  plugins: [tailwind()],
  build: { target: "es2022", assetsInlineLimit: 0, reportCompressedSize: false },
  server: {
    proxy: {
      ...Object.fromEntries(api.map((path) => [path, { target: node, bypass, ws: true }])),
      "/ws": { target: node, ws: true },
    },
  },
});
