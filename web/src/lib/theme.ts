// Dark or light, remembered; /theme.js sets the first one before anything is painted.
import { useState } from "react";

const KEY = "cambium.theme";
export type Theme = "dark" | "light";

export function useTheme(): [Theme, () => void] {
  const [theme, set] = useState<Theme>(
    document.documentElement.dataset["theme"] === "dark" ? "dark" : "light",
  );
  const turn = () => {
    const next = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    remember(KEY, next);
    set(next);
  };
  return [theme, turn];
}

/** Storage that may be switched off; then nothing is remembered. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the page works without.
  }
}

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
