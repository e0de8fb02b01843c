export { carriedChoice, type EarlierAssessment } from './carry.ts';
export { chooseProfile, profileStandings, type Wish } from './choose.ts';
export { compareProfiles, requireProfile } from './compare.ts';
export { ProfileChoice, ProfileComparison, ProfileStanding, ScorePart } from './model.ts';
