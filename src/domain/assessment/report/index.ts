export { composeReport, mostReportedFindings, type ReportBasis } from './compose.ts';
export { AssessmentReport, MustFixTogether, RepairWorth, ValuedCover } from './model.ts';
export { Platform, RepairGuide, buildRepairGuides, guideFor, type RepairGuides } from './repair-guides.ts';
export {
  Appointment,
  InterestDisclosure,
  SignatureBundle,
  SignedStatement,
  Signer,
  appointmentState,
  maskName,
  reportHash,
  requireAppointmentPeriod,
  requireMaySign,
  type AppointmentState,
} from './sign.ts';
