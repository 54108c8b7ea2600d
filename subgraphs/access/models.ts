import type { GovernedRecord, LiftRecord, SimulationRecord } from './source/records.js';

export type GovernedItemModel = GovernedRecord;
export type SimulationModel = SimulationRecord;
export type LiftModel = LiftRecord;

export type { SourceKey } from '../shared/sections/source-view.js';
