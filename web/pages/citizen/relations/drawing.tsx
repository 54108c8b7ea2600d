import { useWords } from '../../../text/text.js';
import { BOX, fitting, inRows, layOut, type Drawn, type Layout, type Placed } from './layout.js';
import { present } from '../../../../subgraphs/shared/certain/present.js';

const MARGIN = 8;
const ROOF = 44;
const PER_ROW = 3;

interface PersonNode {
  readonly citizenId: string | null;
  readonly name: string | null;
}

const drawn = ({ citizenId, name }: PersonNode, i: number): Drawn => ({
  key: citizenId ?? String(i),
  label: name ?? '–',
  isSelf: false,
});

interface FamilyDrawingProps {
  readonly name: string;
  readonly relatives: readonly (PersonNode & { readonly relation: string | null })[];
}

/** Parents above, spouse beside, children below. The list beside it says the same to whoever does not see it. */
export function FamilyDrawing({ name, relatives }: FamilyDrawingProps) {
  const of = (relation: string) => relatives.filter((relative) => relative.relation === relation).map(drawn);
  const self: Drawn = { key: 'self', label: name, isSelf: true };
  const [parents, spouses, children] = [of('PARENT'), of('SPOUSE'), of('CHILD')];
  const layout = layOut([parents, [self, ...spouses], ...inRows(children, PER_ROW)]);
  const at = new Map(layout.persons.map((person) => [person.key, person]));
  const centre = present(at.get('self'), 'the place of the citizen');
  return (
    <Drawing layout={layout} top={0}>
      {[...parents, ...spouses, ...children].map(({ key }) => {
        const other = present(at.get(key), 'the place of a relative');
        return <line key={key} x1={centre.x} y1={centre.y} x2={other.x} y2={other.y} />;
      })}
    </Drawing>
  );
}

interface HouseholdDrawingProps {
  readonly name: string;
  readonly members: readonly PersonNode[];
}

/** Everyone at the address, under one roof. */
export function HouseholdDrawing({ name, members }: HouseholdDrawingProps) {
  const all: Drawn[] = [{ key: 'self', label: name, isSelf: true }, ...members.map(drawn)];
  const layout = layOut(inRows(all, PER_ROW));
  const right = layout.width + MARGIN;
  return (
    <Drawing layout={layout} top={ROOF}>
      <path
        className="house"
        d={`M ${-MARGIN} ${layout.height + MARGIN} V ${-MARGIN} L ${layout.width / 2} ${-ROOF} L ${right} ${-MARGIN} V ${layout.height + MARGIN} Z`}
      />
    </Drawing>
  );
}

interface DrawingProps {
  readonly layout: Layout;
  /** Room above the first row. */
  readonly top: number;
  readonly children: React.ReactNode;
}

function Drawing({ layout: { persons, width, height }, top, children }: DrawingProps) {
  const { t } = useWords();
  const box = [-MARGIN, -top - MARGIN, width + 2 * MARGIN, height + top + 2 * MARGIN];
  return (
    <details>
      <summary>{t('showDrawing')}</summary>
      <svg className="drawing" aria-hidden="true" viewBox={box.join(' ')} width={box[2]} height={box[3]}>
        {children}
        {persons.map((person) => (
          <PersonBox key={person.key} person={person} />
        ))}
      </svg>
    </details>
  );
}

function PersonBox({ person: { x, y, label, isSelf } }: { readonly person: Placed }) {
  return (
    <g className={isSelf ? 'self' : undefined}>
      <rect x={x - BOX.width / 2} y={y - BOX.height / 2} width={BOX.width} height={BOX.height} rx={4} />
      <text x={x} y={y + 4} textAnchor="middle">
        {fitting(label)}
      </text>
    </g>
  );
}
