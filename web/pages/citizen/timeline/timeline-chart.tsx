import { yearsBetween, type Span } from './spans.js';

const WIDTH = 1000;
const ROW = 14;
const HEAD = 20;

interface TimelineChartProps {
  readonly spans: readonly Span[];
  readonly from: string;
  readonly today: string;
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Bars over time. The table beside it says the same to whoever does not see it. */
export function TimelineChart({ spans, from, today }: TimelineChartProps) {
  const [start, end] = [dayNumber(from), dayNumber(today)];
  const place = (day: string) =>
    Math.min(WIDTH, Math.max(0, ((dayNumber(day) - start) / Math.max(1, end - start)) * WIDTH));
  const years = yearsBetween(from, today);
  const height = HEAD + spans.length * ROW;
  return (
    <svg
      className="timeline"
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
    >
      {years.map((year) => (
        <line key={year} x1={place(`${year}-01-01`)} x2={place(`${year}-01-01`)} y1={0} y2={height} />
      ))}
      {spans.map((span, i) => {
        const x = place(span.from);
        const width = Math.max(4, place(span.to ?? today) - x);
        return (
          <rect
            key={span.key}
            className={`bar-${span.kind}`}
            x={x}
            y={HEAD + i * ROW}
            width={width}
            height={ROW - 4}
          />
        );
      })}
    </svg>
  );
}
