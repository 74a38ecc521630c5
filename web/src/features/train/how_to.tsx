import { Card } from "../../ui/card.tsx";
import { Command } from "../../ui/copy.tsx";

/** How a person contributes an expert of their own. */
export function HowTo() {
  return (
    <Card title="Train your own expert">
      <div className="space-y-3 p-4 text-sm">
        <p>
          Bring plain text of one kind under a licence you may use. An expert learns it beside the
          frozen model and is offered to the network.
        </p>
        <Command>cambium train --text ./my-text</Command>
        <ol className="list-decimal space-y-1 pl-5 text-soft">
          <li>A slot is leased and the expert is trained here.</li>
          <li>Its weights are committed to before anybody sees them.</li>
          <li>A committee measures it, bit for bit alike, on public and hidden text.</li>
          <li>
            If it helps its own kind of text and harms no other, it joins the model and you are
            paid; else you get the numbers.
          </li>
        </ol>
      </div>
    </Card>
  );
}
