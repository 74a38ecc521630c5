//! The peers of benchmarks 2 and 3: jmt (its mock store, and LMDB), nomt (its own files), and the
//! ics23 crate's verdict and speed on proofs that our tests wrote.
mod jmt_peer;
mod load;
mod nomt_peer;
mod proofs;

use anyhow::{bail, Result};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("jmt-memory") => jmt_peer::memory(&load::Job::parse(&args)?),
        Some("jmt-lmdb") => jmt_peer::lmdb(&load::Job::parse(&args)?),
        Some("nomt") => nomt_peer::run_sha2(&load::Job::parse(&args)?),
        Some("nomt-blake3") => nomt_peer::run_blake3(&load::Job::parse(&args)?),
        Some("verify") => proofs::verify(args.get(2).map(String::as_str).unwrap_or("")),
        _ => bail!("usage: PEER KEYS PER_BLOCK BLOCKS FOLDER, or verify VECTORS"),
    }
}
