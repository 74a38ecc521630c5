// The peer of benchmarks 1 and 6: the Cosmos SDK's own example application behind a socket, its accounts,
// and its transfers, made before the clock starts.
//
//	peer serve ADDRESS CHAIN_ID FOLDER
//	peer genesis GENESIS ACCOUNTS KEY_FILE...   the validators' keys, one for each
//	peer txs CHAIN_ID ACCOUNTS EACH
//	peer export FOLDER CHAIN_ID FILE            of a chain that is stopped
//	peer import FOLDER CHAIN_ID FILE            into a new folder
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"
	abciserver "github.com/cometbft/cometbft/abci/server"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/privval"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	"github.com/cosmos/cosmos-sdk/server"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/ibc-go/v11/testing/simapp"
)

const gas = 200_000
const purse = 1_000_000_000_000
const treeCache = 781_250 // nodes, the SDK's own default

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func application(db dbm.DB, chainID string) *simapp.SimApp {
	return simapp.NewSimApp(log.NewNopLogger(), db, nil, true,
		simtestutil.NewAppOptionsWithFlagHome(os.TempDir()), baseapp.SetChainID(chainID),
		baseapp.SetIAVLCacheSize(treeCache))
}

func account(number int) *secp256k1.PrivKey {
	return secp256k1.GenPrivKeyFromSecret([]byte(fmt.Sprintf("bench account %d", number)))
}

func address(number int) sdk.AccAddress { return sdk.AccAddress(account(number).PubKey().Address()) }

func coins(amount int64) sdk.Coins {
	return sdk.NewCoins(sdk.NewCoin(sdk.DefaultBondDenom, math.NewInt(amount)))
}

func serve(socket, chainID, folder string) {
	app := application(database(folder), chainID)
	listener := must(abciserver.NewServer(socket, "socket", server.NewCometABCIWrapper(app)))
	listener.SetLogger(cmtlog.NewNopLogger())
	if err := listener.Start(); err != nil {
		panic(err)
	}
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM, os.Interrupt)
	<-end
}

// What slashing wants to know about each validator before the first block.
type signingInfo struct {
	Address string         `json:"address"`
	Info    map[string]any `json:"validator_signing_info"`
}

func signing(validators []*cmttypes.Validator) []signingInfo {
	var out []signingInfo
	for _, validator := range validators {
		name := sdk.ConsAddress(validator.Address).String()
		out = append(out, signingInfo{name, map[string]any{
			"address": name, "start_height": "0", "index_offset": "0",
			"jailed_until": "1970-01-01T00:00:00Z", "tombstoned": false,
			"missed_blocks_counter": "0"}})
	}
	return out
}

func withSigning(state map[string]json.RawMessage, validators []*cmttypes.Validator) {
	var slashing map[string]json.RawMessage
	if err := json.Unmarshal(state["slashing"], &slashing); err != nil {
		panic(err)
	}
	slashing["signing_infos"] = must(json.Marshal(signing(validators)))
	state["slashing"] = must(json.Marshal(slashing))
}

// The helper that makes the state puts one validator's bond into the pool, however many there are.
func withBonds(app *simapp.SimApp, state map[string]json.RawMessage, validators int) {
	var bank banktypes.GenesisState
	app.AppCodec().MustUnmarshalJSON(state[banktypes.ModuleName], &bank)
	pool := authtypes.NewModuleAddress(stakingtypes.BondedPoolName).String()
	for i := range bank.Balances {
		if bank.Balances[i].Address == pool {
			bank.Balances[i].Coins = bank.Balances[i].Coins.MulInt(math.NewInt(int64(validators)))
		}
	}
	state[banktypes.ModuleName] = app.AppCodec().MustMarshalJSON(&bank)
}

func genesis(file string, accounts int, keyFiles []string) {
	document := must(cmttypes.GenesisDocFromFile(file))
	var validators []*cmttypes.Validator
	document.Validators = nil
	for _, name := range keyFiles {
		key := must(privval.LoadFilePVEmptyState(name, "").GetPubKey())
		validators = append(validators, cmttypes.NewValidator(key, 1))
		document.Validators = append(document.Validators, cmttypes.GenesisValidator{
			Address: key.Address(), PubKey: key, Power: 1})
	}
	app := application(dbm.NewMemDB(), "x")
	var known []authtypes.GenesisAccount
	var balances []banktypes.Balance
	for i := 0; i < accounts; i++ {
		known = append(known, authtypes.NewBaseAccount(address(i), nil, uint64(i), 0))
		balances = append(balances, banktypes.Balance{Address: address(i).String(), Coins: coins(purse)})
	}
	state := must(simtestutil.GenesisStateWithValSet(app.AppCodec(), app.DefaultGenesis(),
		cmttypes.NewValidatorSet(validators), known, balances...))
	withSigning(state, validators)
	withBonds(app, state, len(validators))
	document.AppState = must(json.Marshal(state))
	if err := document.SaveAs(file); err != nil {
		panic(err)
	}
}

func txs(chainID string, accounts, each int) {
	config := application(dbm.NewMemDB(), chainID).TxConfig()
	random := rand.New(rand.NewSource(1))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for sequence := 0; sequence < each; sequence++ {
		for i := 0; i < accounts; i++ {
			message := banktypes.NewMsgSend(address(i), address((i+1)%accounts), coins(1))
			tx := must(simtestutil.GenSignedMockTx(random, config, []sdk.Msg{message}, sdk.NewCoins(),
				gas, chainID, []uint64{uint64(i)}, []uint64{uint64(sequence)}, account(i)))
			fmt.Fprintln(out, base64.StdEncoding.EncodeToString(must(config.TxEncoder()(tx))))
		}
	}
}

func main() {
	words := os.Args[1:]
	number := func(at int) int { return must(strconv.Atoi(words[at])) }
	switch words[0] {
	case "serve":
		serve(words[1], words[2], words[3])
	case "genesis":
		genesis(words[1], number(2), words[3:])
	case "txs":
		txs(words[1], number(2), number(3))
	case "export":
		export(words[1], words[2], words[3])
	case "import":
		importState(words[1], words[2], words[3])
	}
}
