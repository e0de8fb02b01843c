export { compareAssessments, gateChange, type Compared, type Rescored } from './compare.ts';
export { Comparison, FindingChange } from './model.ts';
