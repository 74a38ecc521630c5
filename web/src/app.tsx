export function App() {
  return <h1 className="p-8 text-3xl text-green">Cambium</h1>;
}
