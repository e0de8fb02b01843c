export { Contract, GroupKey, Item, Level, LossHours, Step, TermsMemory, TraceLine, freshMemory, type Evaluation, type StepOf } from './model.ts';
export { exactMinor, float64, type Arithmetic } from './arithmetic.ts';
export { evaluate } from './evaluate.ts';
export { contractOf, orderNames, type HeadTerms, type OrderName, type PolicyTerms } from './orders.ts';
export { eventsInWindows, type Occurrence } from './window.ts';
export { bestEffort, shareLoss, type CoResponsibility, type Effort, type FaultFinding, type SharedLoss } from './co-responsibility.ts';
