//! nomt 1.0 with its own files: it keeps only the newest state and syncs every commit.
use crate::load::{run, Job};
use anyhow::Result;
use nomt::hasher::{blake3::Blake3BinaryHasher, sha2::Sha2BinaryHasher, BinaryHasher};
use nomt::{HashAlgorithm, KeyReadWrite, Nomt, Options, SessionParams};

fn run_with<H: HashAlgorithm>(job: &Job) -> Result<()> {
    let mut options = Options::new();
    options.path(&job.folder);
    options.commit_concurrency(1);
    options.io_workers(1);
    options.hashtable_buckets(((job.keys / 4).max(64_000)) as u32);
    options.bitbox_seed([7; 16]);
    let nomt = Nomt::<H>::open(options)?;
    run(job, |block| {
        let session = nomt.begin_session(SessionParams::default());
        let writes =
            block.into_iter().map(|(k, v)| (k, KeyReadWrite::Write(Some(v)))).collect::<Vec<_>>();
        let finished = session.finish(writes)?;
        let root = finished.root().into_inner();
        finished.commit(&nomt)?;
        Ok(root)
    })
}

pub fn run_sha2(job: &Job) -> Result<()> {
    run_with::<BinaryHasher<Sha2BinaryHasher>>(job)
}

pub fn run_blake3(job: &Job) -> Result<()> {
    run_with::<BinaryHasher<Blake3BinaryHasher>>(job)
}
