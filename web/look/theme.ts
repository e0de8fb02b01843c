import { theme, type ThemeConfig } from 'antd';

export type Shade = 'light' | 'dark';

const colours = {
  light: {
    pine: '#0b6e63',
    ink: '#12202f',
    soft: '#4c5965',
    faint: '#66717b',
    paper: '#fafaf7',
    surface: '#ffffff',
    line: '#e4e2dc',
    edge: '#8b8e8d',
    clay: '#a33425',
    sand: '#7a5308',
    sky: '#235c9f',
  },
  dark: {
    pine: '#4db6a6',
    ink: '#e9ecea',
    soft: '#b4bec6',
    faint: '#98a4ae',
    paper: '#0f161d',
    surface: '#161f28',
    line: '#2a3743',
    edge: '#71808d',
    clay: '#f09484',
    sand: '#e6bd6c',
    sky: '#8fbcec',
  },
} as const;

/** The identity of `tokens.css` as antd needs it: the same values, because antd computes further shades from them. */
export function antdTheme(shade: Shade, still: boolean): ThemeConfig {
  const c = colours[shade];
  return {
    algorithm: shade === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.pine,
      colorLink: c.pine,
      colorText: c.ink,
      colorTextSecondary: c.soft,
      colorTextTertiary: c.faint,
      colorTextPlaceholder: c.faint,
      colorTextDescription: c.faint,
      colorBgLayout: c.paper,
      colorBgContainer: c.surface,
      colorBgElevated: c.surface,
      colorBorder: c.edge,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      colorError: c.clay,
      colorWarning: c.sand,
      colorInfo: c.sky,
      colorSuccess: c.pine,
      borderRadius: 8,
      borderRadiusLG: 10,
      controlHeight: 36,
      controlHeightLG: 44,
      controlHeightSM: 32,
      fontSize: 14,
      fontFamily: 'var(--font)',
      motion: !still,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.15s',
      boxShadow: 'none',
      boxShadowSecondary: '0 0 0 1px var(--line), 0 12px 32px rgb(0 0 0 / 12%)',
    },
    components: {
      Button: {
        paddingInlineLG: 24,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: shade === 'dark' ? '#08201d' : '#ffffff',
      },
    },
  };
}
