// Three validators of their own on this machine, ended by the test.
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

const ANSWERS_WITHIN_MS = 120_000;

export async function startLocalnet(binary, home, validators = 3) {
  const child = spawn(binary,
    ["localnet", "--json", "--home", home, "--validators", String(validators)],
    { stdio: ["ignore", "pipe", "inherit"] });
  const nodes = [];
  const lines = createInterface({ input: child.stdout });
  await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const said = JSON.parse(line);
      if (said.step === "validator") nodes.push(said);
      if (said.step === "block" && said.height >= 2) resolve();
    });
    child.on("exit", (code) => reject(new Error(`localnet ended with ${code}`)));
    setTimeout(() => reject(new Error("no block after 120 s")), ANSWERS_WITHIN_MS).unref();
  });
  return { nodes, url: nodes[0].api, stop: () => stop(child),
    run: (words, node = 0) => run(binary, nodes[node].home, words) };
}

/** A command with the operator's key of one validator; what it says as JSON. */
function run(binary, home, words) {
  const done = spawnSync(binary, [...words, "--home", home, "--json"], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${words.join(" ")}: ${done.stdout}${done.stderr}`);
  return JSON.parse(done.stdout);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGINT");
  await ended;
}
