import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { MoreRows } from '../../parts/more-rows.js';
import { Nothing, SectionCard, type SectionHead } from './section-card.js';

interface ListedSectionProps {
  readonly id: string;
  readonly title: string;
  readonly look: { readonly fetching: boolean; readonly error?: CombinedError | undefined };
  readonly section: SectionHead | null | undefined;
  /** How many there are; undefined until it is known. */
  readonly total: number | null | undefined;
  readonly shown: number;
  readonly more: (() => void) | undefined;
  readonly onRetry: () => void;
  /** Stands under the list. */
  readonly under?: ReactNode;
  /** The rows; not shown when there are none. */
  readonly children: ReactNode;
}

/** A section that is one list, shown page by page. */
export function ListedSection({
  look,
  section,
  total,
  shown,
  more,
  under,
  children,
  ...card
}: ListedSectionProps) {
  const { fetching, error } = look;
  return (
    <SectionCard {...card} fetching={fetching} error={error} section={section} count={total}>
      {shown === 0 ? <Nothing outcome={section?.outcome} /> : children}
      <MoreRows shown={shown} total={total} more={more} fetching={fetching} />
      {under}
    </SectionCard>
  );
}
