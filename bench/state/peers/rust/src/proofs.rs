//! Judges proofs as the ics23 crate does. A vector is one line of hex words:
//! "exist|absent ROOT KEY VALUE|- PROOF accept|refuse"; the last word is our verdict.
use anyhow::{bail, Context, Result};
use ics23::{commitment_proof::Proof, CommitmentProof, HostFunctionsManager};
use prost::Message;
use std::io::BufRead;
use std::time::Instant;

/// Valid proofs kept for timing; vectors may come by the million through a pipe.
const KEPT: usize = 600;

fn hex(text: &str) -> Vec<u8> {
    let byte = |i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok();
    (0..text.len() / 2).filter_map(byte).collect()
}

struct Vector {
    exists: bool,
    root: Vec<u8>,
    key: Vec<u8>,
    value: Vec<u8>,
    proof: Vec<u8>,
    ours: bool,
}

fn parse(line: &str) -> Option<Vector> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [kind, root, key, value, proof, ours] = words[..] else { return None };
    Some(Vector {
        exists: kind == "exist",
        root: hex(root),
        key: hex(key),
        value: hex(value),
        proof: hex(proof),
        ours: ours == "accept",
    })
}

fn judge(v: &Vector) -> bool {
    let Ok(proof) = CommitmentProof::decode(&v.proof[..]) else { return false };
    let spec = ics23::smt_spec();
    if v.exists {
        ics23::verify_membership::<HostFunctionsManager>(&proof, &spec, &v.root, &v.key, &v.value)
    } else {
        ics23::verify_non_membership::<HostFunctionsManager>(&proof, &spec, &v.root, &v.key)
    }
}

/// The two places where we refuse on purpose what the crate lets pass: an encoding that is not
/// the canonical one, and an absence proof that names another key than the one asked about.
fn is_stricter(v: &Vector) -> bool {
    let Ok(proof) = CommitmentProof::decode(&v.proof[..]) else { return false };
    let names_other_key =
        matches!(&proof.proof, Some(Proof::Nonexist(absence)) if absence.key != v.key);
    names_other_key || proof.encode_to_vec() != v.proof
}

pub fn verify(path: &str) -> Result<()> {
    let file = std::fs::File::open(path).context("the vectors cannot be read")?;
    let mut good: Vec<Vector> = Vec::new();
    let (mut accepted, mut refused, mut stricter, mut count) = (0, 0, 0, 0);
    for line in std::io::BufReader::new(file).lines() {
        let Some(v) = parse(&line?) else { continue };
        count += 1;
        match (judge(&v), v.ours) {
            (true, true) => accepted += 1,
            (false, false) => refused += 1,
            (true, false) if is_stricter(&v) => stricter += 1,
            (theirs, ours) => bail!("verdicts differ: theirs {theirs}, ours {ours}"),
        }
        if v.ours && good.len() < KEPT {
            good.push(v);
        }
    }
    println!("who=ics23 vectors={count} accept={accepted} refuse={refused} stricter={stricter}");
    for exists in [true, false] {
        let good: Vec<&Vector> = good.iter().filter(|v| v.exists == exists).collect();
        if good.is_empty() {
            continue;
        }
        let (start, mut count) = (Instant::now(), 0u64);
        while start.elapsed().as_secs_f64() < 1.0 {
            good.iter().for_each(|v| assert!(judge(v)));
            count += good.len() as u64;
        }
        let kind = if exists { "exist" } else { "absent" };
        let us = start.elapsed().as_secs_f64() * 1e6 / count as f64;
        println!("who=ics23 kind={kind} us={us:.2}");
    }
    Ok(())
}
