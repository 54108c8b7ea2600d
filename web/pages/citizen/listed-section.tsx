import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { MoreRows } from '../../parts/more-rows.js';
import { useWords } from '../../text/text.js';
import type { ListedPart } from './person-rows.js';
import { usePlace, type OpenRecord, type Tab } from './place.js';
import { Nothing, SectionCard, type SectionHead } from './section-card.js';
import type { Sourced } from './sources.js';

/** What a list on a person's page is given. */
export interface ListProps<Shown> {
  readonly citizenId: string;
  readonly part: Shown;
  /** Whether it has the page to itself; otherwise it shows its first rows. */
  readonly isAlone: boolean;
  readonly open: OpenRecord | undefined;
}

interface ListedSectionProps<Row extends Sourced> {
  readonly id: string;
  readonly title: string;
  readonly tab: Tab;
  readonly citizenId: string;
  readonly part: ListedPart<SectionHead, Row>;
  readonly isAlone: boolean;
  /** Rows shown beside the other sections. */
  readonly most?: number;
  /** Stands under the list. */
  readonly under?: ReactNode;
  readonly beside?: ReactNode;
  /** Draws the rows; not asked when there are none. */
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A section that is one list: its first rows among the others, all of it page by page when it stands alone. */
export function ListedSection<Row extends Sourced>({
  id,
  title,
  tab,
  citizenId,
  part,
  isAlone,
  most = 8,
  under,
  beside,
  children,
}: ListedSectionProps<Row>) {
  const { t } = useWords();
  const { to } = usePlace(citizenId);
  const { rows, total, more, fetching, section } = part;
  const shown = isAlone ? rows : rows.slice(0, most);
  const isCut = !isAlone && (shown.length < rows.length || more !== undefined);
  return (
    <SectionCard
      id={id}
      title={title}
      part={part}
      count={total}
      rows={rows}
      isAlone={isAlone}
      beside={beside}
    >
      {shown.length === 0 ? <Nothing outcome={section?.outcome} /> : children(shown)}
      {isAlone ? <MoreRows shown={rows.length} total={total} more={more} fetching={fetching} /> : null}
      {isCut ? (
        <Link className="all-rows" href={to({ tab })}>
          {total == null ? t('showAll') : t('showAllOf', { total })}
        </Link>
      ) : null}
      {under}
    </SectionCard>
  );
}
