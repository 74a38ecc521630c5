import { Button } from "../../ui/button.tsx";
import { Growing } from "./growing.tsx";

const PROMPTS = [
  "The kernel module is loaded when",
  "In the beginning God created",
  "To install the package, run",
  "A small animal of the family",
];

/** The empty conversation: what to expect, honestly, and how to begin. */
export function Welcome({ ready, send }: { ready: boolean; send: (prompt: string) => void }) {
  return (
    <div className="py-6 sm:py-12">
      <p className="max-w-prose font-serif text-xl leading-relaxed">
        This is a very small model that grew on this machine in minutes. It goes on from your
        words in the tone of what it read, and it babbles. What is real is everything around it:
        the experts, the proofs, the price of each token.
      </p>
      {ready ? <Beginnings send={send} /> : <Growing />}
    </div>
  );
}

function Beginnings({ send }: { send: (prompt: string) => void }) {
  return (
    <>
      <p className="mt-6 mb-2 text-sm text-soft">Begin with</p>
      <div className="flex flex-wrap gap-2">
        {PROMPTS.map((prompt) => (
          <Button key={prompt} onClick={() => send(prompt)}>
            {prompt} …
          </Button>
        ))}
      </div>
    </>
  );
}
