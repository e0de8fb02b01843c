export { changeInTenths, compareAssessments, gateChange, ruleTitles, type Compared, type Rescored, type RuleTitle } from './compare.ts';
export { Comparison, FindingChange } from './model.ts';
