import { useEffect, useState } from 'react';
import type { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { AddressSection } from './address-section.js';
import { AlertSection } from './alert-section.js';
import { BenefitSection } from './benefit-section.js';
import { BreakGlassPart } from './break-glass.js';
import { CaseSection } from './case-section.js';
import { ControlCaseSection } from './control-case-section.js';
import { DocumentSection } from './document-section.js';
import { FamilySection, HouseholdSection } from './family-section.js';
import { NowStrip } from './now-strip.js';
import type { OpenedCaseLook } from './opened-case.js';
import { OpenedRecord } from './opened-record.js';
import type { Person } from './person.js';
import { usePlace, type Tab } from './place.js';
import { RemarkSection } from './remark-section.js';
import { SourceLine } from './source-line.js';
import { TabBar } from './tab-bar.js';
import { Timeline } from './timeline/timeline.js';

interface PersonBodyProps {
  readonly id: string;
  /** Undefined when it could not be fetched. */
  readonly name: string | undefined;
  readonly person: Person;
  readonly opened: OpenedCaseLook;
  readonly windows: Windows | undefined;
}

/** What has come waits no longer for what is slow, in milliseconds after the last that came. */
const WAITS_MS = 1500;

/**
 * What the first screen is made of comes on the page together: one part after the other would push what is being read.
 * @returns whether it may be shown; once it may, it stays
 */
function useTogether(person: Person): boolean {
  const [isShown, setShown] = useState(false);
  const parts = Object.values(person);
  const come = parts.filter(({ fetching }) => !fetching).length;
  const hasCome = come === parts.length;
  useEffect(() => {
    if (hasCome) return setShown(true);
    if (come === 0) return undefined;
    const waited = setTimeout(() => setShown(true), WAITS_MS);
    return () => clearTimeout(waited);
  }, [come, hasCome]);
  return isShown || hasCome;
}

/** All of a person under who it is: what to know first, one part of the page, and the opened record beside it. */
export function PersonBody({ id, name, person, opened, windows }: PersonBodyProps) {
  const { tab, open } = usePlace(id);
  if (!useTogether(person) && !open) return <Waiting />;
  return (
    <>
      <RemarkSection id={id} part={person.remarks} name={name ?? '–'} windows={windows} />
      <NowStrip id={id} person={person} />
      <SourceLine person={person} />
      <TabBar id={id} person={person} />
      <div className={open ? 'beside' : undefined}>
        <TabContent id={id} name={name} person={person} tab={tab} />
        {open ? (
          <OpenedRecord
            citizenId={id}
            citizenName={name ?? '–'}
            open={open}
            person={person}
            opened={opened}
            windows={windows}
          />
        ) : null}
      </div>
    </>
  );
}

/** Holds the place of all that is still to come. */
function Waiting() {
  const { t } = useWords();
  return (
    <div className="skeleton waiting" aria-busy="true">
      <span className="visually-hidden">{t('loading')}</span>
      <div />
      <div />
      <div />
    </div>
  );
}

interface TabContentProps extends Pick<PersonBodyProps, 'id' | 'name' | 'person'> {
  readonly tab: Tab;
}

/** One part of the page. The first has a bit of every section, side by side. */
function TabContent({ id, name, person, tab }: TabContentProps) {
  const { open } = usePlace(id);
  const list = { citizenId: id, open, isAlone: tab !== 'overview' };
  const cases = <CaseSection {...list} part={person.cases} />;
  const documents = <DocumentSection {...list} part={person.documents} />;
  const benefits = <BenefitSection {...list} part={person.benefits} />;
  const alerts = <AlertSection {...list} part={person.alerts} />;
  const home = (
    <>
      <AddressSection id={id} part={person.address} />
      <HouseholdSection part={person.household} name={name} />
      <FamilySection part={person.family} name={name} />
    </>
  );
  switch (tab) {
    case 'cases':
      return <div>{cases}</div>;
    case 'documents':
      return <div>{documents}</div>;
    case 'benefits':
      return <div>{benefits}</div>;
    case 'alerts':
      return <div>{alerts}</div>;
    case 'family':
      return <div data-alone>{home}</div>;
    case 'timeline':
      return (
        <div data-alone>
          <Timeline id={id} />
        </div>
      );
    case 'overview':
      return (
        <div className="columns overview">
          <div>
            {cases}
            {documents}
            <ControlCaseSection id={id} />
            <BreakGlassPart id={id} />
          </div>
          <div>
            {benefits}
            {alerts}
            {home}
          </div>
        </div>
      );
  }
}
