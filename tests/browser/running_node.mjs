// A cambium process of its own: a fresh home, ports that the system chose, ended by the test.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ANSWERS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 20_000;

export function freshHome() {
  const home = mkdtempSync(join(tmpdir(), "cambium-browser-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Starts `cambium up --nano`; resolves when its dashboard answers, long before it is ready. */
export async function startNode(binary, home, port = 0) {
  const child = spawn(binary,
    ["up", "--nano", "--home", home, "--port", String(port), "--compute-port", "0"],
    { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const listen = (data) => {
      said += data;
      const found = /dashboard:? (http:\/\/[\d.:]+)/i.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => reject(new Error(`cambium ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`no dashboard after 60 s:\n${said}`)),
      ANSWERS_WITHIN_MS).unref();
  });
  return { url, port: new URL(url).port, said: () => said, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
