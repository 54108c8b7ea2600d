import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../text/text.js';
import type { Person } from './person.js';
import { TABS, usePlace, type Tab } from './place.js';

interface TabBarProps {
  readonly id: string;
  readonly person: Person;
}

/** The parts of a person's page with how much is in each; a digit goes to the part of that number. */
export function TabBar({ id, person }: TabBarProps) {
  const { t } = useWords();
  const { tab, to } = usePlace(id);
  useHeadingFocus(tab);
  const counts: Partial<Record<Tab, number | null | undefined>> = {
    cases: person.cases.total,
    documents: person.documents.total,
    benefits: person.benefits.total,
    family: person.family.section?.relatives?.length,
    alerts: person.alerts.total,
  };
  return (
    <nav className="tab-bar" aria-label={t('personParts')}>
      <ul className="nobullet-list">
        {TABS.map((part, i) => (
          <li key={part}>
            <Link href={to({ tab: part })} aria-current={part === tab ? 'page' : undefined} data-tab-link>
              <kbd aria-hidden="true">{i + 1}</kbd> {t(part)}
              {counts[part] == null ? null : <span className="count"> {counts[part]}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whoever goes to a part reads on at its heading. */
function useHeadingFocus(tab: Tab): void {
  const before = useRef(tab);
  useEffect(() => {
    if (before.current === tab) return;
    before.current = tab;
    document.querySelector<HTMLElement>('[data-alone] h2, .overview h2')?.focus({ preventScroll: true });
  }, [tab]);
}
