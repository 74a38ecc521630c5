export function TrainPage(_: { id: string | undefined }) {
  return null;
}
