export function ModelsPage(_: { id: string | undefined }) {
  return null;
}
