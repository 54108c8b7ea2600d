import type { Permission } from './permissions.js';

/** Sections of the overview that a municipality can switch off. */
export const SECTIONS = [
  'address',
  'family',
  'household',
  'remarks',
  'cases',
  'controlCases',
  'documents',
  'benefits',
  'alerts',
] as const;

export type SectionName = (typeof SECTIONS)[number];

/** Permissions that serve one section only: with the section off they give nothing, by whatever road. */
const SECTION_OF: Partial<Record<Permission, SectionName>> = {
  'case-read': 'cases',
  'case-exists': 'cases',
  'note-read': 'cases',
  'note-write': 'cases',
  'control-case-read': 'controlCases',
  'document-read': 'documents',
  'benefit-read': 'benefits',
  'alert-read': 'alerts',
  'alert-handle': 'alerts',
  'remark-read': 'remarks',
  'remark-write': 'remarks',
};

/** @returns whether the municipality has switched off the section a permission serves. */
export function isSectionOff(permission: Permission, sectionsOff: readonly SectionName[]): boolean {
  const section = SECTION_OF[permission];
  return section !== undefined && sectionsOff.includes(section);
}
