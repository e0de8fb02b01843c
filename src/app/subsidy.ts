import {
  clawBackSubsidy,
  decideSubsidyApplication,
  exportSubsidyApplications,
  listSubsidyApplications,
  withdrawSubsidyApplication,
} from './subsidy-applications.ts';
import { getAuthorityFile } from './subsidy-file.ts';
import { exportSecurityPackages, listSecurityPackages } from './subsidy-offer.ts';
import { applyForSubsidy, previewSubsidies } from './subsidy-requests.ts';
import { closeSubsidyScheme, exportSubsidySchemes, listSubsidySchemes, openSubsidyScheme } from './subsidy-schemes.ts';

export const subsidyOperations = [
  listSecurityPackages,
  exportSecurityPackages,
  openSubsidyScheme,
  closeSubsidyScheme,
  listSubsidySchemes,
  exportSubsidySchemes,
  previewSubsidies,
  applyForSubsidy,
  listSubsidyApplications,
  exportSubsidyApplications,
  withdrawSubsidyApplication,
  decideSubsidyApplication,
  clawBackSubsidy,
  getAuthorityFile,
];
