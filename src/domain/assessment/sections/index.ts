export { SectionAssignment } from './model.ts';
export { answersIn, answerSections, assignedSections, basisOf, putSections, requireAssigned, requireSections } from './answer-sections.ts';
