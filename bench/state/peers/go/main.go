// The Go peer of benchmark 2: iavl 1.2.8 over its memory database and over goleveldb.
// Usage: peers iavl-memory|iavl-goleveldb KEYS PER_BLOCK BLOCKS FOLDER
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"sort"
	"strconv"
	"syscall"
	"time"

	"github.com/cosmos/iavl"
	idb "github.com/cosmos/iavl/db"
)

type entry struct{ key, value []byte }

// SplitMix64, the generator that the C++ side uses.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

func (r *random) value() []byte {
	out := make([]byte, 0, 64)
	for i := 0; i < 8; i++ {
		out = binary.LittleEndian.AppendUint64(out, r.next())
	}
	return out
}

func key(i uint64) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, i))
	return sum[:]
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	s := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)*1e-6 }
	return s(usage.Utime) + s(usage.Stime)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func commit(tree *iavl.MutableTree, block []entry) []byte {
	sort.Slice(block, func(i, j int) bool { return bytes.Compare(block[i].key, block[j].key) < 0 })
	for _, e := range block {
		_, err := tree.Set(e.key, e.value)
		must(err)
	}
	root, _, err := tree.SaveVersion()
	must(err)
	return root
}

func main() {
	number := func(i int) uint64 {
		n, err := strconv.ParseUint(os.Args[i], 10, 64)
		must(err)
		return n
	}
	peer, keys, perBlock, blocks := os.Args[1], number(2), number(3), number(4)
	var db idb.DB = idb.NewMemDB()
	if peer == "iavl-goleveldb" {
		level, err := idb.NewDB("state", "goleveldb", os.Args[5])
		must(err)
		db = level
	}
	options := []iavl.Option{iavl.SyncOption(peer == "iavl-goleveldb")}
	tree := iavl.NewMutableTree(db, 1_000_000, true, iavl.NewNopLogger(), options...)
	_, err := tree.Load()
	must(err)

	r := random(42)
	start, cpu := time.Now(), cpuSeconds()
	for i := uint64(0); i < keys; {
		var block []entry
		for n := 0; n < 10_000 && i < keys; n, i = n+1, i+1 {
			block = append(block, entry{key(i), r.value()})
		}
		commit(tree, block)
	}
	loadWall, loadCPU := time.Since(start).Seconds(), cpuSeconds()-cpu
	work := make([][]entry, blocks)
	for b := range work {
		for n := uint64(0); n < perBlock; n++ {
			k := key(r.next() % keys)
			work[b] = append(work[b], entry{k, r.value()})
		}
	}
	start, cpu = time.Now(), cpuSeconds()
	var root []byte
	for _, block := range work {
		root = commit(tree, block)
	}
	wall, used := time.Since(start).Seconds(), cpuSeconds()-cpu
	count := float64(perBlock * blocks)
	fmt.Printf("who=%s keys=%d per_block=%d blocks=%d load_wall_s=%.3f load_cpu_s=%.3f "+
		"wall_s=%.3f cpu_s=%.3f per_s=%.0f per_cpu_s=%.0f root=%x\n", peer, keys, perBlock, blocks,
		loadWall, loadCPU, wall, used, count/wall, count/used, root)
}
