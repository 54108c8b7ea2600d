import { Link } from 'wouter';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { ageOn } from '../../../subgraphs/shared/days/calendar.js';
import { useWords } from '../../text/text.js';
import type { Person } from './person.js';
import { FamilyDrawing, HouseholdDrawing } from './relations/drawing.js';
import { Nothing, SectionCard } from './section-card.js';

interface RelationProps<Shown> {
  readonly part: Shown;
  /** The person's name, for the drawing; undefined until it is known. */
  readonly name: string | undefined;
}

/** Spouse, parents and children; those the user may open lead to their own page. */
export function FamilySection({ part, name }: RelationProps<Person['family']>) {
  const { t, word } = useWords();
  const { section } = part;
  const relatives = section?.relatives ?? [];
  return (
    <SectionCard id="family" title={t('family')} part={part} count={section?.relatives?.length}>
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

export function HouseholdSection({ part, name }: RelationProps<Person['household']>) {
  const { t } = useWords();
  const { section } = part;
  return (
    <SectionCard id="household" title={t('household')} part={part} count={section?.members?.length}>
      {section ? <Members household={section} name={name} /> : null}
    </SectionCard>
  );
}

interface MembersProps {
  readonly household: NonNullable<Person['household']['section']>;
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
  const { t, date } = useWords();
  return (
    <>
      {citizenId === null ? (name ?? '–') : <Link href={`/citizens/${citizenId}`}>{name ?? '–'}</Link>}
      {birthDate === null ? null : (
        <span className="quiet">
          {' '}
          {date(birthDate)}, {t('yearsOld', { age: ageOn(birthDate, danishDay(new Date())) })}
        </span>
      )}
    </>
  );
}
