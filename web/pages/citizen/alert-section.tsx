import { CitizenAlerts, type CitizenAlertsQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { Nothing, SectionCard } from './section-card.js';

type Section = NonNullable<NonNullable<CitizenAlertsQuery['citizen']>['alerts']>;
type Row = NonNullable<Section['alerts']>['edges'][number]['node'];

const PAGE = 10;

export function AlertSection({ id }: { readonly id: string }) {
  const { t, word, time } = useWords();
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useLookUp(CitizenAlerts, {
    id,
    first: PAGE,
    after: pages.after,
  });
  const section = data?.citizen?.alerts;
  const { rows, more } = pages.rows(section?.alerts);
  return (
    <SectionCard
      id="alerts"
      title={t('alerts')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.alerts?.totalCount}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {rows.length === 0 ? <Nothing outcome={section?.outcome} /> : null}
      <ul className="alerts">
        {rows.map((row) => (
          <li key={row.id}>
            <strong>{row.title ?? word('event', row.eventType)}</strong>{' '}
            <span className="badge badge-small">{word('alert', row.state)}</span>
            <br />
            <span className="quiet">
              {time(row.receivedAt)}, {row.receivingUnit?.name ?? row.sourceSystem?.name ?? '–'}
            </span>
          </li>
        ))}
      </ul>
      <MoreRows shown={rows.length} total={section?.alerts?.totalCount} more={more} fetching={fetching} />
    </SectionCard>
  );
}
