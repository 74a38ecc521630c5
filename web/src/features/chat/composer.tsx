import { useRef, useState, type KeyboardEvent } from "react";
import { Button } from "../../ui/button.tsx";

/** The prompt. Enter sends, Shift+Enter breaks the line, Esc cancels. */
export function Composer({
  busy,
  ready,
  send,
  cancel,
}: {
  busy: boolean;
  ready: boolean;
  send: (prompt: string) => void;
  cancel: () => void;
}) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = () => {
    if (busy || !ready || text.trim() === "") return;
    send(text);
    setText("");
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="flex items-end gap-2 rounded-lg border border-edge bg-card p-2
      focus-within:border-green"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={field}
        rows={2}
        value={text}
        aria-label="Prompt"
        onKeyDown={onKey}
        onChange={(event) => setText(event.target.value)}
        autoFocus
        placeholder={ready ? "Begin a sentence; the model goes on from there" : "Not ready yet"}
        className="max-h-48 min-w-0 flex-1 resize-none bg-transparent px-2 py-1 outline-none
          field-sizing-content"
      />
      {busy ? (
        <Button onClick={cancel} className="text-warn" aria-keyshortcuts="Escape">
          Cancel <kbd className="hidden text-xs text-soft sm:inline">Esc</kbd>
        </Button>
      ) : (
        <Button kind="primary" type="submit" disabled={!ready || text.trim() === ""}>
          Send
        </Button>
      )}
    </form>
  );
}
