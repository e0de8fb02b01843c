export { dependencyTrack } from './dependency-track.ts';
