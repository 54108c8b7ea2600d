/**
 * Moments around midnight in Denmark: what it is, the moment, and the day there. The day in UTC is another in all but those that
 * end a day; those find a clock that is an hour or two ahead all year.
 */
export const DANISH_MOMENTS = [
  ['the end of a day in winter', '2026-01-14T22:59:59.999Z', '2026-01-14'],
  ['midnight in winter', '2026-01-14T23:00:00.000Z', '2026-01-15'],
  ['the end of a day in summer', '2026-07-14T21:59:59.999Z', '2026-07-14'],
  ['midnight in summer', '2026-07-14T22:00:00.000Z', '2026-07-15'],
  ['the beginning of the day on which summer time begins', '2026-03-28T23:00:00.000Z', '2026-03-29'],
  ['the day after it', '2026-03-29T22:00:00.000Z', '2026-03-30'],
  ['the beginning of the day on which summer time ends', '2026-10-24T22:00:00.000Z', '2026-10-25'],
  ['its end, an hour late', '2026-10-25T22:59:59.999Z', '2026-10-25'],
  ['the day after it', '2026-10-25T23:00:00.000Z', '2026-10-26'],
  ['the beginning of 29 February', '2028-02-28T23:00:00.000Z', '2028-02-29'],
  ['the beginning of 1 March after it', '2028-02-29T23:00:00.000Z', '2028-03-01'],
  ['the beginning of a year', '2026-12-31T23:00:00.000Z', '2027-01-01'],
] as const;
