// A stopped chain's state out of one folder and into another, as the SDK's `export` and the first
// block after its `start` do it. The genesis of before is not read again.
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	"github.com/cosmos/ibc-go/v11/testing/simapp"
)

func database(folder string) dbm.DB { return must(dbm.NewDB("app", dbm.GoLevelDBBackend, folder)) }

// One line for who measures: where the chain stands.
func tell(app *simapp.SimApp) {
	id := app.LastCommitID()
	fmt.Println(string(must(json.Marshal(map[string]any{
		"height": id.Version, "root": hex.EncodeToString(id.Hash)}))))
}

// What simapp's own ExportAppStateAndValidators does, which the copy in ibc-go has left out.
func export(folder, chainID, file string) {
	db := database(folder)
	defer db.Close()
	app := application(db, chainID)
	ctx := app.NewContext(true)
	state := must(app.ModuleManager.ExportGenesis(ctx, app.AppCodec()))
	params := app.GetConsensusParams(ctx)
	document := genutiltypes.AppGenesis{
		GenesisTime: time.Now().UTC(), ChainID: chainID, InitialHeight: app.LastBlockHeight() + 1,
		AppState: must(json.MarshalIndent(state, "", "  ")),
		Consensus: genutiltypes.NewConsensusGenesis(params,
			must(staking.WriteValidators(ctx, app.StakingKeeper))),
	}
	if err := document.SaveAs(file); err != nil {
		panic(err)
	}
	tell(app)
}

// InitChain leaves nothing on disk: a state that survives is there after the first block.
func importState(folder, chainID, file string) {
	document := must(must(genutiltypes.AppGenesisFromFile(file)).ToGenesisDoc())
	db := database(folder)
	defer db.Close()
	app := application(db, chainID)
	var validators []*cmttypes.Validator
	for _, one := range document.Validators {
		validators = append(validators, cmttypes.NewValidator(one.PubKey, one.Power))
	}
	params := document.ConsensusParams.ToProto()
	must(app.InitChain(&abci.RequestInitChain{
		Time: document.GenesisTime, ChainId: chainID, ConsensusParams: &params,
		Validators:    cmttypes.TM2PB.ValidatorUpdates(cmttypes.NewValidatorSet(validators)),
		AppStateBytes: document.AppState, InitialHeight: document.InitialHeight}))
	must(app.FinalizeBlock(&abci.RequestFinalizeBlock{
		Height: document.InitialHeight, Time: document.GenesisTime,
		ProposerAddress: validators[0].Address}))
	must(app.Commit())
	tell(app)
}
