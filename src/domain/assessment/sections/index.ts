export { SectionAssignment } from './model.ts';
export { answersIn, answerSections, assignedSections, basisOf, requireAssigned, requireSections } from './answer-sections.ts';
