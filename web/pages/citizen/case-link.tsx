import { Link } from 'wouter';
import { useWords } from '../../text/text.js';
import { Fact } from './fact.js';
import type { CaseRow } from './person-rows.js';
import { usePlace } from './place.js';

interface CaseLinksProps {
  readonly citizenId: string;
  /** The cases a record is on, by id. */
  readonly of: readonly { readonly id: string }[];
  /** The person's cases that are shown. */
  readonly cases: readonly CaseRow[];
}

/** The cases a record is on, of those that are shown; each opens in the panel. */
export function CaseLinks({ citizenId, of, cases }: CaseLinksProps) {
  const { t } = useWords();
  const { to } = usePlace(citizenId);
  const found = cases.filter(({ id }) => of.some((linked) => linked.id === id));
  if (found.length === 0) return null;
  return (
    <Fact name={t('case')}>
      {found.map(({ id, title, caseNumber }) => (
        <Link key={id} className="now-item" href={to({ open: { kind: 'case', id } })}>
          {title ?? caseNumber ?? '–'}
        </Link>
      ))}
    </Fact>
  );
}
