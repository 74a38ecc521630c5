//! The work every peer is given, the same as bench/state/state_bench.cpp: the same keys, the same
//! number of random updates per block, 64-byte values.
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::time::Instant;

pub struct Job {
    pub peer: String,
    pub keys: u64,
    pub per_block: u64,
    pub blocks: u64,
    pub folder: String,
}

pub type Block = Vec<([u8; 32], Vec<u8>)>;

impl Job {
    pub fn parse(args: &[String]) -> Result<Job> {
        let number = |i: usize| -> Result<u64> {
            Ok(args.get(i).context("an argument is missing")?.parse()?)
        };
        Ok(Job {
            peer: args[1].clone(),
            keys: number(2)?,
            per_block: number(3)?,
            blocks: number(4)?,
            folder: args.get(5).cloned().unwrap_or_default(),
        })
    }
}

/// SplitMix64, the generator that SeededRandom uses.
pub struct Random(u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        z ^ (z >> 31)
    }
    fn value(&mut self) -> Vec<u8> {
        (0..8).flat_map(|_| self.next().to_le_bytes()).collect()
    }
}

fn key(i: u64) -> [u8; 32] {
    Sha256::digest(i.to_be_bytes()).into()
}

fn sorted(mut block: Block) -> Block {
    block.sort_by(|a, b| a.0.cmp(&b.0));
    block.dedup_by(|a, b| a.0 == b.0);
    block
}

fn cpu_s() -> f64 {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let s = |t: libc::timeval| t.tv_sec as f64 + t.tv_usec as f64 * 1e-6;
    s(usage.ru_utime) + s(usage.ru_stime)
}

/// Loads the keys in blocks of 10,000, then times the random updates; prints one line.
pub fn run(job: &Job, mut commit: impl FnMut(Block) -> Result<[u8; 32]>) -> Result<()> {
    let mut random = Random(42);
    let (start, cpu) = (Instant::now(), cpu_s());
    let mut i = 0;
    while i < job.keys {
        let end = (i + 10_000).min(job.keys);
        commit(sorted((i..end).map(|k| (key(k), random.value())).collect()))?;
        i = end;
    }
    let load = (start.elapsed().as_secs_f64(), cpu_s() - cpu);
    let blocks: Vec<Block> = (0..job.blocks)
        .map(|_| {
            (0..job.per_block).map(|_| (key(random.next() % job.keys), random.value())).collect()
        })
        .collect();
    let (start, cpu) = (Instant::now(), cpu_s());
    let mut root = [0; 32];
    for block in blocks {
        root = commit(sorted(block))?;
    }
    let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_s() - cpu);
    let count = (job.per_block * job.blocks) as f64;
    let hex: String = root.iter().map(|b| format!("{b:02x}")).collect();
    println!(
        "who={} keys={} per_block={} blocks={} load_wall_s={:.3} load_cpu_s={:.3} wall_s={:.3} \
         cpu_s={:.3} per_s={:.0} per_cpu_s={:.0} root={}",
        job.peer, job.keys, job.per_block, job.blocks, load.0, load.1, wall, cpu,
        count / wall, count / cpu, hex
    );
    Ok(())
}
