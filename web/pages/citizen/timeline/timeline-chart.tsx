import { placeBetween, yearsBetween, type Span } from './spans.js';

const WIDTH = 1000;
const ROW = 14;
const HEAD = 4;

interface TimelineChartProps {
  readonly spans: readonly Span[];
  readonly from: string;
  readonly today: string;
}

/** Bars over time. The table beside it says the same to whoever does not see it. */
export function TimelineChart({ spans, from, today }: TimelineChartProps) {
  const place = (day: string) => placeBetween(day, from, today) * WIDTH;
  const years = yearsBetween(from, today);
  const height = HEAD + spans.length * ROW;
  return (
    <div className="timeline-frame" aria-hidden="true">
      <div className="axis">
        {years.map((year) => (
          <span key={year} style={{ left: `${placeBetween(`${year}-01-01`, from, today) * 100}%` }}>
            {year}
          </span>
        ))}
      </div>
      <svg className="timeline" viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" height={height}>
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
            >
              <title>{span.label}</title>
            </rect>
          );
        })}
      </svg>
    </div>
  );
}
