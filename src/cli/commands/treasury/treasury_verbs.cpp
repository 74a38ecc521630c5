// cambium treasury: common coins. What only a proposal may do is written here as well, for `--do`.
#include "cli/commands.hpp"
#include "cli/commands/query/module_question.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

const std::vector<FieldNote> kNotes = {
    {"to", "who is paid"},
    {"purpose", "what for"},
    {"start_ms", "when it begins: a date, or +1d"},
    {"end_ms", "when it ends"},
    {"stream", "the stream's number"},
    {"grant", "the grant's number"},
    {"milestone", "which of its milestones, from 1"},
    {"bounty", "the bounty's number"},
    {"dispute", "the dispute's number"},
    {"claimant", "whose work it is"},
    {"deadline_ms", "until when work may be submitted"},
    {"reviewers", "who judge the work"},
    {"needed", "how many of the reviewers must agree"},
    {"terms", "what counts as done, or where it is written"},
    {"hash", "SHA-256 of what was delivered, 64 hexadecimal digits"},
    {"link", "where the work is"}};

Command verb(std::string path, std::string summary, std::string example, std::string type,
             std::vector<std::string> words) {
  return message_command({std::move(path), std::move(summary), "cambium " + std::move(example),
                          "treasury." + std::move(type), std::move(words), kNotes});
}

/// The book, then whatever is open.
Status show_treasury(Invocation& call) {
  TRY(Json out, ask_module(call, {"treasury", "book"}, {}));
  for (const char* list : {"streams", "grants", "bounties", "disputes"}) {
    TRY(const auto reply, ask_module(call, {"treasury", list}, {}));
    out[list] = client::child_at(reply, "items");
  }
  show(call, out);
  return {};
}

Status show_bounty(Invocation& call) {
  const client::Arguments which{{"bounty", call.argument("bounty")}};
  TRY(Json out, ask_module(call, {"treasury", "bounty"}, which));
  TRY(const auto work, ask_module(call, {"treasury", "submissions"}, which));
  out["submissions"] = client::child_at(work, "items");
  show(call, out);
  return {};
}

/// What only a passed proposal may do: `cambium gov propose ... --do 'treasury pay alice 100'`.
std::vector<Command> spending() {
  return {verb("treasury pay", "Pay somebody; for --do of a proposal",
               "treasury pay trainer 100 --purpose audit --message-for governance", "Pay",
               {"to", "amount_ucbm"}),
          verb("treasury stream", "Pay by the second; for --do of a proposal",
               "treasury stream trainer 1000 --start +0d --end +365d --message-for governance",
               "OpenStream", {"to", "amount_ucbm"}),
          verb("treasury stop-stream", "End a stream; for --do of a proposal",
               "treasury stop-stream 1 --message-for governance", "StopStream", {"stream"}),
          verb("treasury open-grant", "Promise coins for milestones; for --do of a proposal",
               "treasury open-grant trainer docs --milestones draft:100:+30d --message-for "
               "governance", "OpenGrant", {"to", "purpose"}),
          verb("treasury stop-grant", "Take back what a grant has not released",
               "treasury stop-grant 1 --from demo", "StopGrant", {"grant"}),
          verb("treasury open-bounty", "Offer coins for work; for --do of a proposal",
               "treasury open-bounty Docs 50 --deadline +30d --reviewers demo --needed 1 "
               "--message-for governance", "OpenBounty", {"title", "amount_ucbm"})};
}

}  // namespace

std::vector<Command> treasury_commands() {
  auto out = spending();
  const Command more[] = {
      verb("treasury claim-stream", "Take what a stream has paid up to now",
           "treasury claim-stream 1 --from trainer", "ClaimStream", {"stream"}),
      verb("treasury release", "Say as a reviewer that a milestone is reached",
           "treasury release 1 1 --from demo", "ReleaseMilestone", {"grant", "milestone"}),
      verb("treasury submit", "Hand in work for a bounty",
           "treasury submit 1 https://example.org/work --hash 00ff... --from trainer",
           "SubmitWork", {"bounty", "link"}),
      verb("treasury review", "Judge a submission as a reviewer",
           "treasury review 1 trainer --accept --from demo", "ReviewWork", {"bounty", "claimant"}),
      verb("treasury close-bounty", "Return the coins of a bounty that nobody can win any more",
           "treasury close-bounty 1 --from demo", "CloseBounty", {"bounty"}),
      verb("treasury dispute", "Let arbitrators look at a refused or ignored submission",
           "treasury dispute 1 'it meets the terms' --from trainer", "OpenDispute",
           {"bounty", "reason"}),
      verb("treasury rule", "Rule on a dispute as an arbitrator",
           "treasury rule 1 --for-claimant --reason 'terms are met' --from demo", "Rule",
           {"dispute"}),
      verb("treasury appeal", "Ask for a panel of twice the size",
           "treasury appeal 1 --from trainer", "Appeal", {"dispute"})};
  out.insert(out.end(), std::begin(more), std::end(more));
  out.push_back({"treasury show", "Show the common coins and what they are promised to",
                 "cambium treasury show", {}, {chain_flag()}, show_treasury});
  out.push_back({"treasury bounty", "Show a bounty with the work handed in",
                 "cambium treasury bounty 1", {{"bounty", "its number"}}, {chain_flag()},
                 show_bounty});
  return out;
}

}  // namespace cambium::cli
