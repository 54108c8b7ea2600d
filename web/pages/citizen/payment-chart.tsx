import type { GrantPayment } from './person-rows.js';

const HEIGHT = 60;
const BAR = 14;
const MOST = 24;

/** The latest payments as bars, oldest first. The table beside it says the same to whoever does not see it. */
export function PaymentChart({ payments }: { readonly payments: readonly GrantPayment[] }) {
  const shown = payments
    .flatMap(({ id, grossOre }) => (grossOre === null ? [] : [{ id, grossOre }]))
    .slice(0, MOST)
    .reverse();
  const most = Math.max(...shown.map(({ grossOre }) => grossOre));
  if (shown.length < 2 || most <= 0) return null;
  return (
    <svg
      className="chart"
      aria-hidden="true"
      viewBox={`0 0 ${shown.length * BAR} ${HEIGHT}`}
      width={shown.length * BAR}
      height={HEIGHT}
    >
      {shown.map(({ id, grossOre }, i) => {
        const height = Math.max(1, (Math.max(0, grossOre) / most) * HEIGHT);
        return <rect key={id} x={i * BAR} y={HEIGHT - height} width={BAR - 3} height={height} />;
      })}
    </svg>
  );
}
