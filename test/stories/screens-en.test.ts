import { describe } from 'vitest';
import { walkScreens } from './screens.ts';

describe('every screen in English', () => walkScreens('en'));
