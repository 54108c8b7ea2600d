import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { CitizenHeader } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { AddressSection } from './address-section.js';
import { AlertSection } from './alert-section.js';
import { BenefitSection } from './benefit-section.js';
import { CasePanel } from './case-panel.js';
import { BreakGlassPart } from './break-glass.js';
import { CaseSection } from './case-section.js';
import { ControlCaseSection } from './control-case-section.js';
import { DocumentSection } from './document-section.js';
import { FamilySection, HouseholdSection } from './family-section.js';
import { HitWalk } from './hit-walk.js';
import { IdentityHeader } from './identity-header.js';
import { JumpSystems } from './jump-systems.js';
import { LookUp, useLookUp } from './look-up.js';
import { PurposeNotice } from './purpose.js';
import { RemarkSection } from './remark-section.js';
import { PurposeContext, useStatedPurpose } from './stated-purpose.js';
import { Timeline } from './timeline/timeline.js';

const CODE = /^[A-Z][A-Z0-9_]{1,29}$/;

/** A person's whole page. A case that is named in the address is opened on it. */
export function CitizenPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const from = search.get('from');
  usePageTitle(t('citizen'));
  const purpose = useStatedPurpose();
  return (
    <PurposeContext value={purpose}>
      <LookUp purpose={purpose.stated}>
        {from !== null && CODE.test(from) ? (
          <p className="notice" role="status">
            {t('cameFrom', { source: from })}
          </p>
        ) : null}
        <PurposeNotice />
        <HitWalk id={id} />
        <JumpSystems>
          <Person id={id} caseId={search.get('case')} />
        </JumpSystems>
      </LookUp>
    </PurposeContext>
  );
}

function Person({ id, caseId }: { readonly id: string; readonly caseId: string | null }) {
  const [{ data, fetching, error }, again] = useLookUp(CitizenHeader, { id });
  const windows = useWindows(id);
  const citizen = data?.citizen;
  const name = citizen?.name ?? undefined;
  if (!fetching && citizen === null && !error) return <Unavailable id={id} />;
  return (
    <div className="citizen">
      {citizen ? (
        <IdentityHeader citizen={citizen} />
      ) : (
        <NoIdentity
          fetching={fetching}
          error={error}
          onRetry={() => again({ requestPolicy: 'network-only' })}
        />
      )}
      <RemarkSection id={id} name={name ?? '–'} windows={windows} />
      {caseId === null ? null : (
        <CasePanel key={caseId} id={caseId} citizenId={id} citizenName={name ?? '–'} windows={windows} />
      )}
      <div className="columns">
        <div>
          <CaseSection id={id} openedCase={caseId} />
          <DocumentSection id={id} />
          <BenefitSection id={id} />
          <ControlCaseSection id={id} />
        </div>
        <div>
          <AlertSection id={id} />
          <AddressSection id={id} />
          <FamilySection id={id} name={name} />
          <HouseholdSection id={id} name={name} />
          <BreakGlassPart id={id} />
        </div>
      </div>
      <Timeline id={id} />
    </div>
  );
}

interface NoIdentityProps {
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  readonly onRetry: () => void;
}

/** Stands where the person's name will be, or says that it could not be fetched. */
function NoIdentity({ fetching, error, onRetry }: NoIdentityProps) {
  const { t } = useWords();
  return (
    <>
      {fetching ? <div className="identity skeleton" aria-busy="true" /> : null}
      {error ? (
        <div className="identity">
          <h1>{t('citizenUnavailable')}</h1>
          <ProblemMessage error={error} onRetry={onRetry} />
        </div>
      ) : null}
    </>
  );
}

/** A person out of reach and a person who does not exist get the same page. */
function Unavailable({ id }: { readonly id: string }) {
  const { t } = useWords();
  return (
    <div className="narrow">
      <h1>{t('citizenUnavailable')}</h1>
      <p>{t('citizenUnavailableText')}</p>
      <p>
        <Link href="/">{t('toSearch')}</Link>
      </p>
      <BreakGlassPart id={id} />
    </div>
  );
}

function useWindows(citizenId: string): Windows | undefined {
  const [windows, setWindows] = useState<Windows>();
  useEffect(() => {
    const opened = new Windows(citizenId);
    setWindows(opened);
    return () => opened.close();
  }, [citizenId]);
  return windows;
}
