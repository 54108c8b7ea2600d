import { Link } from 'wouter';
import { CitizenFamily, CitizenHousehold, type CitizenHouseholdQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { FamilyDrawing, HouseholdDrawing } from './relations/drawing.js';
import { Nothing, SectionCard } from './section-card.js';

interface RelationProps {
  readonly id: string;
  /** The person's name, for the drawing; undefined until it is known. */
  readonly name: string | undefined;
}

/** Spouse, parents and children; those the user may open lead to their own page. */
export function FamilySection({ id, name }: RelationProps) {
  const { t, word } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CitizenFamily, { id });
  const section = data?.citizen?.family;
  const relatives = section?.relatives ?? [];
  return (
    <SectionCard
      id="family"
      title={t('family')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.relatives?.length}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {relatives.length === 0 ? <Nothing outcome={section?.outcome} /> : null}
      <ul>
        {relatives.map((relative, i) => (
          <li key={relative.citizenId ?? i}>
            {word('relation', relative.relation)}: <PersonLink {...relative} />
            {relative.badges?.map((badge) => (
              <span key={badge} className="badge badge-small">
                {word('badge', badge)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {name === undefined || relatives.length === 0 ? null : (
        <FamilyDrawing name={name} relatives={relatives} />
      )}
    </SectionCard>
  );
}

export function HouseholdSection({ id, name }: RelationProps) {
  const { t } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(CitizenHousehold, { id });
  const section = data?.citizen?.household;
  return (
    <SectionCard
      id="household"
      title={t('household')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.members?.length}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {section ? <Members household={section} name={name} /> : null}
    </SectionCard>
  );
}

interface MembersProps {
  readonly household: NonNullable<NonNullable<CitizenHouseholdQuery['citizen']>['household']>;
  readonly name: string | undefined;
}

/** Those who live together; where the address is protected it is said that they are not shown. */
function Members({ household: { members: shown, visibility, outcome }, name }: MembersProps) {
  const { t } = useWords();
  const members = shown ?? [];
  const nobody =
    visibility === 'PROTECTED' ? <p>{t('householdProtected')}</p> : <Nothing outcome={outcome} />;
  return (
    <>
      {visibility === 'PROTECTED' || members.length === 0 ? nobody : null}
      <ul>
        {members.map((member, i) => (
          <li key={member.citizenId ?? i}>
            <PersonLink {...member} />
          </li>
        ))}
      </ul>
      {name === undefined || members.length === 0 ? null : <HouseholdDrawing name={name} members={members} />}
    </>
  );
}

interface LinkedPerson {
  readonly citizenId: string | null;
  readonly name: string | null;
  readonly birthDate: string | null;
}

function PersonLink({ citizenId, name, birthDate }: LinkedPerson) {
  const { date } = useWords();
  return (
    <>
      {citizenId === null ? (name ?? '–') : <Link href={`/citizens/${citizenId}`}>{name ?? '–'}</Link>}
      {birthDate === null ? null : <span className="quiet"> ({date(birthDate)})</span>}
    </>
  );
}
