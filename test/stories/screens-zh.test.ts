import { describe } from 'vitest';
import { walkScreens } from './screens.ts';

describe('every screen in Chinese', () => walkScreens('zh'));
