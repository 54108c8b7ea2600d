import type { AccessPort } from './access.js';
import type { AlertsPort } from './alerts.js';
import type { BenefitsPort } from './benefits.js';
import type { CasesPort } from './cases.js';
import type { CitizensPort } from './citizens.js';
import type { CommonPort } from './common.js';
import type { DocumentsPort } from './documents.js';

export interface SubgraphPorts {
  readonly citizens: CitizensPort;
  readonly cases: CasesPort;
  readonly documents: DocumentsPort;
  readonly benefits: BenefitsPort;
  readonly alerts: AlertsPort;
  readonly access: AccessPort;
}

/** The parts that take records, in the order in which a record passes them. */
const PORT_NAMES = ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access'] as const;
export type PortName = (typeof PORT_NAMES)[number];

/** @returns a port for each part. @param make gives the port of one part */
export function eachPort(make: <P extends PortName>(name: P) => SubgraphPorts[P]): SubgraphPorts {
  return {
    citizens: make('citizens'),
    cases: make('cases'),
    documents: make('documents'),
    benefits: make('benefits'),
    alerts: make('alerts'),
    access: make('access'),
  };
}

/** @returns each part's port with its name, for what every part takes */
export function portsOf(ports: SubgraphPorts): [name: PortName, port: CommonPort][] {
  return PORT_NAMES.map((name) => [name, ports[name]]);
}
