export { Asset, AssetKind, Cvss, Finding, ScannerReport, Severity } from './finding.ts';
