import { isDeepStrictEqual } from 'node:util';
import type { Plan, Step, Way } from './plan.js';

const SAYS: Readonly<Record<Way, string>> = {
  same: 'as it should be',
  applied: 'by the operator, at once',
  begins: 'in force at once: the authority begins',
  decided: 'needs four eyes',
  waits: 'waits for its approval already',
  busy: 'left alone: somebody of the authority is changing it',
};

/** @returns one line for each field that differs, as it is and as it would become */
export function diffLines({ steps }: Plan): string[] {
  const differing = steps.filter(({ way }) => way !== 'same');
  if (differing.length === 0) return ['The store is as the file says.'];
  return differing.flatMap((step) => [
    `${step.before === undefined ? 'new     ' : 'changed '} ${step.what} (${SAYS[step.way]})`,
    ...(step.before === undefined ? [] : changedFields(step)),
  ]);
}

function changedFields({ before = {}, after }: Step): string[] {
  const old = new Map(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]) =>
    isDeepStrictEqual(old.get(name), value)
      ? []
      : [
          `  - ${name}: ${old.has(name) ? JSON.stringify(old.get(name)) : 'nothing'}`,
          `  + ${name}: ${JSON.stringify(value)}`,
        ],
  );
}

/** @returns what was done, and what is left to people of the authorities */
export function summaryLines({ steps }: Plan): string[] {
  const of = (...ways: Way[]) => steps.filter(({ way }) => ways.includes(way));
  const asked = of('decided', 'waits');
  const busy = of('busy');
  return [
    `${of('applied', 'begins').length} applied, ${of('same').length} as they should be, ${asked.length} for people of the authorities.`,
    ...(asked.length === 0
      ? []
      : [
          'Needs four eyes (a mapping is proposed by an administrator who has looked at its impact, everything is approved by somebody else):',
          ...asked.map(({ what }) => `  - ${what}`),
        ]),
    ...(busy.length === 0
      ? []
      : ['Left alone, because somebody is changing it:', ...busy.map(({ what }) => `  - ${what}`)]),
  ];
}
