import type { Origin } from '../governed/life-cycle.js';

/** As whom the set-up writes, in versions and in the log: in the words of whoever reads them there. */
export const SET_UP_BY: Origin = { by: 'ibrugtagning', why: 'Sat op af driften fra en fil.' };
