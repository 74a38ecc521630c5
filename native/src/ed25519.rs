//! Ed25519 under ZIP-215: the rules are the same one by one and in batches, so every node agrees
//! on every signature however it groups them.

use crate::ffi::{array, Slice, FALSE, OK};
use ed25519_zebra::{batch, Signature, VerificationKeyBytes};
use rand_core::UnwrapErr;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Item {
    pub public_key: *const u8,
    pub signature: *const u8,
    pub message: Slice,
}

impl Item {
    /// # Safety
    /// The pointers must be as the header demands.
    unsafe fn read(&self) -> batch::Item {
        let key: [u8; 32] = *self.public_key.cast();
        let signature: [u8; 64] = *self.signature.cast();
        let key = VerificationKeyBytes::from(key);
        let signature = Signature::from_bytes(&signature);
        batch::Item::from((key, signature, self.message.bytes()))
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_ed25519_verify(item: *const Item) -> i32 {
    match (*item).read().verify_single() {
        Ok(()) => OK,
        Err(_) => FALSE,
    }
}

fn all_valid(items: &[batch::Item]) -> bool {
    let mut verifier = batch::Verifier::new();
    for item in items {
        verifier.queue(item.clone());
    }
    // The coefficients must be unpredictable to a signer, hence the system's randomness; the
    // verdict does not depend on them except with probability 2^-128.
    verifier.verify(UnwrapErr(getrandom::SysRng)).is_ok()
}

/// Below this many items a failed batch is settled one by one: halving further costs more.
const SINGLES: usize = 8;

/// Finds the invalid items by halving, so that a few bad ones in a large batch cost little more
/// than the batch, and a batch of nothing but bad ones about three times one by one.
fn settle(items: &[batch::Item], verdicts: &mut [bool]) {
    if items.len() <= SINGLES {
        for (item, verdict) in items.iter().zip(verdicts) {
            *verdict = item.clone().verify_single().is_ok();
        }
    } else if all_valid(items) {
        verdicts.fill(true);
    } else {
        let (left, right) = items.split_at(items.len() / 2);
        let (left_verdicts, right_verdicts) = verdicts.split_at_mut(items.len() / 2);
        settle(left, left_verdicts);
        settle(right, right_verdicts);
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_ed25519_verify_batch(
    items: *const Item,
    count: usize,
    valid: *mut u8,
    first_bad: *mut usize,
) -> i32 {
    let items: Vec<_> = array(items, count).iter().map(|i| i.read()).collect();
    let mut verdicts = vec![false; count];
    settle(&items, &mut verdicts);
    if !valid.is_null() {
        for (i, verdict) in verdicts.iter().enumerate() {
            valid.add(i).write(u8::from(*verdict));
        }
    }
    match verdicts.iter().position(|v| !v) {
        None => OK,
        Some(index) => {
            if !first_bad.is_null() {
                first_bad.write(index);
            }
            FALSE
        }
    }
}
