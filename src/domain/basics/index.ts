export { Language, Said, Text, noteUpTo, saidIn, showsSomething, withoutUnseen, wordsUpTo } from './text.ts';
export { Refusal, type Facts, type FieldFault, type RefusalKind } from './refusal.ts';
export { Currency, Money, Rounding, addMoney, allocateMinor, majorUnits, minorPerMajor, roundMinor, roundingOf, subtractMoney } from './money.ts';
export { Day, Instant, dayAfter, daysBefore, dayOf, instantFromMillis, instantMillis, yearsAfter } from './time.ts';
export { canonicalJson, documentCode, hashData, hashText, stableId } from './hash.ts';
export { built, misnamed, readContent, type Built, type ContentFile, type ContentProblem, type Placed } from './content.ts';
export { roundParts } from './parts.ts';
export { Confidence, Parameter, Provenance, buildParameters, parameterOf, valueOf, type ParameterSet } from './parameter.ts';
export { complementaryError, incompleteBeta, incompleteGamma, logGamma, normalCdf, normalDensity, normalQuantile } from './special-functions.ts';
export {
  lognormalLimitedMean,
  lognormalMean,
  lognormalOfMean,
  lognormalOfQuantiles,
  lognormalQuantile,
  lognormalSurvival,
  lognormalTailMean,
  sigmaOfMeanAndMedian,
  wangPrice,
  type Lognormal,
} from './lognormal.ts';
export { paretoLimitedMean, splicedLimitedMean, splicedQuantile, type Pareto, type SplicedSeverity } from './pareto.ts';
export {
  binomialCount,
  compoundPoisson,
  discretise,
  gridDeviation,
  gridLayerMean,
  gridLimitedMean,
  gridMean,
  gridQuantile,
  gridStopLoss,
  gridTailMean,
  negativeBinomialCount,
  panjer,
  poissonCount,
  powerOfTwoFrom,
  type GridDistribution,
  type PanjerCount,
} from './aggregate.ts';
export { pcg32, randomAt, splitMix64, type RandomStream } from './randomness.ts';
export { drawLifecycle, mayMove, requireMove, type Lifecycle } from './lifecycle.ts';
export { poissonLognormalProbability } from './poisson-lognormal.ts';
