//! jmt 0.12 over its own mock store, and over LMDB with the tables a user would give it.
use crate::load::{run, Job};
use anyhow::{Context, Result};
use heed::types::Bytes;
use heed::{Database, Env, EnvFlags, EnvOpenOptions, RoTxn};
use jmt::storage::{
    LeafNode, Node, NodeKey, StaleNodeIndex, TreeReader, TreeUpdateBatch,
};
use jmt::{mock::MockTreeStore, KeyHash, OwnedValue, Sha256Jmt, Version};

pub fn memory(job: &Job) -> Result<()> {
    let store = MockTreeStore::default();
    let mut version = 0;
    run(job, |block| {
        let set = block.into_iter().map(|(k, v)| (KeyHash::with::<sha2::Sha256>(k), Some(v)));
        let (root, batch) = Sha256Jmt::new(&store).put_value_set(set, version)?;
        store.write_tree_update_batch(batch)?;
        version += 1;
        Ok(root.0)
    })
}

struct Store {
    env: Env,
    nodes: Database<Bytes, Bytes>,
    values: Database<Bytes, Bytes>,
    stale: Database<Bytes, Bytes>,
}

struct Reader<'a> {
    store: &'a Store,
    txn: RoTxn<'a>,
}

fn value_key(key: &KeyHash, version: Version) -> Vec<u8> {
    [&key.0[..], &(!version).to_be_bytes()].concat()
}

impl TreeReader for Reader<'_> {
    fn get_node_option(&self, key: &NodeKey) -> Result<Option<Node>> {
        let found = self.store.nodes.get(&self.txn, &borsh::to_vec(key)?)?;
        Ok(found.map(borsh::from_slice).transpose()?)
    }
    fn get_rightmost_leaf(&self) -> Result<Option<(NodeKey, LeafNode)>> {
        Ok(None)
    }
    fn get_value_option(&self, max: Version, key: KeyHash) -> Result<Option<OwnedValue>> {
        let from = value_key(&key, max);
        let range = (std::ops::Bound::Included(&from[..]), std::ops::Bound::Unbounded);
        let found = self.store.values.range(&self.txn, &range)?.next().transpose()?;
        Ok(found.filter(|(k, _)| k.starts_with(&key.0)).map(|(_, v)| v.to_vec()))
    }
}

impl Store {
    fn write(&self, batch: &TreeUpdateBatch) -> Result<()> {
        let mut txn = self.env.write_txn()?;
        for (key, node) in batch.node_batch.nodes() {
            self.nodes.put(&mut txn, &borsh::to_vec(key)?, &borsh::to_vec(node)?)?;
        }
        for ((version, key), value) in batch.node_batch.values() {
            let value = value.as_deref().context("nothing is erased here")?;
            self.values.put(&mut txn, &value_key(key, *version), value)?;
        }
        for StaleNodeIndex { stale_since_version, node_key } in &batch.stale_node_index_batch {
            let key = [&stale_since_version.to_be_bytes()[..], &borsh::to_vec(node_key)?].concat();
            self.stale.put(&mut txn, &key, &[])?;
        }
        Ok(txn.commit()?)
    }
}

pub fn lmdb(job: &Job) -> Result<()> {
    std::fs::create_dir_all(&job.folder)?;
    let mut options = EnvOpenOptions::new();
    options.map_size(64 << 30).max_dbs(3);
    let env = unsafe { options.flags(EnvFlags::NO_READ_AHEAD).open(&job.folder)? };
    let mut txn = env.write_txn()?;
    let nodes = env.create_database(&mut txn, Some("nodes"))?;
    let values = env.create_database(&mut txn, Some("values"))?;
    let stale = env.create_database(&mut txn, Some("stale"))?;
    txn.commit()?;
    let store = Store { env, nodes, values, stale };
    let mut version = 0;
    run(job, |block| {
        let set: Vec<_> =
            block.into_iter().map(|(k, v)| (KeyHash::with::<sha2::Sha256>(k), Some(v))).collect();
        let reader = Reader { store: &store, txn: store.env.read_txn()? };
        let (root, batch) = Sha256Jmt::new(&reader).put_value_set(set, version)?;
        drop(reader);
        store.write(&batch)?;
        version += 1;
        Ok(root.0)
    })
}
