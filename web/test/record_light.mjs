// Records what a chain of validators answers, for the tests of src/proof:
//
//   cambium localnet --validators 4 --home NET      (kill one, so that a vote is absent)
//   node test/record_light.mjs API-URL > test/fixtures/light_answers.json
//
// Between the two rounds somebody must bond coins, so that the set of validators changes; the
// script waits for that.
const [url] = process.argv.slice(2);
if (!url) throw new Error("usage: node record_light.mjs API-URL");

const WAIT_MS = 1000;
// Parameters of staking, the current epoch, and a key that nothing has.
const KEYS = ["0b01", "0b0b", "ffee"];

const get = async (path) => (await fetch(url + path)).json();
const state = (key) => get(`/chain/utility/state/${key}`);
const nameOfSet = async () =>
  JSON.stringify((await get("/consensus/active_set")).items.map((item) => item.power));

async function round() {
  const answers = [];
  for (const key of KEYS) answers.push(await state(key));
  return answers.map(({ key, value, height, proof, header, light_block, label }) => ({
    key, value, height, proof, light_block, label, chain_id: header.chain_id,
    header_bytes: "", signature: "", operator_key: "",
  }));
}

const before = await round();
const first = await nameOfSet();
console.error("recorded; now bond some coins");
while ((await nameOfSet()) === first) await new Promise((done) => setTimeout(done, WAIT_MS));
const at = before[0].height;
// A new set votes two blocks after the one that made it.
while ((await state(KEYS[0])).height < at + 4) {
  await new Promise((done) => setTimeout(done, WAIT_MS));
}
console.log(JSON.stringify({ chain_id: before[0].chain_id, before, after: await round() }, null, 1));
